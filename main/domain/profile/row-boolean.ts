import { rowDate } from '#domain/profile/row-date.ts';
import { printableText } from '#domain/utf8.ts';

const TRUE = new Set(['1', 't', 'true', 'y', 'yes', 'on', 'j', 'x', '-1']);
const FALSE = new Set(['', '0', 'f', 'false', 'n', 'no', 'off']);
/** Smaller numbers are flags or counters; from here on (March 1973) they are epoch seconds. */
const SMALLEST_EPOCH = 1e8;

/**
 * A yes or no of one column, or null where the value is neither. A date counts as yes: columns like
 * `email_verified_at` hold the time of the confirmation, and no value before it.
 */
export function rowBoolean(value: unknown): boolean | null {
  if (value === null || value === undefined) return false;
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
    case 'bigint':
      return numberBoolean(Number(value));
    case 'string':
      return textBoolean(value);
    default:
      return objectBoolean(value);
  }
}

function numberBoolean(value: number): boolean | null {
  if (value === 0) return false;
  return value === 1 || value === -1 || value >= SMALLEST_EPOCH ? true : null;
}

function textBoolean(value: string): boolean | null {
  const text = value.trim().toLowerCase();
  if (TRUE.has(text)) return true;
  if (FALSE.has(text)) return false;
  if (/^\d+$/.test(text)) return numberBoolean(Number(text));
  const date = rowDate(text);
  return date.readable ? date.iso !== null : null;
}

/** A `bit` column comes as one byte holding 0 or 1, a `char` read as binary as its letter. */
function objectBoolean(value: unknown): boolean | null {
  if (value instanceof Date) return !Number.isNaN(value.getTime());
  if (!(value instanceof Uint8Array)) return null;
  if (value.every((byte) => byte === 0)) return false;
  if (value.length <= 8 && value.every((byte, i) => byte === (i === value.length - 1 ? 1 : 0))) return true;
  const text = printableText(value);
  return text === null ? null : textBoolean(text);
}
