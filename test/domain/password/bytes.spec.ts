import { expect, test } from 'vitest';
import {
  decodeAdaptedBase64,
  decodeBase64,
  decodeHex,
  encodeBase64,
  encodeHex,
  encodeUtf8,
} from '#domain/password/bytes.ts';

const LENGTHS = Array.from({ length: 40 }, (_, length) => length);
const block = (length: number): Buffer =>
  Buffer.from(Array.from({ length }, (_, i) => (i * 151 + length * 7) & 255));
const plain = (bytes: Uint8Array | null): string =>
  bytes === null ? 'null' : Buffer.from(bytes).toString('latin1');

test('encoders agree with Buffer at every length', () => {
  const ours = LENGTHS.map(block).map((b) => [encodeHex(b), encodeBase64(b, true), encodeBase64(b, false)]);
  const theirs = LENGTHS.map(block).map((b) => {
    const base64 = b.toString('base64');
    return [b.toString('hex'), base64, base64.replace(/=+$/, '')];
  });
  expect(ours).toEqual(theirs);
});

test('decoders undo every spelling', () => {
  const texts = LENGTHS.slice(1).map(block);
  const decoded = texts.flatMap((b) => [
    decodeHex(b.toString('hex').toUpperCase()),
    decodeBase64(b.toString('base64')),
    decodeBase64(b.toString('base64url')),
    decodeAdaptedBase64(b.toString('base64').replaceAll('+', '.').replace(/=+$/, '')),
  ]);
  expect(decoded.map(plain)).toEqual(texts.flatMap((b) => Array.from({ length: 4 }, () => plain(b))));
});

test.each(['a', 'zz', '0x', 'ä0'])('%s is not hex', (text) => {
  expect(decodeHex(text)).toBeNull();
});

test.each(['AAAAA', 'AA=A', 'AAA==', 'A A=', 'ÄAAA', 'AA.A', '===='])('%s is not base64', (text) => {
  expect(decodeBase64(text)).toBeNull();
});

test.each(['plain', 'é', '日本', '😀', '\ud800'])('UTF-8 of %s', (text) => {
  expect(plain(encodeUtf8(text))).toBe(plain(Buffer.from(text)));
});
