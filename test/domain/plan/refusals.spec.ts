import { describe, expect, it } from 'vitest';
import {
  type LastLoginFacts,
  lastLoginRefusals,
  type LogFacts,
  logRefusals,
  logWarnings,
} from '#domain/plan/refusals.ts';

const codes = (found: readonly { readonly code: string }[]) => found.map(({ code }) => code);

describe('last logins', () => {
  const SOUND: LastLoginFacts = {
    mapped: true,
    users: 1000,
    seen: 900,
    future: 0,
    commonDay: { date: '2026-03-01', users: 20, latest: false },
    reach: 700,
    days: 90,
  };

  it.each([
    ['a sound column', {}, []],
    ['no column', { mapped: false }, ['plan.no-last-login']],
    ['nobody with a login', { seen: 0 }, ['plan.too-few-logins']],
    ['99 users with a login', { seen: 99 }, ['plan.too-few-logins']],
    ['100 users with a login', { seen: 100 }, []],
    ['a future date in a hundred', { future: 9 }, []],
    ['more future dates', { future: 10 }, ['plan.last-logins-in-future']],
    [
      'nothing but future dates',
      { seen: 0, future: 900 },
      ['plan.last-logins-in-future', 'plan.too-few-logins'],
    ],
    [
      'one old date for most',
      { commonDay: { date: '2020-01-01', users: 451, latest: false } },
      ['plan.last-logins-same-day'],
    ],
    ['most of them today', { commonDay: { date: '2026-11-24', users: 451, latest: true } }, []],
    [
      'all of them today',
      { commonDay: { date: '2026-11-24', users: 900, latest: true } },
      ['plan.last-logins-same-day'],
    ],
    ['a column younger than the forecast', { reach: 89 }, ['plan.last-logins-too-short']],
    ['a column as old as the forecast', { reach: 90 }, []],
    ['users who were all here lately', { reach: 5, seen: 1000 }, []],
  ] as const)('%s', (_name, changes, expected) => {
    expect(codes(lastLoginRefusals({ ...SOUND, ...changes }))).toEqual(expected);
  });
});

describe('an access log', () => {
  const SOUND: LogFacts = {
    lines: 10_000,
    used: 9_900,
    elsewhere: 100,
    future: 0,
    seen: 600,
    reach: 365,
    emptyDays: 0,
    sampleOf: 1,
    days: 90,
  };

  it.each([
    ['a sound log', {}, []],
    ['lines of other people', { used: 1_000, elsewhere: 9_000 }, ['plan.log-of-others']],
    ['no line of ours', { used: 0, elsewhere: 9_000, seen: 0, reach: 0 }, ['plan.log-of-others']],
    ['a few users', { seen: 99 }, ['plan.log-too-few-users']],
    [
      'a few users of a sample that stand for many',
      { seen: 99, sampleOf: 4, used: 2_475, elsewhere: 7_525 },
      [],
    ],
    ['fewer days than asked for', { reach: 89 }, ['plan.log-too-short']],
    ['no whole day', { reach: 0 }, ['plan.log-too-short']],
    ['times in the future', { future: 102 }, ['plan.log-in-future']],
    ['a clock that is a little fast', { future: 100 }, []],
    ['a missing quarter', { emptyDays: 91 }, ['plan.log-with-gaps']],
    ['some missing days', { emptyDays: 5 }, []],
  ] as const)('%s', (_name, changes, expected) => {
    expect(codes(logRefusals({ ...SOUND, ...changes }))).toEqual(expected);
  });

  it.each([
    ['nothing to say', {}, []],
    ['missing days', { emptyDays: 5 }, ['plan.log-with-empty-days']],
    ['strangers', { used: 8_000, elsewhere: 2_000 }, ['plan.log-with-strangers']],
    ['no back-test', { tests: 0, inside: 0 }, ['plan.no-back-test']],
    ['back-tests that fail', { inside: 2 }, ['plan.back-test-missed']],
  ] as const)('has warnings for %s', (_name, changes, expected) => {
    expect(codes(logWarnings({ ...SOUND, tests: 6, inside: 5, ...changes }))).toEqual(expected);
  });
});
