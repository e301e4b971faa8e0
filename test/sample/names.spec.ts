import { expect, it } from 'vitest';
import { FIRST_NAMES, LAST_NAMES } from '#sample/names.ts';

it.each([
  ['first', FIRST_NAMES],
  ['last', LAST_NAMES],
])('%s names have plain spellings of small letters, each once', (_kind, names) => {
  const plain = names.map((name) => name.plain);
  expect(plain.filter((name) => !/^[a-z]+$/.test(name))).toEqual([]);
  expect(plain.filter((name, at) => plain.indexOf(name) !== at)).toEqual([]);
});
