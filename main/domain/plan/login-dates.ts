import { type AgeTable, ageTable } from '#domain/plan/age-table.ts';

const HOUR = 3_600_000;
const HOURS_PER_DAY = 24;
const DAY = HOUR * HOURS_PER_DAY;
/** Anything older counts as of this day. */
const BEGINNING = Date.UTC(2000, 0, 1);
/** A login so far ahead of the clock comes from another clock, not from another century. */
const TOLERANCE = DAY;
/** Logins older than all but this share of them do not make a column old. */
const OUTLIERS = 0.005;

/** Last logins and creation dates of all users, counted by hour: memory does not grow with the users. */
export interface LoginDates {
  /** `groups`: a bit for each group that the user is in. Null: no such date. */
  add(lastLogin: number | null, created: number | null, groups: number): void;
  facts(): LoginDatesFacts;
  /** As of the newest login; null where there is none. */
  table(group: number): AgeTable | null;
}

export interface LoginDatesFacts {
  readonly users: number;
  readonly seen: number;
  readonly future: number;
  readonly newestMs: number | null;
  readonly commonDay: { readonly date: string; readonly users: number; readonly latest: boolean };
  /** Age of the oldest login that is no outlier, days. */
  readonly reach: number;
}

interface Group {
  readonly lastSeen: Uint32Array;
  readonly created: Uint32Array;
  readonly createdSeen: Uint32Array;
  users: number;
}

export function createLoginDates(nowMs: number, groups: readonly number[]): LoginDates {
  const size = hourOf(nowMs + TOLERANCE) + 1;
  const byGroup = new Map(groups.map((bit) => [bit, emptyGroup(size)]));
  const everybody = byGroup.get(groups[0]!)!;
  let future = 0;
  let newest = -1;
  return {
    add(lastLogin, created, bits) {
      const late = lastLogin !== null && lastLogin > nowMs + TOLERANCE;
      if (late) future += 1;
      const seen = lastLogin === null || late ? null : hourOf(lastLogin);
      const known = created === null ? 0 : Math.min(size - 1, hourOf(created));
      // Nobody logs in before being created, whatever a row says.
      const since = seen === null ? known : Math.min(known, seen);
      if (seen !== null) newest = Math.max(newest, seen);
      for (const [bit, group] of byGroup) {
        if ((bits & bit) === 0) continue;
        group.users += 1;
        group.created[since]! += 1;
        if (seen === null) continue;
        group.lastSeen[seen]! += 1;
        group.createdSeen[since]! += 1;
      }
    },
    facts: () => {
      const seen = everybody.lastSeen.reduce((sum, count) => sum + count, 0);
      return {
        users: everybody.users,
        seen,
        future,
        newestMs: newest < 0 ? null : BEGINNING + newest * HOUR,
        commonDay: commonDay(everybody.lastSeen, newest),
        reach: reachOf(everybody.lastSeen, newest, seen),
      };
    },
    table(bit) {
      const group = byGroup.get(bit)!;
      if (newest < 0) return null;
      return ageTable({
        unitsPerDay: HOURS_PER_DAY,
        users: group.users,
        lastSeen: byAge(group.lastSeen, newest),
        created: byAge(group.created, newest),
        createdSeen: byAge(group.createdSeen, newest),
      });
    },
  };
}

function emptyGroup(size: number): Group {
  const counts = () => new Uint32Array(size);
  return { lastSeen: counts(), created: counts(), createdSeen: counts(), users: 0 };
}

function hourOf(ms: number): number {
  return Math.max(0, Math.floor((ms - BEGINNING) / HOUR));
}

/** Hours counted back from the newest login; what is later than it has no age yet. */
function byAge(counts: Uint32Array, newest: number): Uint32Array {
  const ages = new Uint32Array(newest + 1);
  for (let hour = 0; hour < counts.length; hour++) ages[Math.max(0, newest - hour)]! += counts[hour]!;
  return ages;
}

function commonDay(lastSeen: Uint32Array, newest: number): LoginDatesFacts['commonDay'] {
  let best = { from: 0, users: 0 };
  for (let from = 0; from <= newest; from += HOURS_PER_DAY) {
    let users = 0;
    for (let hour = from; hour < from + HOURS_PER_DAY; hour++) users += lastSeen[hour] ?? 0;
    if (users > best.users) best = { from, users };
  }
  return {
    date: new Date(BEGINNING + best.from * HOUR).toISOString().slice(0, 10),
    users: best.users,
    latest: newest - best.from < 2 * HOURS_PER_DAY,
  };
}

function reachOf(lastSeen: Uint32Array, newest: number, seen: number): number {
  let left = OUTLIERS * seen;
  for (let hour = 0; hour <= newest; hour++) {
    left -= lastSeen[hour]!;
    if (left < 0) return Math.floor((newest - hour) / HOURS_PER_DAY);
  }
  return 0;
}
