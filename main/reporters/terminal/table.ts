import { cut, padEnd, padStart, widthOf } from '#reporters/terminal/cells.ts';
import { paint, type Paint, type Style } from '#reporters/terminal/style.ts';

export interface Parts {
  readonly ok: number;
  readonly failed: number;
  readonly skipped: number;
}

const MARKS: readonly { readonly part: keyof Parts; readonly mark: string; readonly colour: Paint }[] = [
  { part: 'ok', mark: '█', colour: 'green' },
  { part: 'failed', mark: '▒', colour: 'red' },
  { part: 'skipped', mark: '·', colour: 'yellow' },
];

/** A stacked bar of exactly `width` cells; every part that is not zero gets at least one of them. */
export function bar(parts: Parts, whole: number, width: number, style: Style): string {
  const cells = barCells(parts, whole, width);
  const drawn = MARKS.map(({ part, mark, colour }) => paint(style, colour, mark.repeat(cells[part])));
  const used = cells.ok + cells.failed + cells.skipped;
  return drawn.join('') + ' '.repeat(Math.max(0, width - used));
}

export function barCells(parts: Parts, whole: number, width: number): Parts {
  const share = (value: number) => (value === 0 ? 0 : Math.max(1, Math.round((value / whole) * width)));
  const cells = { ok: share(parts.ok), failed: share(parts.failed), skipped: share(parts.skipped) };
  const keys = ['ok', 'failed', 'skipped'] as const;
  for (let over = cells.ok + cells.failed + cells.skipped - width; over > 0; over -= 1) {
    const biggest = keys.reduce((best, key) => (cells[key] > cells[best] ? key : best));
    cells[biggest] -= 1;
  }
  return cells;
}

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** The column that gives way when the table is too wide. */
  readonly flexible?: boolean;
}

/** A plain table: header, no lines, columns as wide as needed, the flexible one cut to fit. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  style: Style,
  indent = 2,
): readonly string[] {
  const widths = columns.map((column, index) =>
    Math.max(column.title.length, ...rows.map((row) => widthOf(row[index] ?? ''))),
  );
  const flexible = columns.findIndex((column) => column.flexible === true);
  const total = widths.reduce((sum, width) => sum + width, indent + 2 * (columns.length - 1));
  if (flexible >= 0 && total > style.width) {
    widths[flexible] = Math.max(8, widths[flexible]! - (total - style.width));
  }
  const line = (cells: readonly string[]) =>
    ' '.repeat(indent) +
    columns
      .map((column, index) => {
        const text = cut(cells[index] ?? '', widths[index]!);
        return column.align === 'left' ? padEnd(text, widths[index]!) : padStart(text, widths[index]!);
      })
      .join('  ')
      .trimEnd();
  return [paint(style, 'dim', line(columns.map((column) => column.title))), ...rows.map((row) => line(row))];
}

/** Lines in a frame as wide as the longest of them, within the style's width. */
export function box(lines: readonly string[], style: Style, colour: Paint): readonly string[] {
  const inner = Math.min(style.width - 4, Math.max(...lines.map((line) => widthOf(line))));
  const edge = (text: string) => paint(style, colour, text);
  return [
    edge(`┌${'─'.repeat(inner + 2)}┐`),
    ...lines.map((line) => `${edge('│')} ${padEnd(cut(line, inner), inner)} ${edge('│')}`),
    edge(`└${'─'.repeat(inner + 2)}┘`),
  ];
}
