import { expect, test } from 'vitest';
import type { BenchRow, Figure } from '../../bench/common/rows.ts';
import { reachedOf } from '../../bench/common/ratio.ts';
import { beforeAndNow, tableOf } from '../../bench/common/table.ts';

const RATE: Figure = {
  bench: 'bulk-sources',
  work: 'bulk trial from CSV',
  ours: 43_210.7,
  unit: 'users/s',
  better: 'more',
  baseline: { name: 'its dump | import', figure: 54_013 },
  goal: { ratio: 1, users: 1_000_000 },
  users: 1_000_000,
};
const MEMORY: Figure = {
  bench: 'memory',
  work: 'peak memory',
  ours: 420,
  unit: 'MB',
  better: 'less',
  baseline: { name: '100,000 users', figure: 399 },
  goal: { ratio: 0.9, most: 500, users: 100_000 },
  users: 1_000_000,
};

test('one table of all rows, in which a ratio above 1 is better for rates and for memory', () => {
  const rows: BenchRow[] = [RATE, MEMORY, { bench: 'grid', work: 'jumps', leftOut: 'no Chromium' }];
  expect(tableOf(rows).split('\n')).toEqual([
    '| bench        | work                |     users |           ours | baseline of the same run           | ratio | goal                  | reached |',
    '| ------------ | ------------------- | --------: | -------------: | ---------------------------------- | ----: | --------------------- | ------- |',
    '| bulk-sources | bulk trial from CSV | 1,000,000 | 43,211 users/s | its dump \\| import: 54,013 users/s |  0.80 | ratio ≥ 1             | no      |',
    '| memory       | peak memory         | 1,000,000 |         420 MB | 100,000 users: 399 MB              |  0.95 | ratio ≥ 0.9, ≤ 500 MB | yes     |',
    '| grid         | jumps               |           |              – | left out: no Chromium              |       |                       |         |',
  ]);
});

test.each([
  ['at the ratio', { ...RATE, ours: 54_013 }, 'yes'],
  ['one of two conditions missed', { ...MEMORY, ours: 501, baseline: { name: 'x', figure: 501 } }, 'no'],
  ['a goal of a ratio without a baseline', { ...RATE, baseline: null }, 'no'],
  ['fewer users than the goal is about', { ...RATE, ours: 90_000, users: 5_000 }, 'too few users'],
  ['no goal', { ...RATE, goal: null }, ''],
] as const)('a goal %s', (_name, row, reached) => {
  expect(reachedOf(row)).toBe(reached);
});

test('two runs side by side; another number of users is other work', () => {
  const now = [{ ...RATE, ours: 60_000, baseline: { name: 'its dump | import', figure: 50_000 } }];
  const before = [RATE, { ...MEMORY, users: 5_000 }];
  const cells = beforeAndNow(before, now)
    .split('\n')
    .slice(2)
    .map((line) => line.split(' | ').map((cell) => cell.replaceAll('|', '').trim()));
  expect(cells).toEqual([
    [
      'bulk-sources',
      'bulk trial from CSV',
      '1,000,000',
      '43,211 users/s',
      '60,000 users/s',
      '× 1.39',
      '0.80',
      '1.20',
      'yes',
    ],
    ['memory', 'peak memory', '5,000', '420 MB', '–', '', '0.95', '', ''],
  ]);
});
