import { constantsOf } from '../dump.ts';
import { searchBinding } from './buffer-search.ts';
import { type Bytes, bytesOf, compareBytes } from './bytes.ts';
import {
  asciiText,
  base64Text,
  base64urlText,
  hexText,
  latin1Text,
  utf16Text,
  writeBase64,
  writeHex,
  writeLatin1,
  writeUtf16,
} from './text-codecs.ts';
import { decodeUtf8, encodeUtf8Into, isWellFormedUtf8, utf8Length } from './utf8.ts';

type Reader = (bytes: Uint8Array) => string;
type Writer = (target: Uint8Array, text: string, offset: number, limit: number) => number;

function part(read: Reader, buffer: Uint8Array, start = 0, end = buffer.length): string {
  const stop = end < buffer.length ? end : buffer.length;
  return stop <= start ? '' : read(new Uint8Array(buffer.buffer, buffer.byteOffset + start, stop - start));
}

/** Node 22 calls these natives with the buffer as `this`, newer libs with the buffer as first argument. */
function slicer(read: Reader) {
  return function slice(this: Uint8Array, a?: unknown, b?: number, c?: number): string {
    return typeof a === 'object'
      ? part(read, a as Uint8Array, b, c)
      : part(read, this, a as number | undefined, b);
  };
}

function writeAt(write: Writer, buffer: Uint8Array, text: string, offset = 0, length?: number): number {
  const room = buffer.length - offset;
  const limit = length === undefined ? room : Math.min(length, room);
  return limit <= 0 ? 0 : write(buffer, text, offset, limit);
}

function writer(write: Writer) {
  return function writeText(this: Uint8Array, a: unknown, b?: unknown, c?: number, d?: number): number {
    if (typeof a === 'object') return writeAt(write, a as Uint8Array, b as string, c, d);
    return writeAt(write, this, a as string, b as number | undefined, c);
  };
}

const ASCII_LIMIT = 128;

const SHORT = 32;

/** Text from bytes; the usual pure ASCII needs no decoding, and the usual short text no array of units. */
function utf8Text(bytes: Uint8Array): string {
  const length = bytes.length;
  let text = '';
  for (let at = 0; at < length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= ASCII_LIMIT) return decodeUtf8(bytes, 0, length, false);
    if (length <= SHORT) text += String.fromCharCode(byte);
  }
  return length <= SHORT ? text : latin1Text(bytes);
}

function writeUtf8(target: Uint8Array, text: string, offset: number, limit: number): number {
  if (text.length > limit) return encodeUtf8Into(text, target, offset, limit).written;
  let i = 0;
  for (; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= ASCII_LIMIT) return encodeUtf8Into(text, target, offset, limit).written;
    target[offset + i] = unit;
  }
  return i;
}

function fill(
  target: Uint8Array,
  value: unknown,
  start: number,
  end: number,
  encoding: string,
): number | undefined {
  if (start < 0 || end > target.length) return -2;
  if (start >= end) return undefined;
  if (typeof value === 'number') {
    target.fill(value & 0xff, start, end);
    return undefined;
  }
  const pattern =
    typeof value === 'string' ? searchBinding.bytesOfText(value, encoding) : bytesOf(value as Bytes);
  if (pattern.length === 0) return -1;
  for (let i = start, j = 0; i < end; i++, j = (j + 1) % pattern.length) target[i] = pattern[j] ?? 0;
  return undefined;
}

function swapper(width: number) {
  return (target: Uint8Array): Uint8Array => {
    for (let at = 0; at + width <= target.length; at += width)
      Uint8Array.prototype.reverse.call(target.subarray(at, at + width));
    return target;
  };
}

function copy(
  source: Uint8Array,
  target: Uint8Array,
  targetStart: number,
  sourceStart: number,
  count: number,
): number {
  const from = new Uint8Array(source.buffer, source.byteOffset + sourceStart, count);
  Uint8Array.prototype.set.call(bytesOf(target), from, targetStart);
  return count;
}

/** The lib turns -1 and -2 into DOMExceptions. */
function atob(input: string): string | number {
  let text = input.replace(/[\t\n\f\r ]/g, '');
  if (text.length % 4 === 0) text = text.replace(/==?$/, '');
  if (text.length % 4 === 1 || /[^+/0-9A-Za-z]/.test(text)) return -1;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  writeBase64(bytes, text, 0, bytes.length);
  return latin1Text(bytes);
}

function btoa(text: string): string | number {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0xff) return -1;
  const bytes = new Uint8Array(text.length);
  writeLatin1(bytes, text, 0, bytes.length);
  return base64Text(bytes);
}

const writeStatic =
  (write: Writer) =>
  (buffer: Uint8Array, text: string, offset?: number, length?: number): number =>
    writeAt(write, buffer, text, offset, length);

export const bufferBinding = {
  ...constantsOf('buffer'),
  ...searchBinding.natives,
  byteLengthUtf8: utf8Length,
  copy,
  compare: compareBytes,
  compareOffset: (
    source: Uint8Array,
    target: Uint8Array,
    targetStart: number,
    sourceStart: number,
    targetLength: number,
    sourceLength: number,
  ) =>
    compareBytes(
      source.subarray(sourceStart, sourceStart + sourceLength),
      target.subarray(targetStart, targetStart + targetLength),
    ),
  fill,
  isAscii: (data: Bytes) => bytesOf(data).every((byte) => byte < ASCII_LIMIT),
  isUtf8: (data: Bytes) => isWellFormedUtf8(bytesOf(data)),
  swap16: swapper(2),
  swap32: swapper(4),
  swap64: swapper(8),
  atob,
  btoa,
  asciiSlice: slicer(asciiText),
  base64Slice: slicer(base64Text),
  base64urlSlice: slicer(base64urlText),
  latin1Slice: slicer(latin1Text),
  hexSlice: slicer(hexText),
  ucs2Slice: slicer(utf16Text),
  utf8Slice: slicer(utf8Text),
  base64Write: writer(writeBase64),
  base64urlWrite: writer(writeBase64),
  hexWrite: writer(writeHex),
  ucs2Write: writer(writeUtf16),
  asciiWriteStatic: writeStatic(writeLatin1),
  latin1WriteStatic: writeStatic(writeLatin1),
  utf8WriteStatic: writeStatic(writeUtf8),
  utf8Write: writer(writeUtf8),
  createUnsafeArrayBuffer: (size: number) => new ArrayBuffer(size),
  arrayBufferAlignedOffset: () => 0,
  setBufferPrototype: () => {},
  setDetachKey: () => {},
  copyArrayBuffer: (
    target: ArrayBuffer,
    targetOffset: number,
    source: ArrayBuffer,
    sourceOffset: number,
    size: number,
  ) => new Uint8Array(target, targetOffset, size).set(new Uint8Array(source, sourceOffset, size)),
};

export const decodeText = { utf8: utf8Text } as const;
