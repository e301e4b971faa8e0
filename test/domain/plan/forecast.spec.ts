import { describe, expect, it } from 'vitest';
import { ageTable } from '#domain/plan/age-table.ts';
import { curve, driftOf, estimate, NO_DRIFT, windowChange } from '#domain/plan/forecast.ts';
import { isSampled } from '#domain/plan/identifier-table.ts';
import { ALL, backTests, createLogReader, type LogHistory } from '#domain/plan/log-history.ts';
import { loginPopulation, lastLoginsOf, type Population } from '#test/login-population.ts';

const HORIZON = 60;
const DRAWS = { log: 80, 'last-logins': 40 } as const;

/** Share of seeded draws in which the truth lies inside, and how far the middle is off on average, as a share. */
function calibration(shape: Omit<Population, 'seed'>, of: 'log' | 'last-logins') {
  let inside = 0;
  let off = 0;
  for (let seed = 1; seed <= DRAWS[of]; seed++) {
    const whole = loginPopulation({ ...shape, seed });
    const known = { ...whole, lastDay: whole.lastDay - HORIZON };
    const truth = createLogReader(whole).came(known.lastDay, HORIZON);
    const situation =
      of === 'log'
        ? createLogReader(known).situation(known.lastDay, HORIZON, ALL)
        : { table: lastLoginsOf(known), reach: known.lastDay, drift: NO_DRIFT, sampleOf: 1 };
    const guess = estimate(situation, HORIZON);
    if (truth >= guess.lower && truth <= guess.upper) inside += 1;
    off += (guess.expected - truth) / truth / DRAWS[of];
  }
  return { inside: inside / DRAWS[of], off: Math.abs(off) };
}

const UNLIKE = { users: 400, days: 400, shape: 0.4, rate: 0.05 };
const ALIKE = { users: 400, days: 400, shape: 20, rate: 0.01 };
const GROWING = { users: 400, days: 400, shape: 0.6, rate: 0.02, growing: 0.5 };

describe('intervals at 90 %', () => {
  it.each([
    ['users unlike each other, from a log', UNLIKE, 'log'],
    ['users alike, from a log', ALIKE, 'log'],
    ['a growing store, from a log', GROWING, 'log'],
    ['users unlike each other, from last logins', UNLIKE, 'last-logins'],
    ['users alike, from last logins', ALIKE, 'last-logins'],
    ['a growing store, from last logins', GROWING, 'last-logins'],
  ] as const)('hold as often as they say: %s', (_name, shape, of) => {
    const { inside, off } = calibration(shape, of);
    expect([inside >= 0.84, inside <= 0.97, off < 0.03]).toEqual([true, true, true]);
  });

  it('are wider where all users move together, and hold then too', () => {
    const season = (day: number) => 1 + 0.25 * Math.sin(day / 9);
    const shape = { users: 1500, days: 420, shape: 0.6, rate: 0.02, season };
    let inside = 0;
    let without = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const whole = loginPopulation({ ...shape, seed, days: 420 - seed });
      const known = { ...whole, lastDay: whole.lastDay - 30 };
      const truth = createLogReader(whole).came(known.lastDay, 30);
      const situation = createLogReader(known).situation(known.lastDay, 30, ALL);
      const holds = ({ lower, upper }: { lower: number; upper: number }) => truth >= lower && truth <= upper;
      if (holds(estimate(situation, 30))) inside += 1;
      if (holds(estimate({ ...situation, drift: NO_DRIFT }, 30))) without += 1;
    }
    expect([inside >= 34, without < 20]).toEqual([true, true]);
  });
});

it('intervals of a sample hold for everybody', () => {
  let inside = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const whole = loginPopulation({ ...UNLIKE, users: 1200, seed });
    const truth = createLogReader(whole).came(whole.lastDay - HORIZON, HORIZON);
    const sample = everyManieth(whole, 4);
    const known = { ...sample, lastDay: whole.lastDay - HORIZON };
    const guess = estimate(createLogReader(known).situation(known.lastDay, HORIZON, ALL), HORIZON);
    if (truth >= guess.lower && truth <= guess.upper) inside += 1;
  }
  expect([inside >= 33, inside < 40]).toEqual([true, true]);
});

/** Every so manieth user, at a scale that makes them stand for all. */
function everyManieth(history: LogHistory, each: number): LogHistory {
  const taken = Array.from({ length: history.users }, (_one, user) => user).filter((user) =>
    isSampled(user, each),
  );
  return {
    ...history,
    activity: {
      ...history.activity,
      lastDay: (user, upTo) => history.activity.lastDay(taken[user]!, upTo),
    },
    createdDay: history.createdDay.filter((_day, user) => isSampled(user, each)),
    groups: history.groups.filter((_bits, user) => isSampled(user, each)),
    users: taken.length,
    sampleOf: history.users / taken.length,
  };
}

