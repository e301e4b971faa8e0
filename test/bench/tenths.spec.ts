import { expect, test } from 'vitest';
import { endOf, tenthsOf } from '../../bench/common/trial.ts';

test('rates of the first and the last tenth, from the commits nearest to their ends', () => {
  const seen = [
    { atMs: 900, done: 0 },
    { atMs: 1_000, done: 5 },
    { atMs: 1_050, done: 55 },
    { atMs: 1_100, done: 105 },
    { atMs: 3_000, done: 900 },
    { atMs: 3_500, done: 950 },
    { atMs: 4_000, done: 1_000 },
    { atMs: 9_000, done: 1_000 },
  ];
  expect(tenthsOf(seen, 1_000)).toEqual({ first: 1_000, last: 100 });
  expect(endOf(seen, 1_000, 9)).toBe(5.5);
});

test('nothing to tell of a trial that was seen only at its end', () => {
  expect(tenthsOf([{ atMs: 400, done: 1_000 }], 1_000)).toBeNull();
});
