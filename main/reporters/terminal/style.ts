import { plain } from '#reporters/escape.ts';

export interface Style {
  readonly width: number;
  readonly colour: boolean;
}

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;
export type Paint = keyof typeof CODES;

export function paint(style: Style, how: Paint, text: string): string {
  return style.colour && text !== '' ? `\u001b[${CODES[how]}m${text}\u001b[0m` : text;
}

/** Text cut to `width` characters, the cut marked. */
export function cut(text: string, width: number): string {
  const characters = [...plain(text)];
  return characters.length <= width ? characters.join('') : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - [...text].length));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - [...text].length)) + text;
}

/** Lines of at most `width` characters, broken between words; a longer word keeps a line to itself. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of plain(text).split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** A wrapped paragraph behind a label; following lines stand under the first one's text. */
export function labelled(label: string, text: string, style: Style, indent = 0): readonly string[] {
  const left = ' '.repeat(indent);
  const space = ' '.repeat([...label].length);
  return wrap(text, Math.max(20, style.width - indent - label.length)).map(
    (line, index) => `${left}${index === 0 ? paint(style, 'dim', label) : space}${line}`,
  );
}

export function heading(title: string, style: Style): string {
  const rule = '─'.repeat(Math.max(0, style.width - [...title].length - 4));
  return `${paint(style, 'dim', '──')} ${paint(style, 'bold', title)} ${paint(style, 'dim', rule)}`;
}