describe('back-tests', () => {
  const history = loginPopulation({ ...UNLIKE, users: 2000, seed: 7 });
  const reader = createLogReader(history);

  it('foresee each of the last months, and the last window of the own length, from what came before', () => {
    const tests = backTests(history, reader, 90);
    expect(tests.map(({ from, to, days }) => [from, to, days])).toEqual([
      [220, 249, 30],
      [250, 279, 30],
      [280, 309, 30],
      [310, 339, 30],
      [340, 369, 30],
      [370, 399, 30],
      [310, 399, 90],
    ]);
    expect(
      tests.every(
        (test) =>
          test.inside === (test.actual >= Math.floor(test.lower) && test.actual <= Math.ceil(test.upper)),
      ),
    ).toBe(true);
    expect(tests.filter((test) => test.inside).length).toBeGreaterThanOrEqual(5);
  });

  it('use nothing that came later', () => {
    const [first] = backTests(history, reader, 30);
    const cutOff = { ...history, lastDay: first!.from - 1 };
    const guess = estimate(createLogReader(cutOff).situation(cutOff.lastDay, 30, ALL), 30);
    expect([first!.expected, first!.lower, first!.upper]).toEqual([guess.expected, guess.lower, guess.upper]);
  });

  it('are left out where the log is too short for them', () => {
    const short = { ...history, firstDay: 310 };
    expect(backTests(short, createLogReader(short), 30).map(({ from }) => from)).toEqual([370]);
    const shorter = { ...history, firstDay: 311 };
    expect(backTests(shorter, createLogReader(shorter), 30)).toEqual([]);
  });
});

describe('the curve', () => {
  const table = ageTable({
    unitsPerDay: 1,
    users: 100,
    lastSeen: Uint32Array.from([10, 0, 0, 0, 0, 0, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 30]),
    created: Uint32Array.from([0]),
    createdSeen: Uint32Array.from([0]),
  });

  it('never falls, and ends with the day asked for', () => {
    const points = curve({ table, reach: 21, drift: NO_DRIFT, sampleOf: 1 }, 25);
    expect(points.map(({ day, expected }) => [day, expected])).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7].map((day) => [day, 10]),
      ...[8, 9, 10, 11, 12, 13, 14].map((day) => [day, 30]),
      [21, 60],
      [25, 60],
    ]);
    expect(points.every(({ lower, expected, upper }) => lower <= expected && expected <= upper)).toBe(true);
  });

  it('counts only users that existed when a window began', () => {
    const young = ageTable({
      unitsPerDay: 1,
      users: 100,
      lastSeen: Uint32Array.from([40, 0, 0]),
      created: Uint32Array.from([50, 0, 0]),
      createdSeen: Uint32Array.from([30, 0, 0]),
    });
    // Of the 50 that existed a day ago 10 came: a fifth of today's 100.
    expect(estimate({ table: young, reach: 3, drift: NO_DRIFT, sampleOf: 1 }, 1).expected).toBe(20);
  });

  it('is as wide as the population for nobody to learn from', () => {
    const nobody = ageTable({
      unitsPerDay: 1,
      users: 10,
      lastSeen: Uint32Array.from([0]),
      created: Uint32Array.from([10]),
      createdSeen: Uint32Array.from([0]),
    });
    const { expected, lower, upper } = estimate({ table: nobody, reach: 1, drift: NO_DRIFT, sampleOf: 1 }, 1);
    expect([expected, lower, upper > 2]).toEqual([0, 0, true]);
  });

  it('is wider for a sample than for everybody', () => {
    const width = (sampleOf: number, users: number) => {
      const { lower, upper } = estimate(
        { table: evenTable(users), reach: 40, drift: NO_DRIFT, sampleOf },
        10,
      );
      return upper - lower;
    };
    expect(width(4, 1000)).toBeGreaterThan(1.4 * width(1, 4000));
  });
});

function evenTable(users: number) {
  const lastSeen = new Uint32Array(20).fill(users / 40);
  const none = new Uint32Array(20);
  return ageTable({ unitsPerDay: 1, users, lastSeen, created: none, createdSeen: none });
}

describe('drift', () => {
  it('is what the coming and going of users does not explain', () => {
    const change = (share: number, before: number) => ({ share, before, explained: 0.0001 });
    expect([
      driftOf([change(0.5, 0.5), change(0.5, 0.51), change(0.51, 0.5)]).variance,
      driftOf([change(0.4, 0.6), change(0.6, 0.4)]),
      Math.round(driftOf([change(0.4, 0.6), change(0.6, 0.4), change(0.4, 0.6)]).variance * 10_000),
    ]).toEqual([0, NO_DRIFT, 1596]);
  });

  it('reads the windows before two moments', () => {
    const later = evenTable(400);
    expect(windowChange(later, later, 5)).toEqual({ share: 0.125, before: 0.125, explained: 100 / 160_000 });
  });
});
