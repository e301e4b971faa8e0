import { type AgeTable, ageTable } from '#domain/plan/age-table.ts';
import type { Activity } from '#domain/plan/activity.ts';
import {
  type Drift,
  driftOf,
  type Estimate,
  estimate,
  LEAST_CHANGES,
  type Situation,
  windowChange,
} from '#domain/plan/forecast.ts';

/** The users of a log and the days it covers (counted from the epoch), first and last day whole. */
export interface LogHistory {
  readonly activity: Activity;
  /** By user: the day of creation. Never later than the first login. */
  readonly createdDay: Int32Array;
  /** By user: groups it is in, a bit each. */
  readonly groups: Uint8Array;
  readonly users: number;
  readonly firstDay: number;
  readonly lastDay: number;
  /** How many users of the store one of these stands for; 1 where they are all of them. */
  readonly sampleOf: number;
}

/** Reads one history at several moments. Tables are kept: back-tests and drift look at the same moments. */
export interface LogReader {
  situation(day: number, days: number, group: number): Situation;
  /** Users that existed at the end of `day` and were seen in the `days` after it; all, sample or not. */
  came(day: number, days: number): number;
  users(day: number): number;
}

/** Windows to look for drift in are whole weeks, at most so many of them. */
const MOST_CHANGES = 12;
const WEEK = 7;

export function createLogReader(history: LogHistory): LogReader {
  const tables = new Map<string, AgeTable>();
  const tableAt = (day: number, group: number): AgeTable => {
    const name = `${day} ${group}`;
    const known = tables.get(name) ?? tableOf(history, day, group);
    tables.set(name, known);
    return known;
  };
  const changesAt = (day: number, days: number, group: number) => {
    const reach = day - history.firstDay + 1;
    const many = Math.min(MOST_CHANGES, Math.floor(reach / days) - 1);
    return Array.from({ length: Math.max(0, many) }, (_one, index) =>
      windowChange(tableAt(day - index * days, group), tableAt(day - (index + 1) * days, group), days),
    );
  };
  const driftAt = (day: number, days: number, group: number): Drift => {
    const own = changesAt(day, days, group);
    if (own.length >= LEAST_CHANGES) return driftOf(own);
    const reach = day - history.firstDay + 1;
    const shorter = Math.floor(reach / (LEAST_CHANGES + 2) / WEEK) * WEEK;
    return driftOf(shorter < WEEK ? [] : changesAt(day, shorter, group));
  };
  return {
    situation: (day, days, group) => ({
      table: tableAt(day, group),
      reach: day - history.firstDay + 1,
      drift: driftAt(day, days, group),
      sampleOf: history.sampleOf,
    }),
    came(day, days) {
      let came = 0;
      for (let user = 0; user < history.users; user++) {
        if (history.createdDay[user]! > day) continue;
        const last = history.activity.lastDay(user, day + days);
        if (last !== null && last > day) came += 1;
      }
      return Math.round(came * history.sampleOf);
    },
    users: (day) => Math.round(tableAt(day, ALL).users * history.sampleOf),
  };
}

/** Everybody is in this group. */
export const ALL = 1;

function tableOf(history: LogHistory, day: number, group: number): AgeTable {
  const size = Math.max(1, day - history.firstDay + 2);
  const lastSeen = new Uint32Array(size);
  const created = new Uint32Array(size);
  const createdSeen = new Uint32Array(size);
  let users = 0;
  for (let user = 0; user < history.users; user++) {
    if (history.createdDay[user]! > day || (history.groups[user]! & group) === 0) continue;
    users += 1;
    const age = Math.min(size - 1, day - history.createdDay[user]!);
    created[age]! += 1;
    const last = history.activity.lastDay(user, day);
    if (last === null || last < history.firstDay) continue;
    lastSeen[day - last]! += 1;
    createdSeen[age]! += 1;
  }
  return ageTable({ unitsPerDay: 1, users, lastSeen, created, createdSeen });
}

/** Days that one held-out month has. */
export const MONTH = 30;
const MOST_MONTHS = 6;

export interface BackTest extends Estimate {
  /** First and last day that was held out. */
  readonly from: number;
  readonly to: number;
  readonly days: number;
  readonly users: number;
  readonly actual: number;
  readonly inside: boolean;
}

/**
 * Forecasts of the past, each from nothing but what came before it: the last months one by one, and the last window
 * as long as the forecast's own where the log is long enough. Every one has two windows of its length before it.
 */
export function backTests(history: LogHistory, reader: LogReader, days: number): readonly BackTest[] {
  const months = Array.from({ length: MOST_MONTHS }, (_one, index) => ({
    day: history.lastDay - (index + 1) * MONTH,
    days: MONTH,
  }));
  const own = days === MONTH ? [] : [{ day: history.lastDay - days, days }];
  return [...months.toReversed(), ...own]
    .filter((test) => test.day - history.firstDay + 1 >= 2 * test.days)
    .map((test) => {
      const guess = estimate(reader.situation(test.day, test.days, ALL), test.days);
      const actual = reader.came(test.day, test.days);
      return {
        ...guess,
        from: test.day + 1,
        to: test.day + test.days,
        days: test.days,
        users: reader.users(test.day),
        actual,
        inside: actual >= Math.floor(guess.lower) && actual <= Math.ceil(guess.upper - 1e-6),
      };
    });
}
