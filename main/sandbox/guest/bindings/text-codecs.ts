/* oxlint-disable typescript/unbound-method -- methods are captured here before scripts can replace them, and always called with an explicit `this` */
/** The encodings of Buffer besides UTF-8, with Node's rules for odd and broken input. */
const CHUNK = 0x2000;

/** Absent from Node 22's language, so taken before the surface is cut back to it. */
interface ModernBytes {
  toHex(): string;
  toBase64(options?: { alphabet?: 'base64url'; omitPadding?: boolean }): string;
}
const modern = Uint8Array.prototype as unknown as ModernBytes;
const { toHex, toBase64 } = modern;

export const hexText = (bytes: Uint8Array): string => toHex.call(bytes);
export const base64Text = (bytes: Uint8Array): string => toBase64.call(bytes);
export const base64urlText = (bytes: Uint8Array): string =>
  toBase64.call(bytes, { alphabet: 'base64url', omitPadding: true });

export function latin1Text(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK)
    text += String.fromCharCode.apply(null, bytes.subarray(at, at + CHUNK) as unknown as number[]);
  return text;
}

export const asciiText = (bytes: Uint8Array): string => latin1Text(bytes.map((byte) => byte & 0x7f));

export function utf16Text(bytes: Uint8Array): string {
  let text = '';
  let units: number[] = [];
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    units.push((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
    if (units.length < CHUNK) continue;
    text += String.fromCharCode.apply(null, units);
    units = [];
  }
  return text + String.fromCharCode.apply(null, units);
}

export function writeLatin1(target: Uint8Array, text: string, offset: number, limit: number): number {
  const length = Math.min(text.length, limit);
  for (let i = 0; i < length; i++) target[offset + i] = text.charCodeAt(i);
  return length;
}

/** Whole units only. */
export function writeUtf16(target: Uint8Array, text: string, offset: number, limit: number): number {
  const units = Math.min(text.length, limit >> 1);
  for (let i = 0; i < units; i++) {
    const unit = text.charCodeAt(i);
    target[offset + 2 * i] = unit & 0xff;
    target[offset + 2 * i + 1] = unit >> 8;
  }
  return units * 2;
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

/** Stops at the first pair that is not hexadecimal. */
export function writeHex(target: Uint8Array, text: string, offset: number, limit: number): number {
  const length = Math.max(0, Math.min(limit, text.length >> 1));
  for (let i = 0; i < length; i++) {
    const high = hexDigit(text.charCodeAt(2 * i));
    const low = hexDigit(text.charCodeAt(2 * i + 1));
    if (high < 0 || low < 0) return i;
    target[offset + i] = (high << 4) | low;
  }
  return length;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE64_VALUES = new Int8Array(128).fill(-1);
for (let i = 0; i < BASE64.length; i++) BASE64_VALUES[BASE64.charCodeAt(i)] = i;
BASE64_VALUES['-'.charCodeAt(0)] = 62;
BASE64_VALUES['_'.charCodeAt(0)] = 63;

/** Both alphabets at once; characters outside them are skipped; `=` ends the data. Node looks at the low byte only. */
export function writeBase64(target: Uint8Array, text: string, offset: number, limit: number): number {
  let bits = 0;
  let held = 0;
  let written = 0;
  for (let i = 0; i < text.length && written < limit; i++) {
    const code = text.charCodeAt(i) & 0xff;
    if (code === 61) break;
    const value = code < 128 ? (BASE64_VALUES[code] ?? -1) : -1;
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xffffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    target[offset + written++] = (bits >> held) & 0xff;
  }
  return written;
}
