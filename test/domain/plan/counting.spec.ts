import { describe, expect, it } from 'vitest';
import { createActivity } from '#domain/plan/activity.ts';
import { createIdentifierTable, isSampled } from '#domain/plan/identifier-table.ts';
import { createLogDays } from '#domain/plan/log-days.ts';
import { createLoginDates } from '#domain/plan/login-dates.ts';
import { maskEmail } from '#domain/plan/mask-email.ts';
import { createLoginMinutes, inFlight } from '#domain/plan/peak.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 24, 12);

describe('the days on which users were seen', () => {
  it('are found again in any order, across words', () => {
    const activity = createActivity(2);
    for (const day of [100, 31, 32, 63, 64, 0]) activity.mark(1, day);
    const last = (upTo: number) => activity.lastDay(1, upTo);
    expect([0, 30, 31, 32, 62, 63, 64, 99, 100, 5000].map(last)).toEqual([
      0, 0, 31, 32, 32, 63, 64, 64, 100, 100,
    ]);
    expect([activity.lastDay(0, 5000), activity.dropped()]).toEqual([null, false]);
  });

  it('fall out when too many newer ones come', () => {
    const activity = createActivity(1);
    for (let word = 0; word < 50; word++) activity.mark(0, word * 32);
    activity.mark(0, 0);
    expect([activity.lastDay(0, 63), activity.lastDay(0, 64), activity.dropped()]).toEqual([null, 64, true]);
  });
});

describe('the busiest hour', () => {
  it('is one of the last four years, however far back a log goes', () => {
    const minutes = createLoginMinutes();
    for (let login = 0; login < 50; login++) minutes.add(HOUR);
    for (let day = 1; day <= 1_600; day++) minutes.add(day * DAY + 9 * HOUR);
    minutes.add(2 * HOUR);
    expect(minutes.peak()).toEqual({
      hour: { atMs: 65 * DAY + 9 * HOUR, logins: 1 },
      minute: { atMs: 65 * DAY + 9 * HOUR, logins: 1 },
      atMidnight: 0,
    });
  });
});

describe('identifiers', () => {
  it('are found whatever their capitals, and through growth', () => {
    const table = createIdentifierTable(1);
    for (let user = 0; user < 5_000; user++) table.add(`User.${user}@Example.com`, user);
    table.add('user.7@example.com', 999_999);
    expect([
      table.find(' USER.7@example.COM '),
      table.find('auth0|user.4999@example.com'),
      table.find('user.5000@example.com'),
      table.find(''),
    ]).toEqual([7, 4999, null, null]);
  });

  it('are sampled evenly, the same every time', () => {
    const taken = Array.from({ length: 10_000 }, (_one, index) => index).filter((one) => isSampled(one, 4));
    expect([taken.length > 2_300 && taken.length < 2_700, isSampled(taken[3]!, 4), isSampled(5, 1)]).toEqual([
      true,
      true,
      true,
    ]);
  });
});

describe('last logins', () => {
  it('are counted back from the newest, per group, future ones set aside', () => {
    const dates = createLoginDates(NOW, [1, 2]);
    dates.add(NOW - HOUR, NOW - 400 * DAY, 3);
    dates.add(NOW - 30 * DAY, NOW - 400 * DAY, 1);
    dates.add(NOW - 30 * DAY, NOW - 10 * DAY, 1);
    dates.add(null, NOW - 5 * DAY, 1);
    dates.add(NOW + 3 * DAY, null, 1);
    const all = dates.table(1)!;
    expect({
      facts: { ...dates.facts(), commonDay: dates.facts().commonDay.users },
      existed: [6, 10, 500].map((days) => all.existed(days)),
      seen: [1, 29, 31, 399].map((days) => all.seen(days)),
      lapsed: [1, 20].map((days) => all.lapsed(days)),
      group: [dates.table(2)!.users, dates.table(2)!.seen(1)],
    }).toEqual({
      facts: { users: 5, seen: 3, future: 1, newestMs: NOW - HOUR, commonDay: 2, reach: 29 },
      // The third user cannot have logged in before the sign-up: the sign-up was earlier then.
      existed: [4, 4, 1],
      seen: [1, 1, 2, 2],
      lapsed: [0, 2],
      group: [1, 1],
    });
  });

  it('have no table without a login', () => {
    const dates = createLoginDates(NOW, [1]);
    dates.add(null, null, 1);
    expect([dates.table(1), dates.facts().newestMs]).toEqual([null, null]);
  });
});

describe('days of a log', () => {
  it('leave out the first, the last and strays', () => {
    const days = createLogDays();
    for (let day = 100; day <= 110; day++)
      for (let line = 0; line < 500; line++) if (day !== 104) days.add(day);
    days.add(3);
    expect(days.covered()).toEqual({ firstDay: 101, lastDay: 109, empty: 1 });
  });

  it('are none where the log is of two days', () => {
    const days = createLogDays();
    days.add(1);
    days.add(2);
    expect([days.covered(), createLogDays().covered()]).toEqual([null, null]);
  });
});

describe('the busiest hour', () => {
  it('and minute are found whatever the order', () => {
    const minutes = createLoginMinutes();
    const at = (day: number, hour: number, minute: number) => Date.UTC(2026, 1, day, hour, minute, 5);
    for (let minute = 0; minute < 60; minute++) minutes.add(at(3, 9, minute));
    for (let login = 0; login < 30; login++) minutes.add(at(2, 20, 15));
    expect(minutes.peak()).toEqual({
      hour: { atMs: Date.UTC(2026, 1, 3, 9), logins: 60 },
      minute: { atMs: Date.UTC(2026, 1, 2, 20, 15), logins: 30 },
      atMidnight: 0,
    });
    expect(createLoginMinutes().peak()).toBeNull();
  });

  it('tells scripts in flight by rate and duration', () => {
    expect([inFlight(10, 2), inFlight(0, 5)]).toEqual([
      { mean: 20, most: 34 },
      { mean: 0, most: 0 },
    ]);
  });
});

it.each([
  ['ada.lovelace@example.com', 'a***@e***.com'],
  ['a@b', 'a***@b***'],
  ['@example.com', '***@e***.com'],
  ['not an address', '***'],
  [null, null],
])('%s is masked', (email, masked) => {
  expect(maskEmail(email)).toBe(masked);
});
