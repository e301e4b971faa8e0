import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Place } from '#domain/diagnostics/diagnostic.ts';
import { offsetTooDeep } from '#domain/json-nesting.ts';

export type JsonPath = readonly (string | number)[];

/** JSON as written in a file of the project, with the places of its parts. */
export interface JsonText {
  /** Path of the file relative to the project, for places. */
  readonly file: string;
  /** The parsed value; undefined where the text is no JSON. */
  readonly value: unknown;
  readonly syntaxError: { readonly message: string; readonly place: Place } | null;
  /** Where the value at this path is, or the innermost part around it that exists. */
  place(path: JsonPath): Place;
  /** Where the key itself is written. */
  keyPlace(path: JsonPath): Place;
}

/** Nobody writes settings that deep, and what walks through them would run out of stack. */
const DEEPEST = 100;

/** Strict JSON: no comments, no trailing commas, since the tools that read these files next allow none. */
export function readJsonText(file: string, text: string): JsonText {
  const tooDeep = offsetTooDeep(text, DEEPEST);
  if (tooDeep !== null) return unread(file, text, tooDeep);
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const first = errors[0];
  const at = (offset: number): Place => ({ kind: 'file', path: file, ...lineAndColumn(text, offset) });
  const syntaxError =
    first === undefined && root !== undefined
      ? null
      : {
          message: text.trim() === '' ? 'the file is empty' : syntaxMessage(first),
          place: at(first?.offset ?? 0),
        };
  const nodeAt = (path: JsonPath): Node | undefined => {
    if (root === undefined) return undefined;
    for (let depth = path.length; depth > 0; depth--) {
      const node = findNodeAtLocation(root, path.slice(0, depth));
      if (node !== undefined) return node;
    }
    return root;
  };
  return {
    file,
    value: syntaxError === null ? valueOf(text) : undefined,
    syntaxError,
    place: (path) => at(nodeAt(path)?.offset ?? 0),
    keyPlace: (path) => {
      const node = nodeAt(path);
      const property = node?.parent?.type === 'property' ? node.parent.children?.[0] : node;
      return at(property?.offset ?? 0);
    },
  };
}

function unread(file: string, text: string, offset: number): JsonText {
  const place: Place = { kind: 'file', path: file, ...lineAndColumn(text, offset) };
  const message = `brackets are nested more than ${DEEPEST} deep`;
  return {
    file,
    value: undefined,
    syntaxError: { message, place },
    place: () => place,
    keyPlace: () => place,
  };
}

/** The parser of the language itself, so that duplicate and odd keys mean what they mean everywhere else. */
function valueOf(text: string): unknown {
  return JSON.parse(text) as unknown;
}

const MESSAGES: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a value is not valid JSON',
  InvalidNumberFormat: 'a number is not valid JSON',
  PropertyNameExpected: 'a key in double quotes is expected here, perhaps after a comma too many',
  ValueExpected: 'a value is expected here',
  ColonExpected: 'a colon is expected here',
  CommaExpected: 'a comma is expected here',
  CloseBraceExpected: 'a closing brace is missing',
  CloseBracketExpected: 'a closing bracket is missing',
  EndOfFileExpected: 'something follows the end of the JSON value',
  InvalidCommentToken: 'comments are not allowed here',
  UnexpectedEndOfString: 'a text is not closed',
  InvalidEscapeCharacter: 'a backslash is followed by a character that cannot be escaped',
  InvalidCharacter: 'a control character stands inside a text',
};

function syntaxMessage(error: ParseError | undefined): string {
  const code = error === undefined ? '' : printParseErrorCode(error.error);
  return MESSAGES[code] ?? 'the text is not valid JSON';
}

/** 1-based, columns in UTF-16 units as editors count them. */
function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - (before.lastIndexOf('\n') + 1) + 1 };
}

/** `legacy.tls`, `users.key[0]`; the whole file for the empty path. */
export function pathText(path: JsonPath): string {
  return path
    .map((part, depth) => (typeof part === 'number' ? `[${part}]` : depth === 0 ? part : `.${part}`))
    .join('');
}
