import type { z } from 'zod';
import type { catalogEntrySchema } from '#contract/diagnostic.ts';
import { plain } from '#reporters/escape.ts';
import { table } from '#reporters/terminal/table.ts';
import { labelled, paint, wrap, type Style } from '#reporters/terminal/style.ts';

type Entry = z.infer<typeof catalogEntrySchema>;

/** One entry of the catalog at length. */
export function entryText(entry: Entry, style: Style): string {
  const width = Math.min(style.width, 100);
  return `${[
    `${paint(style, 'bold', plain(entry.title))}  ${paint(style, 'dim', `${entry.code}, ${entry.severity}`)}`,
    '',
    ...wrap(entry.meaning, width),
    '',
    ...labelled('fix  ', entry.fix, { ...style, width }),
    ...(entry.reference === undefined
      ? []
      : ['', ...labelled('see  ', entry.reference, { ...style, width })]),
  ].join('\n')}\n`;
}

export function codesText(entries: readonly Entry[], style: Style): string {
  if (entries.length === 0) return 'No code fits.\n';
  const rows = [...entries]
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map((entry) => [entry.code, entry.severity, entry.title]);
  return `${table(
    [
      { title: 'code', align: 'left' },
      { title: 'severity', align: 'left' },
      { title: 'finding', align: 'left', flexible: true },
    ],
    rows,
    style,
    0,
  ).join('\n')}\n`;
}

export interface Assumption {
  readonly name: string;
  readonly question: string;
  readonly options: readonly { readonly value: string; readonly effect: string }[];
  readonly default: string;
  readonly source: string;
}

export function assumptionsText(assumptions: readonly Assumption[], style: Style): string {
  const blocks = assumptions.map((one) =>
    [
      paint(style, 'bold', plain(one.name)),
      ...wrap(one.question, style.width - 2).map((line) => `  ${line}`),
      ...one.options.flatMap((option) => {
        const mark = option.value === one.default ? '*' : ' ';
        return labelled(`${mark} ${option.value}  `, option.effect, style, 2);
      }),
      ...labelled('source  ', one.source, style, 2),
    ].join('\n'),
  );
  return `${blocks.join('\n\n')}\n\n* is the default. Set others under "assumptions" in userferry.json; every report names what was in force.\n`;
}

export interface ScriptModule {
  readonly name: string;
  readonly versions: readonly string[];
  readonly default: string;
  readonly testedAgainst: string;
}

export function modulesText(modules: readonly ScriptModule[], style: Style): string {
  if (modules.length === 0) return 'No module fits.\n';
  return `${table(
    [
      { title: 'module', align: 'left' },
      { title: 'default', align: 'left' },
      { title: 'versions', align: 'left', flexible: true },
      { title: 'tested against', align: 'left' },
    ],
    modules.map((one) => [one.name, one.default, one.versions.join(', '), one.testedAgainst]),
    style,
    0,
  ).join('\n')}\n`;
}
