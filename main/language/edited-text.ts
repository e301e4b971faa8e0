import { CALLBACKS, PARAMETERS } from '#language/contract-types.ts';
import type { EditedScript } from '#engine/ports/script-language.ts';

/** A script as the type checker sees it: with a comment before its function that gives its parameters their types. */
export interface EditedText {
  readonly text: string;
  /** Place in the checker's text of a place in the script. */
  readonly there: (at: number) => number;
  /** And back; places inside what was put in are where it was put. */
  readonly back: (at: number) => number;
}

const FUNCTION = /(?:async\s+)?function\s*\*?\s*[\w$]*\s*\(([^(){}]*)\)|(?:async\s*)?\(([^(){}]*)\)\s*=>/;

/** Works on texts that do not parse too: they are being written. */
export function editedText({ slot, text, withContext }: EditedScript): EditedText {
  const found = FUNCTION.exec(blankComments(text));
  if (found === null) return { text, there: (at) => at, back: (at) => at };
  const names = (found[1] ?? found[2] ?? '').split(',').map((name) => name.trim());
  const types = [...PARAMETERS[slot], ...(withContext ? ['UserferryContext'] : []), CALLBACKS[slot]];
  // Whatever stands last is called back, also where a parameter is missing or one too many.
  const tags = names.flatMap((name, index) => {
    const type = index === names.length - 1 && index > 0 ? CALLBACKS[slot] : types[index];
    return type === undefined || !/^[A-Za-z_$][\w$]*$/.test(name) ? [] : [` * @param {${type}} ${name}`];
  });
  const put = `/**\n${tags.join('\n')}\n */\n`;
  const { index } = found;
  return {
    text: `${text.slice(0, index)}${put}${text.slice(index)}`,
    there: (at) => (at < index ? at : at + put.length),
    back: (at) => (at <= index ? at : Math.max(index, at - put.length)),
  };
}

/** The text with everything in comments and texts blanked out, every other character in its place. */
function blankComments(text: string): string {
  return text.replaceAll(
    /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g,
    (part) => part.replaceAll(/[^\n]/g, ' '),
  );
}

export interface Position {
  readonly line: number;
  readonly character: number;
}

/** 0-based line and UTF-16 column, as the protocol counts. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf('\n') + 1;
  let line = 0;
  for (let at = before.indexOf('\n'); at !== -1; at = before.indexOf('\n', at + 1)) line += 1;
  return { line, character: offset - start };
}

export function offsetAt(text: string, { line, character }: Position): number {
  let start = 0;
  for (let left = line; left > 0; left--) {
    const end = text.indexOf('\n', start);
    if (end === -1) return text.length;
    start = end + 1;
  }
  return Math.min(text.length, start + character);
}
