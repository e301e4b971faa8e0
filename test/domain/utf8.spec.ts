import { expect, test } from 'vitest';
import { printableText, utf8Length } from '#domain/utf8.ts';

test.each([
  ['', 0],
  ['a', 1],
  ['å', 2],
  ['€', 3],
  ['😀', 4],
  ['\ud800', 3],
  ['\udc00a', 4],
])('utf8Length of %j is %i', (text, bytes) => {
  expect(utf8Length(text)).toBe(bytes);
});

test.each([['anna'], ['åäö'], ['€ 5'], ['例え'], ['😀'], ['a\tb\r\n'], ['']])('%j is text', (text) => {
  expect(printableText(new TextEncoder().encode(text))).toBe(text);
});

test.each<[string, number[]]>([
  ['a null byte', [0x61, 0]],
  ['DEL', [0x7f]],
  ['a lone continuation', [0x80]],
  ['a cut sequence', [0xe2, 0x82]],
  ['a sequence that goes on wrongly', [0xc3, 0x28]],
  ['an overlong form', [0xe0, 0x80, 0xaf]],
  ['a surrogate', [0xed, 0xa0, 0x80]],
  ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
  ['a byte UTF-8 never has', [0xff]],
])('%s is no text', (_name, bytes) => {
  expect(printableText(Uint8Array.from(bytes))).toBeNull();
});
