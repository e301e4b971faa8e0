import type { AgeTable } from '#domain/plan/age-table.ts';
import { createActivity } from '#domain/plan/activity.ts';
import type { LogHistory } from '#domain/plan/log-history.ts';
import { createLoginDates } from '#domain/plan/login-dates.ts';
import { createRandom } from '#sample/random.ts';

const DAY = 86_400_000;
/** Where the days begin in dates: any day will do, and early ones make small tables. */
const BASE = Date.UTC(2000, 0, 2);

export interface Population {
  readonly seed: number;
  readonly users: number;
  /** Days of the log, the days to foresee included. */
  readonly days: number;
  /** Shape of the gamma distribution that the users' rates come from; the smaller, the more unlike each other. */
  readonly shape: number;
  /** Logins per user and day on average. */
  readonly rate: number;
  /** Factor on all rates by day: seasons. */
  readonly season?: (day: number) => number;
  /** Share of users that come into being during the log. */
  readonly growing?: number;
}

/** People who log in at rates of their own (a gamma-Poisson mixture), day by day: the truth is known for every window. */
export function loginPopulation({
  seed,
  users,
  days,
  shape,
  rate,
  season,
  growing = 0,
}: Population): LogHistory {
  const random = createRandom(seed, 1);
  const uniform = (): number => (random.next() + 0.5) / 4_294_967_296;
  const activity = createActivity(users);
  const createdDay = new Int32Array(users).fill(-1);
  for (let user = 0; user < users; user++) {
    const own = (rate / shape) * gamma(shape, uniform);
    if (uniform() < growing) createdDay[user] = Math.floor(uniform() * days);
    for (let day = Math.max(0, createdDay[user]!); day < days; day++) {
      if (uniform() < 1 - Math.exp(-own * (season?.(day) ?? 1))) activity.mark(user, day);
    }
  }
  const groups = new Uint8Array(users).fill(1);
  return { activity, createdDay, groups, users, firstDay: 0, lastDay: days - 1, sampleOf: 1 };
}

/** Marsaglia and Tsang; shapes below 1 by the usual boost. */
function gamma(shape: number, uniform: () => number): number {
  if (shape < 1) return gamma(shape + 1, uniform) * uniform() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** What a column of last logins knows of the same people at the end of their days. */
export function lastLoginsOf({ activity, createdDay, users, lastDay }: LogHistory): AgeTable {
  const dates = createLoginDates(BASE + (lastDay + 1) * DAY, [1]);
  for (let user = 0; user < users; user++) {
    if (createdDay[user]! > lastDay) continue;
    const last = activity.lastDay(user, lastDay);
    dates.add(
      last === null ? null : BASE + last * DAY,
      createdDay[user]! < 0 ? null : BASE + createdDay[user]! * DAY,
      1,
    );
  }
  return dates.table(1)!;
}
