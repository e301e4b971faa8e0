import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CASES } from './case-script.ts';
import {
  DIFFERENCES_PAGE,
  differencesPage,
  KNOWN_DIFFERENCES,
  MOST_DIFFERENCES,
} from './known-differences.ts';

const paths = Object.keys(KNOWN_DIFFERENCES);

it('are few', () => {
  expect(paths.length).toBeLessThanOrEqual(MOST_DIFFERENCES);
});

it('each belong to a case', () => {
  expect(paths.filter((path) => !CASES.some((name) => path.startsWith(`${name}.`)))).toEqual([]);
});

it('are in the manual as they are listed (run write-differences.ts after a change)', () => {
  expect(readFileSync(DIFFERENCES_PAGE, 'utf8')).toBe(differencesPage());
});
