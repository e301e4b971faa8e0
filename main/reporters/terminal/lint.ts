import type { LintFinding } from '#contract/scripts.ts';
import { plain } from '#reporters/escape.ts';
import { count } from '#reporters/numbers.ts';
import { widthOf } from '#reporters/terminal/cells.ts';
import { diagnosticLines } from '#reporters/terminal/diagnostics.ts';
import { paint, type Style } from '#reporters/terminal/style.ts';
import { box } from '#reporters/terminal/table.ts';

const COLOURS = { error: 'red', warning: 'yellow', note: 'cyan' } as const;

/** Findings in the order of the scripts, each with its line of code, and a closing box. */
export function lintText(slots: readonly string[], findings: readonly LintFinding[], style: Style): string {
  const amount = (severity: keyof typeof COLOURS) => {
    const value = findings.filter(({ diagnostic }) => diagnostic.severity === severity).length;
    return { value, text: `${count(value)} ${severity}${value === 1 ? '' : 's'}` };
  };
  const [errors, warnings, notes] = [amount('error'), amount('warning'), amount('note')];
  const what = slots.length === 0 ? 'no scripts' : slots.join(', ');
  const closing = box(
    [
      `${findings.length === 0 ? 'NOTHING FOUND' : 'FOUND'}  ${what}`,
      [errors, warnings, notes].map(({ text }) => text).join(', '),
    ],
    style,
    errors.value > 0 ? 'red' : warnings.value > 0 ? 'yellow' : 'green',
  );
  const lines = findings.flatMap((one) => [...findingLines(one, style), '']);
  return `${[...lines, ...closing].join('\n')}\n`;
}

function findingLines({ diagnostic, source }: LintFinding, style: Style): readonly string[] {
  const lines = diagnosticLines(diagnostic, style);
  // Below the message and the place, above notes and fix.
  const after = lines.findIndex((line) => line.includes(diagnostic.code)) + 1;
  return [...lines.slice(0, after), ...codeLines({ diagnostic, source }, style), ...lines.slice(after)];
}

/** The line with its number, and a mark under the place. */
function codeLines({ diagnostic, source }: LintFinding, style: Style): readonly string[] {
  const { place, severity } = diagnostic;
  if (source === null || place === undefined || !('line' in place) || place.line === undefined) return [];
  const number = String(place.line);
  const gutter = `  ${' '.repeat(number.length)} ${paint(style, 'dim', '│')}`;
  const numbered = `  ${paint(style, 'dim', `${number} │`)}`;
  const cut = cutAround(source, (place.column ?? 1) - 1, Math.max(30, style.width - number.length - 6));
  const mark = `${' '.repeat(widthOf(cut.before))}${'^'.repeat(Math.max(1, widthOf(cut.word)))}`;
  return [gutter, `${numbered} ${cut.text}`, `${gutter} ${paint(style, COLOURS[severity], mark)}`];
}

interface Cut {
  readonly text: string;
  /** What stands before the marked word. */
  readonly before: string;
  readonly word: string;
}

/** As much of a long line as fits, with the place in it. */
function cutAround(source: string, column: number, width: number): Cut {
  const line = source.replaceAll('\t', ' ');
  const word = /^[\w$.]+|^./u.exec(line.slice(column))?.[0] ?? '';
  const start = column + word.length <= width ? 0 : Math.max(0, column - Math.floor(width / 3));
  const shown = line.slice(start, start + width);
  const lead = start > 0 ? '…' : '';
  return {
    text: `${lead}${plain(shown)}${start + width < line.length ? '…' : ''}`,
    before: `${lead}${plain(line.slice(start, column))}`,
    word: plain(word),
  };
}
