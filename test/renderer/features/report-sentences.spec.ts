import { expect, it } from 'vitest';
import { caveatsOf, sentenceOf } from '#renderer/features/report/page/sentences.ts';
import { reportFixture } from '#test/report-fixtures.ts';

const phase = {
  phase: 'lazy',
  expected: 10,
  done: 10,
  ok: 10,
  failed: 0,
  skipped: 0,
  finished: true,
  seconds: 1,
} as const;

it.each([
  [phase, '10 of 10 users (100%) can be migrated at their first login.'],
  [
    { ...phase, ok: 8, failed: 1, skipped: 1 },
    '8 of 10 users (80%) can be migrated at their first login; 1 fails, 1 was skipped.',
  ],
  [
    { ...phase, expected: 2_000, done: 10, ok: 3, failed: 7 },
    '10 of 2,000 users tried so far. 3 of 10 users (30%) can be migrated at their first login; 7 fail.',
  ],
  [{ ...phase, done: 0, ok: 0 }, 'None of 10 users was tried yet.'],
  [{ ...phase, expected: 0, done: 0, ok: 0 }, 'Nobody takes part.'],
])('says what became of a phase: %#', (counts, sentence) => {
  expect(sentenceOf(counts)).toBe(sentence);
});

it('says what numbers do not say by themselves', () => {
  expect(caveatsOf(reportFixture('mixed-incomplete')).length).toBeGreaterThan(1);
  const whole = reportFixture('bulk-clean');
  expect(caveatsOf({ ...whole, passwordChecks: { truly: 0, assumed: 0 } })).toEqual([]);
});
