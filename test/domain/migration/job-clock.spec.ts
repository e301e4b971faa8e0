import { expect, test } from 'vitest';
import { activeJobs, JOB_LIMIT_MS, jobTimes, nextFreeMs } from '#domain/migration/job-clock.ts';
import { assuming } from '#test/given-accounts.ts';

test('two jobs together take in 111 users a second, or 11 in the free tier', () => {
  expect(jobTimes(111, 5_000, assuming())).toEqual({
    createdAtMs: 5_000,
    endedAtMs: 7_000,
    records: 111,
    timedOut: false,
  });
  expect(jobTimes(11, 0, assuming({ 'import-rate': 'free-tier' })).endedAtMs).toBe(2_000);
  expect(jobTimes(0, 5_000, assuming()).endedAtMs).toBe(5_000);
});

test('a job ends after two hours, with the records it had taken by then', () => {
  const inTime = jobTimes(39_600, 0, assuming({ 'import-rate': 'free-tier' }));
  const late = jobTimes(39_601, 0, assuming({ 'import-rate': 'free-tier' }));
  expect([inTime, late]).toEqual([
    { createdAtMs: 0, endedAtMs: JOB_LIMIT_MS, records: 39_600, timedOut: false },
    { createdAtMs: 0, endedAtMs: JOB_LIMIT_MS, records: 39_600, timedOut: true },
  ]);
});

test('a third job has to wait until one of the two places is free', () => {
  expect(nextFreeMs([], 100)).toBe(100);
  expect(nextFreeMs([500], 100)).toBe(100);
  expect(nextFreeMs([500, 300], 100)).toBe(300);
  expect(nextFreeMs([500, 300, 400], 100)).toBe(400);
  expect(nextFreeMs([500, 300], 300)).toBe(300);
  expect([100, 299, 300, 500].map((at) => activeJobs([500, 300], at))).toEqual([2, 2, 1, 0]);
});
