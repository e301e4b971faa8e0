import { describe, expect, it } from 'vitest';
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
} from '#sandbox/guest/bindings/text-codecs.ts';
import {
  decodeUtf8,
  encodeUtf8,
  encodeUtf8Into,
  isWellFormedUtf8,
  utf8Length,
} from '#sandbox/guest/bindings/utf8.ts';

// Against the Buffer of the Node that runs the tests, over texts and bytes that cover every branch.

const TEXTS = [
  '',
  'plain',
  'grüße €',
  '𝄞 pair',
  '\ud800 lone',
  'x\udc00',
  '\ud83d',
  '\u0000\u007f\u0080\u07ff\u0800\uffff',
];

const LONG = 'é'.repeat(5000);

/** Every byte, every pair of interesting bytes, and cut sequences. */
const EDGES = [
  0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0, 0xe2, 0xed, 0xef, 0xf0, 0xf1,
  0xf4, 0xf5, 0xff,
];
const BYTES = EDGES.flatMap((a) =>
  EDGES.flatMap((b) => EDGES.map((c) => Uint8Array.of(a, b, c, 0x80, 0x41))),
);

describe('UTF-8', () => {
  it('decodes ill-formed bytes as the standard does', () => {
    const wrong = BYTES.filter(
      (bytes) =>
        decodeUtf8(bytes, 0, bytes.length, false) !==
        new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
    );
    expect(wrong).toEqual([]);
  });

  it('tells well-formed bytes from others', () => {
    const wrong = BYTES.filter(
      (bytes) => isWellFormedUtf8(bytes) !== !decodeUtf8(bytes, 0, bytes.length, false).includes('\ufffd'),
    );
    expect(wrong).toEqual([]);
  });

  it('refuses ill-formed bytes when that is fatal', () => {
    expect(() => decodeUtf8(Uint8Array.of(0xc3), 0, 1, true)).toThrow(
      'The encoded data was not valid for encoding utf-8',
    );
  });

  it.each([...TEXTS, LONG])('encodes %j like Buffer, in the length it announces', (text) => {
    const expected = Buffer.from(text);
    expect(Buffer.from(encodeUtf8(text)).equals(expected)).toBe(true);
    expect(utf8Length(text)).toBe(expected.length);
  });

  it.each(TEXTS)('writes only whole characters of %j', (text) => {
    for (let room = 0; room < 8; room++) {
      const mine = new Uint8Array(room);
      const theirs = new Uint8Array(room);
      expect(encodeUtf8Into(text, mine)).toEqual(new TextEncoder().encodeInto(text, theirs));
      expect(mine).toEqual(theirs);
    }
  });
});

describe('other encodings', () => {
  const sample = Uint8Array.from({ length: 301 }, (_, index) => (index * 7) & 0xff);
  const readers = {
    ascii: asciiText,
    base64: base64Text,
    base64url: base64urlText,
    hex: hexText,
    latin1: latin1Text,
    utf16le: utf16Text,
  } as const;

  it.each(Object.keys(readers) as (keyof typeof readers)[])('%s reads like Buffer', (encoding) => {
    for (const length of [0, 1, 2, 3, 4, 300, 301]) {
      const part = sample.subarray(0, length);
      expect(readers[encoding](part)).toBe(Buffer.from(part).toString(encoding));
    }
  });

  const writers = {
    base64: writeBase64,
    base64url: writeBase64,
    hex: writeHex,
    latin1: writeLatin1,
    utf16le: writeUtf16,
  } as const;
  const INPUTS = ['', 'a', 'aGk=', 'aGk', 'a b\nc=d', '-_-_', '+/+/', 'é€', '0g', '0f1', 'zz', '🙂ab'];

  it.each(Object.keys(writers) as (keyof typeof writers)[])(
    '%s writes like Buffer, broken input included',
    (encoding) => {
      const wrong = INPUTS.flatMap((text) =>
        [0, 1, 3, 20].map((room) => {
          const mine = new Uint8Array(room + 1);
          const theirs = Buffer.alloc(room + 1);
          const written = writers[encoding](mine, text, 1, room);
          return written === theirs.write(text, 1, room, encoding) && theirs.equals(mine)
            ? null
            : [text, room];
        }),
      ).filter((failure) => failure !== null);
      expect(wrong).toEqual([]);
    },
  );
});
