import { plain } from '#reporters/escape.ts';
import { widthOf } from '#reporters/terminal/cells.ts';

export interface Style {
  readonly width: number;
  readonly colour: boolean;
}

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;
export type Paint = keyof typeof CODES;

export function paint(style: Style, how: Paint, text: string): string {
  return style.colour && text !== '' ? `\u001b[${CODES[how]}m${text}\u001b[0m` : text;
}

/** Lines of at most `width` characters, broken between words; a longer word keeps a line to itself. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of plain(text).split(' ')) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** A wrapped paragraph behind a label; following lines stand under the first one's text. */
export function labelled(
  label: string,
  text: string,
  style: Style,
  indent = 0,
  [labelPaint, textPaint]: readonly [Paint, Paint?] = ['dim'],
): readonly string[] {
  const left = ' '.repeat(indent);
  const space = ' '.repeat(widthOf(label));
  return wrap(text, Math.max(20, style.width - indent - widthOf(label))).map((line, index) => {
    const shown = textPaint === undefined ? line : paint(style, textPaint, line);
    return `${left}${index === 0 ? paint(style, labelPaint, label) : space}${shown}`;
  });
}

export function heading(title: string, style: Style): string {
  const rule = '─'.repeat(Math.max(0, style.width - widthOf(title) - 4));
  return `${paint(style, 'dim', '──')} ${paint(style, 'bold', title)} ${paint(style, 'dim', rule)}`;
}
