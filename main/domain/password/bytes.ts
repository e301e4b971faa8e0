/** Text codecs for the few encodings stored hashes come in. Pure language: this layer has no Buffer. */

const HEX = '0123456789abcdef';
const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const CRYPT = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function lookup(...alphabets: readonly string[]): Int8Array {
  const table = new Int8Array(128).fill(-1);
  for (const alphabet of alphabets) {
    for (let i = 0; i < alphabet.length; i++) table[alphabet.charCodeAt(i)] = i & 0x3f;
  }
  return table;
}

const HEX_VALUES = lookup(HEX, 'ABCDEF'.padStart(16, 'x')).fill(-1, 120, 121);
const BASE64_VALUES = lookup(STANDARD, `${STANDARD.slice(0, 62)}-_`);
/** passlib's variant: `.` where the standard has `+`. */
const ADAPTED_VALUES = lookup(STANDARD, `${STANDARD.slice(0, 62)}./`);
const CRYPT_VALUES = lookup(CRYPT);

/** Bytes of a hex text in either case, or null when it is not one. */
export function decodeHex(text: string): Uint8Array | null {
  if (text.length % 2 !== 0) return null;
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    const high = HEX_VALUES[text.charCodeAt(2 * i)] ?? -1;
    const low = HEX_VALUES[text.charCodeAt(2 * i + 1)] ?? -1;
    if (high < 0 || low < 0) return null;
    bytes[i] = high * 16 + low;
  }
  return bytes;
}

export function encodeHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte >> 4]! + HEX[byte & 15]!;
  return text;
}

function decodeSextets(text: string, values: Int8Array): Uint8Array | null {
  let end = text.length;
  while (end > 0 && end > text.length - 2 && text.charCodeAt(end - 1) === 61) end--;
  if (end % 4 === 1 || (end < text.length && text.length % 4 !== 0)) return null;
  const bytes = new Uint8Array(Math.floor((end * 3) / 4));
  let pending = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < end; i++) {
    const value = values[text.charCodeAt(i)] ?? -1;
    if (value < 0) return null;
    pending = ((pending << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (pending >> bits) & 0xff;
    }
  }
  return bytes;
}

/** Bytes of a base64 text, standard or URL-safe, padded or not; null when it is not one. */
export function decodeBase64(text: string): Uint8Array | null {
  return decodeSextets(text, BASE64_VALUES);
}

/** The same for passlib's adapted alphabet, which also allows the standard `+`. */
export function decodeAdaptedBase64(text: string): Uint8Array | null {
  return decodeSextets(text, ADAPTED_VALUES);
}

export function encodeBase64(bytes: Uint8Array, padded: boolean): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += STANDARD[group >> 18]! + STANDARD[(group >> 12) & 63]!;
    if (left > 1) text += STANDARD[(group >> 6) & 63]!;
    else if (padded) text += '=';
    if (left > 2) text += STANDARD[group & 63]!;
    else if (padded) text += '=';
  }
  return text;
}

/** Bytes of crypt(3)'s little-endian base64, or null. */
export function decodeCryptBase64(text: string): Uint8Array | null {
  const bytes = new Uint8Array(Math.floor((text.length * 6) / 8));
  let pending = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const value = CRYPT_VALUES[text.charCodeAt(i)] ?? -1;
    if (value < 0) return null;
    pending |= value << bits;
    bits += 6;
    if (bits >= 8) {
      bytes[at++] = pending & 0xff;
      pending >>= 8;
      bits -= 8;
    }
  }
  return bytes;
}

/** An unsigned number in crypt(3)'s little-endian digits, or -1. */
export function decodeCryptNumber(text: string): number {
  let number = 0;
  for (let i = text.length - 1; i >= 0; i--) {
    const value = CRYPT_VALUES[text.charCodeAt(i)] ?? -1;
    if (value < 0) return -1;
    number = number * 64 + value;
  }
  return number;
}

/** UTF-8 bytes of a text; a lone surrogate becomes U+FFFD, as every encoder does. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0)!;
    const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
  }
  return Uint8Array.from(bytes);
}

/** The unsigned 32-bit big-endian number at `offset`. */
export function readUint32(bytes: Uint8Array, offset: number): number {
  return (
    (bytes[offset] ?? 0) * 0x1000000 +
    (bytes[offset + 1] ?? 0) * 0x10000 +
    (bytes[offset + 2] ?? 0) * 0x100 +
    (bytes[offset + 3] ?? 0)
  );
}
