import { expect, it } from 'vitest';
import { assertCoverageBalanced } from '#engine/coverage/balance.ts';
import { merged, type Split, usesOf, without } from '#engine/coverage/sums.ts';

const uses = (outcome: string) => [{ script: 'login', scenario: 'right-password', outcome }] as const;
const split: Split = [
  { uses: uses('profile'), ok: 5, failed: 1, skipped: 0 },
  { uses: uses('refused'), ok: 0, failed: 3, skipped: 1 },
];
const COUNTS = { done: 10, ok: 5, failed: 4, skipped: 1 };
const row = {
  value: 'gold',
  collective: false,
  total: 10,
  ok: 5,
  failed: 4,
  skipped: 1,
  scripts: usesOf(split),
};
const phase = {
  phase: 'lazy' as const,
  total: 10,
  ok: 5,
  failed: 4,
  skipped: 1,
  scripts: usesOf(split),
  rows: [row],
};

it('lets through what adds up', () => {
  expect(() => assertCoverageBalanced(phase, COUNTS)).not.toThrow();
  expect(usesOf(split)).toEqual([
    {
      script: 'login',
      scenario: 'right-password',
      outcomes: [
        { outcome: 'profile', users: 6 },
        { outcome: 'refused', users: 4 },
      ],
    },
  ]);
});

it.each([
  ['a user too few in a value', { ...phase, rows: [{ ...row, failed: 3 }] }],
  ['a value twice', { ...phase, rows: [row, row] }],
  ['a script that ran for fewer', { ...phase, scripts: usesOf(split.slice(1)) }],
  [
    'a script that ran for fewer of a value',
    { ...phase, rows: [{ ...row, scripts: usesOf(split.slice(1)) }] },
  ],
  ['other sums than the outcomes', { ...phase, ok: 6, total: 11 }],
])('refuses %s', (_what, wrong) => {
  expect(() => assertCoverageBalanced(wrong, COUNTS)).toThrow('coverage does not balance');
});

it('takes parts out of a whole, and refuses what is no part of it', () => {
  const part: Split = [{ uses: uses('refused'), ok: 0, failed: 2, skipped: 1 }];
  const rest: Split = [split[0]!, { uses: uses('refused'), ok: 0, failed: 1, skipped: 0 }];
  expect(without(split, [part])).toEqual(rest);
  expect(merged([part, rest])).toEqual([
    { uses: uses('refused'), ok: 0, failed: 3, skipped: 1 },
    { uses: uses('profile'), ok: 5, failed: 1, skipped: 0 },
  ]);
  expect(() => without(part, [split])).toThrow('does not balance');
  expect(() => without(split, [[{ uses: uses('threw'), ok: 1, failed: 0, skipped: 0 }]])).toThrow(
    'does not balance',
  );
});
