import { describe, expect, it } from 'vitest';
import { DEFAULT_ASSUMPTIONS } from '#domain/assumptions.ts';
import { BULK_FATES, FateMatrix, LAZY_FATES, NEEDS, needOf } from '#domain/plan/fates.ts';
import { importSchedule } from '#domain/plan/import-schedule.ts';
import { pointsOfNoReturn } from '#domain/plan/irreversible.ts';
import { type OrderFacts, recommend } from '#domain/plan/recommend.ts';
import { TIERS, tierOf } from '#domain/plan/tiers.ts';

describe('needs', () => {
  it('follow from what both ways do', () => {
    const table = BULK_FATES.map((bulk) => LAZY_FATES.map((lazy) => needOf(bulk, lazy)));
    expect(table).toEqual([
      ['nothing', 'nothing', 'nothing'],
      ['reset-unless-login', 'reset', 'reset-unless-login'],
      ['left-unless-login', 'left', 'left-unless-login'],
    ]);
  });

  it('add up to the users', () => {
    const matrix = new FateMatrix();
    for (const bulk of BULK_FATES) for (const lazy of LAZY_FATES) matrix.add(bulk, lazy);
    matrix.add('refused', 'fails');
    const needs = NEEDS.map((need) => matrix.need(need));
    expect([matrix.users(), needs, matrix.users(['refused'])]).toEqual([10, [3, 2, 1, 2, 2], 4]);
  });
});

describe('an import', () => {
  const seconds = (records: readonly number[], tier: 'enterprise' | 'free' | 'essentials') =>
    importSchedule(records, tier, DEFAULT_ASSUMPTIONS);

  it('runs two jobs at once, the next file in the slot that is free first', () => {
    // A record takes 2/111 of a second in its job: 1110 records 20 s.
    const {
      seconds: all,
      longestJob,
      usersPerSecond,
    } = seconds([3330, 1110, 1110, 1110, 1110], 'enterprise');
    expect([all, longestJob, usersPerSecond && Math.round(usersPerSecond)]).toEqual([80, 60, 111]);
  });

  it('takes ten times as long on the free tier, and jobs run into the limit of two hours', () => {
    const slow = seconds([11_000, 50_000], 'free');
    expect([slow.seconds, slow.longestJob, slow.stoppedJobs]).toEqual([7200, 7200, 1]);
  });

  it('waits for the Management API where there are many small files', () => {
    const {
      seconds: all,
      requests,
      requestSeconds,
    } = seconds(
      Array.from({ length: 1000 }, () => 1),
      'enterprise',
    );
    expect([requests, requestSeconds, all]).toEqual([3000, 2950 / 16, 2950 / 16]);
  });

  it('has no duration where no rate is known', () => {
    const { seconds: all, requestSeconds } = seconds(
      Array.from({ length: 40 }, () => 1000),
      'essentials',
    );
    expect([all, Math.round(requestSeconds!)]).toEqual([null, 30]);
  });

  it('of nobody takes no time', () => {
    expect(seconds([], 'enterprise').seconds).toBe(0);
  });

  it('goes by the tier that the assumption speaks about', () => {
    expect([
      tierOf(DEFAULT_ASSUMPTIONS),
      tierOf({ ...DEFAULT_ASSUMPTIONS, 'import-rate': 'free-tier' }),
      TIERS['private-5x'].scriptsAtOnce,
    ]).toEqual(['enterprise', 'free', 400]);
  });
});

describe('the recommended order', () => {
  const FACTS: OrderFacts = {
    savable: 100,
    saved: { expected: 60, lower: 50, upper: 70 },
    waiting: 0,
    share: 0.5,
    lazyTried: true,
  };

  it.each([
    ['passwords that a login saves', {}, 'lazy-first'],
    ['nothing to save and nobody who waits', { savable: 0, saved: null }, 'lazy-first'],
    ['more who would meet a failing login', { waiting: 130 }, 'bulk-first'],
    ['fewer of them', { waiting: 110 }, 'lazy-first'],
    ['no forecast, more to save', { saved: null, share: null, waiting: 90 }, 'lazy-first'],
    ['no forecast, more who wait', { saved: null, share: null, waiting: 110 }, 'bulk-first'],
  ] as const)('with %s', (_name, changes, expected) => {
    expect(recommend({ ...FACTS, ...changes }).order).toBe(expected);
  });

  it('comes with its figures', () => {
    const { reasons } = recommend({ ...FACTS, waiting: 10, lazyTried: false });
    expect(reasons).toEqual([
      expect.stringContaining('about 60 of 100 users'),
      expect.stringContaining('about 5 users'),
      expect.stringContaining('documentation recommends'),
      expect.stringContaining('hash formats alone'),
    ]);
  });
});

it('points of no return come in the order of their dates', () => {
  const users = { value: 1, from: [] };
  const facts = {
    start: '2027-01-01',
    importStart: '2027-04-01',
    cutover: '2027-04-03',
    withPassword: users,
    withoutPassword: users,
    leftBehind: users,
  };
  const dates = pointsOfNoReturn({ ...facts, scriptContext: true }).flatMap(({ date }) => date ?? []);
  const without = pointsOfNoReturn({ ...facts, scriptContext: false });
  expect([dates, without.length]).toEqual([dates.toSorted(), 10]);
});
