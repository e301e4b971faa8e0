import type { CompletionItem } from '#engine/ports/script-language.ts';
import type { Position } from '#language/edited-text.ts';

/** The parts of the language server protocol's answers that are read. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

interface MarkupContent {
  readonly value: string;
}
type Documentation = string | MarkupContent;

export interface LspCompletion {
  readonly label: string;
  readonly kind?: number;
  readonly detail?: string;
  readonly documentation?: Documentation;
  readonly insertText?: string;
  readonly sortText?: string;
}

export interface LspCompletions {
  readonly itemDefaults?: { readonly editRange?: Range | { readonly insert: Range } };
  readonly items: readonly LspCompletion[];
}

export interface LspHover {
  readonly contents: Documentation | readonly Documentation[];
  readonly range?: Range;
}

export interface LspDiagnostics {
  readonly items?: readonly {
    readonly range: Range;
    readonly severity?: number;
    readonly code?: number | string;
    readonly message: string;
  }[];
}

const KINDS: Readonly<Record<number, CompletionItem['kind']>> = {
  2: 'function',
  3: 'function',
  4: 'function',
  5: 'property',
  6: 'variable',
  7: 'class',
  8: 'type',
  9: 'module',
  10: 'property',
  12: 'variable',
  13: 'type',
  14: 'keyword',
  17: 'module',
  19: 'module',
  20: 'property',
  21: 'variable',
  22: 'type',
  25: 'type',
};

export function completionItem(item: LspCompletion): CompletionItem {
  const { kind, detail, documentation, insertText } = item;
  // Optional members are shown with a question mark that is no part of the name.
  const label = item.label.replace(/\?$/, '');
  return {
    label,
    kind: KINDS[kind ?? 1] ?? 'text',
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { documentation: textOf(documentation) }),
    ...(insertText === undefined || insertText === label ? {} : { insert: insertText }),
  };
}

function textOf(documentation: Documentation): string {
  return typeof documentation === 'string' ? documentation : documentation.value;
}

/** The code of a hover, and what is said about it. */
export function hoverParts({ contents }: LspHover): {
  readonly code: string;
  readonly documentation?: string;
} {
  const text = [contents].flat().map(textOf).join('\n\n');
  const fenced = /^```\w*\n([\s\S]*?)\n```\n*([\s\S]*)$/.exec(text);
  const [code, rest] =
    fenced === null
      ? [text.split('\n\n')[0]!, text.split('\n\n').slice(1).join('\n\n')]
      : [fenced[1]!, fenced[2]!];
  return { code: code.trim(), ...(rest.trim() === '' ? {} : { documentation: rest.trim() }) };
}
