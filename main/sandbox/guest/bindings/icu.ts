import type { Require } from '../dump.ts';
import { failureOf, host } from '../host.ts';
import { type Bytes, plain } from './bytes.ts';

const FLUSH = 1;

interface Converter {
  readonly name: string;
  readonly flags: number;
  /** The host's decoder, made at the first chunk of a stream. */
  id: number;
}

function decoded(result: unknown, encoding: string): unknown {
  if (failureOf(result) === null) return result;
  const error: TypeError & { code?: string } = new TypeError(
    `The encoded data was not valid for encoding ${encoding}`,
  );
  error.code = 'ERR_ENCODING_INVALID_ENCODED_DATA';
  throw error;
}

/** Decoders for legacy encodings live on the host; one call when the whole input is there. */
function decode(converter: Converter, input: Bytes, flags: number, encoding: string): unknown {
  const isLast = (flags & FLUSH) !== 0;
  if (converter.id === 0 && isLast)
    return decoded(host('icu', 'one', encoding, converter.flags, plain(input)), encoding);
  if (converter.id === 0) converter.id = Number(host('icu', 'new', encoding, converter.flags));
  const result = host('icu', 'dec', converter.id, plain(input), isLast);
  if (isLast) converter.id = 0;
  return decoded(result, encoding);
}

type BufferClass = { from(data: unknown, ...rest: unknown[]): { toString(encoding: string): string } };
let BufferOf: () => BufferClass = () => {
  throw new Error('Buffer is not there yet');
};
export function useBuffer(require: Require): void {
  BufferOf = () => (require('buffer') as { Buffer: BufferClass }).Buffer;
}

const SINGLE_BYTE = /^(latin1|binary|ascii)$/;

function transcode(source: Uint8Array, from: string, to: string): unknown {
  const text = BufferOf().from(source.buffer, source.byteOffset, source.byteLength).toString(from);
  if (!SINGLE_BYTE.test(to)) return BufferOf().from(text, to);
  const highest = to === 'ascii' ? 0x7f : 0xff;
  const fitting = Array.from(text, (char) => ((char.codePointAt(0) ?? 0) > highest ? '?' : char));
  return BufferOf().from(fitting.join(''), to);
}

type Range = readonly [from: number, to: number];
const within = (ranges: readonly Range[], code: number): boolean =>
  ranges.some(([from, to]) => code >= from && code <= to);

const ZERO_WIDTH: readonly Range[] = [
  [0, 0x1f],
  [0x7f, 0x9f],
  [0x300, 0x36f],
  [0x200b, 0x200f],
  [0xfe00, 0xfe0f],
];
const WIDE: readonly Range[] = [
  [0x1100, 0x115f],
  [0x2e80, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0x1f300, 0x1faff],
];

/** Columns of a text in a terminal, for the lines of `inspect` and `console.table`. */
function stringWidth(text: string): number {
  let width = 0;
  for (const char of text.normalize('NFC')) {
    const code = char.codePointAt(0) ?? 0;
    if (!within(ZERO_WIDTH, code)) width += within(WIDE, code) ? 2 : 1;
  }
  return width;
}

export const icuBinding = {
  icuErrName: () => 'U_ILLEGAL_ARGUMENT_ERROR',
  hasConverter: (name: string) => Boolean(host('icu', 'has', name)),
  getConverter: (name: string, flags: number): Converter => ({ name, flags, id: 0 }),
  decode,
  transcode,
  getStringWidth: stringWidth,
};
