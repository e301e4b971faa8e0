import { encodeHex } from '#domain/password/bytes.ts';
import { printableText } from '#domain/utf8.ts';

/** Why a value did not become text just as it is; `binary` values are given as hexadecimal digits. */
export type TextNote = 'trimmed' | 'binary' | 'imprecise' | 'object' | 'salt-ends';

export interface RowText {
  readonly text: string | null;
  readonly note: TextNote | null;
}

const NOTHING: RowText = { text: null, note: null };

/**
 * Text of one column value. Padding at the ends is driver and CHAR oddity and goes; an empty text is no value.
 * Whole numbers keep every digit: a `number` beyond 2^53 has lost some before it came here, which is noted.
 */
export function rowText(value: unknown): RowText {
  if (value === null || value === undefined) return NOTHING;
  switch (typeof value) {
    case 'string':
      return trimmed(value);
    case 'number':
      return numberText(value);
    case 'bigint':
    case 'boolean':
      return { text: String(value), note: null };
    case 'object':
      return objectText(value);
    default:
      return { text: null, note: 'object' };
  }
}

function trimmed(value: string): RowText {
  const text = value.trim();
  if (text === '') return NOTHING;
  return { text, note: text.length === value.length ? null : 'trimmed' };
}

function numberText(value: number): RowText {
  if (!Number.isFinite(value)) return { text: null, note: 'object' };
  const imprecise = Math.abs(value) > Number.MAX_SAFE_INTEGER;
  return {
    text: imprecise ? BigInt(Math.trunc(value)).toString() : String(value),
    note: imprecise ? 'imprecise' : null,
  };
}

function objectText(value: object): RowText {
  if (value instanceof Uint8Array) {
    if (value.length === 0) return NOTHING;
    const text = printableText(value);
    return text === null ? { text: encodeHex(value), note: 'binary' } : trimmed(text);
  }
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? NOTHING : { text: value.toISOString(), note: null };
  }
  return { text: null, note: 'object' };
}

/** What kind of value a column held, for findings: never the value. */
export function valueKind(value: unknown): string {
  if (value === null || value === undefined) return 'no value';
  if (value instanceof Uint8Array) return `binary, ${value.length} bytes`;
  if (value instanceof Date) return 'date';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'string') return `text of length ${value.length}`;
  return typeof value;
}
