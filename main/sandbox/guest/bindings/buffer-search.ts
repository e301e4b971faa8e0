import type { Require } from '../dump.ts';

/** `enum encoding` of Node's C++ side, by value. */
const ENCODINGS = ['ascii', 'utf8', 'base64', 'utf16le', 'latin1', 'hex', 'buffer', 'base64url'];
const UTF16 = 3;

let toBytes: (text: string, encoding: string) => Uint8Array = () => new Uint8Array();

/** Set once Node's Buffer is there; texts to look for are encoded by it. */
export function useBuffer(require: Require): void {
  const { Buffer } = require('buffer') as { Buffer: { from(text: string, encoding: string): Uint8Array } };
  toBytes = (text, encoding) => Buffer.from(text, encoding);
}

function matchesAt(haystack: Uint8Array, needle: Uint8Array, at: number): boolean {
  for (let i = 0; i < needle.length; i++) if (haystack[at + i] !== needle[i]) return false;
  return true;
}

function startOf(haystack: Uint8Array, offset: number, isForward: boolean): number | null {
  if (offset >= 0) return offset;
  const fromEnd = offset + haystack.length;
  if (fromEnd >= 0) return fromEnd;
  return isForward ? 0 : null;
}

/** UTF-16 text is found at even offsets only, hence the step of two. */
function search(
  haystack: Uint8Array,
  needle: Uint8Array,
  offset: number,
  encoding: number,
  isForward: boolean,
): number {
  const step = encoding === UTF16 ? 2 : 1;
  if (step === 2 && needle.length % 2 === 1) return -1;
  const first = startOf(haystack, offset, isForward);
  if (first === null) return -1;
  if (needle.length === 0) return Math.min(first, haystack.length);
  const last = haystack.length - needle.length;
  let at = isForward ? first : Math.min(first, last);
  if (step === 2) at += isForward ? at % 2 : -(at % 2);
  for (; isForward ? at <= last : at >= 0; at += isForward ? step : -step)
    if (matchesAt(haystack, needle, at)) return at;
  return -1;
}

export const searchBinding = {
  bytesOfText: (text: string, encoding: string): Uint8Array => toBytes(text, encoding),
  natives: {
    indexOfBuffer: (
      buffer: Uint8Array,
      value: Uint8Array,
      offset: number,
      encoding: number,
      isForward: boolean,
    ) => search(buffer, value, offset, encoding, isForward),
    indexOfNumber: (buffer: Uint8Array, value: number, offset: number, isForward: boolean) =>
      isForward
        ? Uint8Array.prototype.indexOf.call(buffer, value & 0xff, offset)
        : Uint8Array.prototype.lastIndexOf.call(buffer, value & 0xff, offset),
    indexOfString: (
      buffer: Uint8Array,
      value: string,
      offset: number,
      encoding: number,
      isForward: boolean,
    ) => search(buffer, toBytes(value, ENCODINGS[encoding] ?? 'utf8'), offset, encoding, isForward),
  },
};
