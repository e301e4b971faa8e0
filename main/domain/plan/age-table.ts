/**
 * How long ago the users of one group were created and last seen, counted at one moment. Ages are whole units (hours
 * or days) before the moment; age 0 is the unit that ends there.
 */
export interface AgeTable {
  /** Users that existed at the moment. */
  readonly users: number;
  /** Of them, those that existed `days` before it already. */
  existed(days: number): number;
  /** Of those that existed `days` before the moment, whoever was seen since. */
  seen(days: number): number;
  /** Users last seen in the window before the last one: more than `days` ago, and at most twice as long. */
  lapsed(days: number): number;
}

/** Counts by age in units. `createdSeen`: by age of the account, only users that were ever seen. */
export interface AgeCounts {
  readonly unitsPerDay: number;
  readonly users: number;
  readonly lastSeen: Uint32Array;
  readonly created: Uint32Array;
  readonly createdSeen: Uint32Array;
}

/** Nobody is seen before being created: callers see to it, since the counts rest on it. */
export function ageTable({ unitsPerDay, users, ...counts }: AgeCounts): AgeTable {
  const lastSeen = sums(counts.lastSeen);
  const created = sums(counts.created);
  const createdSeen = sums(counts.createdSeen);
  const within = (all: Float64Array, days: number): number =>
    all[Math.min(all.length - 1, days * unitsPerDay)]!;
  return {
    users,
    existed: (days) => users - within(created, days),
    seen: (days) => within(lastSeen, days) - within(createdSeen, days),
    lapsed: (days) => within(lastSeen, 2 * days) - within(lastSeen, days),
  };
}

/** `sums[n]`: how many have an age below n. */
function sums(counts: Uint32Array): Float64Array {
  const all = new Float64Array(counts.length + 1);
  for (let index = 0; index < counts.length; index++) all[index + 1] = all[index]! + counts[index]!;
  return all;
}
