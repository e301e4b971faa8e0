import { encodeBase64, encodeHex } from '#domain/password/bytes.ts';
import { type RowText, rowText } from '#domain/profile/row-text.ts';
import { printableText } from '#domain/utf8.ts';

/**
 * Text of a stored hash or salt, to the byte: blanks at its ends may belong to it and stay. Bytes that are no text
 * are written the way the recogniser reads binary columns.
 */
export function rowSecret(value: unknown, role: 'hash' | 'salt'): RowText {
  if (typeof value === 'string') return exactText(value, role);
  if (!(value instanceof Uint8Array) || value.length === 0) return rowText(value);
  const text = printableText(value);
  if (text !== null) return exactText(text, role);
  return { text: role === 'hash' ? prefixedHex(value) : binarySalt(value), note: 'binary' };
}

/** The recogniser trims hashes itself and warns about it; for a salt nobody can tell padding from salt. */
function exactText(text: string, role: 'hash' | 'salt'): RowText {
  const trimmed = text.trim();
  if (trimmed === '') return { text: null, note: null };
  return { text, note: role === 'salt' && trimmed.length !== text.length ? 'salt-ends' : null };
}

function prefixedHex(bytes: Uint8Array): string {
  return `0x${encodeHex(bytes)}`;
}

/** Hexadecimal or base64 where that cannot be taken for a text, else marked hexadecimal. */
function binarySalt(bytes: Uint8Array): string {
  if (bytes.length >= 16 && bytes.length % 4 === 0) return encodeHex(bytes);
  const base64 = encodeBase64(bytes, true);
  return base64.length >= 12 && base64.endsWith('=') ? base64 : prefixedHex(bytes);
}
