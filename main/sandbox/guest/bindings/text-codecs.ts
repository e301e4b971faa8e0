/** The encodings of Buffer besides UTF-8, with Node's rules for odd and broken input. */
const CHUNK = 0x2000;

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const HEX = Array.from({ length: 256 }, (_, byte) => (byte < 16 ? '0' : '') + byte.toString(16));

// The engine's own toHex and toBase64 cannot be used: they are absent while a snapshot is made.
export function hexText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte] ?? '';
  return text;
}

function encodeBase64(bytes: Uint8Array, alphabet: string, padding: string): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const bits = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const left = bytes.length - at;
    text += alphabet.charAt(bits >> 18) + alphabet.charAt((bits >> 12) & 63);
    text += left > 1 ? alphabet.charAt((bits >> 6) & 63) : padding;
    text += left > 2 ? alphabet.charAt(bits & 63) : padding;
  }
  return text;
}

export const base64Text = (bytes: Uint8Array): string => encodeBase64(bytes, BASE64, '=');
export const base64urlText = (bytes: Uint8Array): string => encodeBase64(bytes, BASE64URL, '');

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
