import type { z } from 'zod';
import type { diagnosticSchema } from '#contract/diagnostic.ts';
import { plain } from '#reporters/escape.ts';
import { count } from '#reporters/numbers.ts';
import { box } from '#reporters/terminal/table.ts';
import { labelled, paint, wrap, type Paint, type Style } from '#reporters/terminal/style.ts';

type Diagnostic = z.infer<typeof diagnosticSchema>;
type Place = NonNullable<Diagnostic['place']>;

const ORDER = ['error', 'warning', 'note'] as const;
const MARKS = { error: '✗', warning: '!', note: '·' } as const;
const COLOURS = { error: 'red', warning: 'yellow', note: 'cyan' } as const satisfies Record<
  Diagnostic['severity'],
  Paint
>;

/** What a check found, errors first, with a closing box. */
export function diagnosticsText(name: string, diagnostics: readonly Diagnostic[], style: Style): string {
  const sorted = ORDER.flatMap((severity) => diagnostics.filter((one) => one.severity === severity));
  const errors = diagnostics.filter((one) => one.severity === 'error').length;
  const warnings = diagnostics.filter((one) => one.severity === 'warning').length;
  const totals = `${amount(errors, 'error')}, ${amount(warnings, 'warning')}`;
  const closing = box(
    [`${errors > 0 ? 'NOT READY' : 'READY'}  ${plain(name)}`, totals],
    style,
    errors > 0 ? 'red' : warnings > 0 ? 'yellow' : 'green',
  );
  return `${[...sorted.flatMap((one) => [...diagnosticLines(one, style), '']), ...closing].join('\n')}\n`;
}

function amount(value: number, word: string): string {
  return `${count(value)} ${word}${value === 1 ? '' : 's'}`;
}

/** One finding: message, code and place, then notes, then help. */
export function diagnosticLines(diagnostic: Diagnostic, style: Style): readonly string[] {
  const colour = COLOURS[diagnostic.severity];
  const [first = '', ...more] = wrap(diagnostic.message, style.width - 2);
  const where = diagnostic.place === undefined ? '' : `  ${plain(placeText(diagnostic.place))}`;
  return [
    `${paint(style, colour, MARKS[diagnostic.severity])} ${paint(style, 'bold', first)}`,
    ...more.map((line) => `  ${paint(style, 'bold', line)}`),
    `  ${paint(style, 'dim', `${diagnostic.severity} ${diagnostic.code}${where}`)}`,
    ...(diagnostic.notes ?? []).flatMap((note) => labelled('note  ', note, style, 2)),
    ...(diagnostic.help === undefined ? [] : labelled('fix   ', diagnostic.help, style, 2)),
  ];
}

/** Where a finding is, the way editors and terminals make a link of it. Rows are named by key, never by value. */
export function placeText(place: Place): string {
  switch (place.kind) {
    case 'row':
      return `${place.table} ${place.key}${place.column === undefined ? '' : `, column ${place.column}`}`;
    case 'script':
      return `${place.slot}.js${position(place)}`;
    case 'file':
      return `${place.path}${position(place)}`;
    case 'setting':
      return `setting ${place.name}`;
    default:
      return place satisfies never;
  }
}

function position(place: {
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}): string {
  if (place.line === undefined) return '';
  return place.column === undefined ? `:${place.line}` : `:${place.line}:${place.column}`;
}
