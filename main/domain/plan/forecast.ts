import type { AgeTable } from '#domain/plan/age-table.ts';

/**
 * How many users come at least once within so many days. The model: in the long run the time since the last login and
 * the time to the next one have the same distribution (both are read off a renewal process at a moment that has
 * nothing to do with it), so that the share of users seen in the last N days, of those that existed then, is the share
 * that comes in the next N. It needs no shape of that distribution, and users may differ as they like.
 *
 * The interval: a user counts differently in the next window than in the last one only by having changed. As many
 * return as lapse, so twice the users that lapsed between the two last windows is the variance of the difference.
 * What moved all users at once in the past (seasons, campaigns) comes on top as drift, where a log shows it.
 */
export interface Estimate {
  readonly expected: number;
  readonly lower: number;
  readonly upper: number;
}

export interface CurvePoint extends Estimate {
  readonly day: number;
}

/** Share of cases in which the truth should lie inside an interval. */
export const LEVEL = 0.9;
/** Quantile of the normal distribution for a two-sided interval of that level. */
const Z = 1.6449;
/** The same quantile of Student's distribution, by degrees of freedom from 1. */
const T = [6.314, 2.92, 2.353, 2.132, 2.015, 1.943, 1.895, 1.86, 1.833, 1.812, 1.796, 1.782] as const;

/** How much all users move together between two windows: variance of the relative change, and from how many changes. */
export interface Drift {
  readonly variance: number;
  readonly changes: number;
}

export const NO_DRIFT: Drift = { variance: 0, changes: 0 };

export interface Situation {
  readonly table: AgeTable;
  /** Days before the moment that the data speak about. */
  readonly reach: number;
  readonly drift: Drift;
  /** How many users one of the table stands for. */
  readonly sampleOf: number;
}

export function estimate({ table, reach, drift, sampleOf }: Situation, days: number): Estimate {
  const { users } = table;
  const existed = table.existed(days);
  const share = existed === 0 ? 0 : table.seen(days) / existed;
  const grown = users - existed;
  const spread = share * (1 - share);
  const changed = reach >= 2 * days ? 2 * table.lapsed(days) : 2 * existed * spread;
  const own = changed + (existed === 0 ? users / 4 : grown * spread * (1 + grown / existed));
  const drawn = existed === 0 ? 0 : ((users * users) / existed) * spread * (1 - 1 / sampleOf);
  const expected = users * share * sampleOf;
  const sampling = Z * Z * (sampleOf * own + sampleOf * sampleOf * drawn);
  const moving = quantile(drift.changes) ** 2 * drift.variance * expected * expected;
  // Half a user either way: counts are whole.
  const half = Math.sqrt(sampling + moving) + 0.5;
  const all = users * sampleOf;
  return { expected, lower: Math.max(0, expected - half), upper: Math.min(all, expected + half) };
}

function quantile(changes: number): number {
  return changes === 0 ? 0 : (T[changes - 1] ?? Z * 1.05);
}

/** The curve up to `days`: every day of the first two weeks, every week after them, and the days asked for. */
export function curve(
  situation: Situation,
  days: number,
  alsoDays: readonly number[] = [],
): readonly CurvePoint[] {
  const marks = new Set([...daysOfCurve(days), ...alsoDays.filter((day) => day > 0)]);
  let last: Estimate = { expected: 0, lower: 0, upper: 0 };
  return [...marks]
    .sort((a, b) => a - b)
    .map((day) => {
      const now = estimate(situation, day);
      // Whoever came by day 7 has come by day 14: each day reads another window, and windows differ a little.
      last = {
        expected: Math.max(last.expected, now.expected),
        lower: Math.max(last.lower, now.lower),
        upper: Math.max(last.upper, now.upper),
      };
      return { day, ...last };
    });
}

function* daysOfCurve(days: number): Iterable<number> {
  for (let day = 1; day <= Math.min(14, days); day++) yield day;
  for (let day = 21; day < days; day += 7) yield day;
  yield days;
}

/** One window of the past against the one before it. */
export interface WindowChange {
  readonly share: number;
  readonly before: number;
  /** Variance of the change that users by themselves explain. */
  readonly explained: number;
}

/** Fewer changes than this say nothing about drift. */
export const LEAST_CHANGES = 3;

/** What is left of the changes between windows once the users' own coming and going is taken off. */
export function driftOf(changes: readonly WindowChange[]): Drift {
  if (changes.length < LEAST_CHANGES) return NO_DRIFT;
  const relative = changes.map(({ share, before, explained }) => {
    const mean = (share + before) / 2;
    return mean === 0 ? 0 : ((share - before) ** 2 - explained) / (mean * mean);
  });
  const variance = relative.reduce((sum, one) => sum + one, 0) / relative.length;
  return { variance: Math.max(0, variance), changes: changes.length };
}

/** The change between the last two windows of `days` before the moments of two tables, the later one first. */
export function windowChange(later: AgeTable, earlier: AgeTable, days: number): WindowChange {
  const existed = later.existed(days);
  const existedBefore = earlier.existed(days);
  return {
    share: existed === 0 ? 0 : later.seen(days) / existed,
    before: existedBefore === 0 ? 0 : earlier.seen(days) / existedBefore,
    explained: existed === 0 ? 0 : (2 * later.lapsed(days)) / (existed * existed),
  };
}
