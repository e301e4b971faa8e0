import { expect, it } from 'vitest';
import { bytes, count, duration, percent, rate, users } from '#reporters/numbers.ts';

it('writes shares so that 0 % means nobody and 100 % means everybody', () => {
  expect([
    percent(0, 20_000),
    percent(1, 20_000),
    percent(18_412, 20_000),
    percent(19_999, 20_000),
    percent(20_000, 20_000),
    percent(0, 0),
  ]).toEqual(['0 %', '<0.1 %', '92.1 %', '>99.9 %', '100 %', '–']);
});

it('writes durations in the two biggest units', () => {
  expect([0, 0.04, 9.94, 41.4, 59.6, 185, 3600, 7620, 200_000].map(duration)).toEqual([
    '0 s',
    '0 s',
    '9.9 s',
    '41 s',
    '1 min',
    '3 min 5 s',
    '1 h',
    '2 h 7 min',
    '2 d 7 h',
  ]);
});

it('writes counts, sizes and rates', () => {
  expect([
    count(1_234_567),
    users(1),
    users(2_000),
    bytes(999),
    bytes(499_500),
    bytes(15_213_344),
    rate(4.21),
    rate(1_480),
  ]).toEqual([
    '1,234,567',
    '1 user',
    '2,000 users',
    '999 B',
    '499.5 KB',
    '15.2 MB',
    '4.2 users/s',
    '1,480 users/s',
  ]);
});
