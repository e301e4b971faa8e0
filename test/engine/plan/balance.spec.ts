import { expect, it } from 'vitest';
import { assertPlanBalanced } from '#engine/plan/balance.ts';

type Plan = Parameters<typeof assertPlanBalanced>[0];

const figure = (value: number) => ({ value, from: [] });
const estimate = (expected: number, lower: number, upper: number) => ({ expected, lower, upper, from: [] });
const cause = (need: 'reset' | 'left', users: number) => ({
  need,
  code: '',
  title: '',
  fix: '',
  hashFormat: null,
  users: figure(users),
});
const MADE = {
  kind: 'made' as const,
  by: 'access-log' as const,
  model: [],
  data: { users: 8, seen: 8, fromDate: '', toDate: '', sampleOf: 1 },
  atEnd: estimate(4, 3, 5),
  atCutover: null,
  savedByLogin: estimate(0, 0, 0),
  movedByLogin: estimate(0, 0, 0),
  curve: [
    { day: 1, date: '', expected: 2, lower: 1, upper: 3 },
    { day: 2, date: '', expected: 4, lower: 3, upper: 5 },
  ],
  backTests: [
    { fromDate: '', toDate: '', days: 1, users: 8, expected: 4, lower: 3, upper: 5, actual: 3, inside: true },
  ],
  insideOf: { inside: 1, all: 1 },
};
const REFUSED = { kind: 'refused' as const, by: 'last-login' as const, codes: ['plan.no-last-login'] };

const SOUND: Plan = {
  legacy: { rows: 10, users: 8, unreadable: 1, withoutId: 1 },
  fates: [
    { bulk: 'password', lazy: 'works', users: 5 },
    { bulk: 'no-password', lazy: 'fails', users: 2 },
    { bulk: 'refused', lazy: 'fails', users: 1 },
  ],
  import: { records: figure(7), keptOut: figure(1) } as Partial<Plan['import']> as Plan['import'],
  resets: {
    users: estimate(2, 2, 2),
    leftBehind: estimate(1, 1, 1),
    campaignEnd: '',
    needs: [
      { need: 'nothing', users: 5 },
      { need: 'reset', users: 2 },
      { need: 'left', users: 1 },
    ],
    causes: [cause('reset', 2), cause('left', 1)],
    listed: 3,
  },
  accessLog: {
    lines: 15,
    used: 5,
    elsewhere: 4,
    filtered: 3,
    future: 2,
    broken: 1,
    firstAt: null,
    lastAt: null,
    brokenLines: [],
  },
  forecasts: { level: 0.9, used: 'access-log', lastLogin: REFUSED, accessLog: MADE },
  orders: [{ order: 'lazy-first', recommended: true, harmed: estimate(3, 3, 3), breaks: [] }],
};

it('lets totals that add up pass, and stops all others', () => {
  const trouble = (changes: Partial<Plan>) => {
    try {
      assertPlanBalanced({ ...SOUND, ...changes });
      return 'sound';
    } catch (error) {
      return (error as Error).message.replace('totals of the plan do not balance: ', '');
    }
  };
  const forecast = (changes: Partial<typeof MADE>) =>
    trouble({ forecasts: { ...SOUND.forecasts, accessLog: { ...MADE, ...changes } } });
  const [test] = MADE.backTests;
  expect([
    trouble({}),
    trouble({ legacy: { ...SOUND.legacy, rows: 11 } }),
    trouble({ fates: SOUND.fates.slice(1) }),
    trouble({ import: { ...SOUND.import, records: figure(8) } }),
    trouble({ resets: { ...SOUND.resets, needs: SOUND.resets.needs.slice(1) } }),
    trouble({ resets: { ...SOUND.resets, causes: [cause('reset', 1), cause('left', 1)] } }),
    trouble({ resets: { ...SOUND.resets, listed: 2 } }),
    trouble({ accessLog: { ...SOUND.accessLog!, broken: 2 } }),
    trouble({ orders: [{ ...SOUND.orders[0]!, harmed: estimate(3, 4, 5) }] }),
    trouble({ orders: [{ ...SOUND.orders[0]!, harmed: estimate(3, 3, 9) }] }),
    forecast({ curve: MADE.curve.toReversed() }),
    forecast({ backTests: [{ ...test!, inside: false }] }),
    forecast({ insideOf: { inside: 0, all: 1 } }),
  ]).toEqual([
    'sound',
    '11 legacy rows, 10 by parts',
    '8 legacy users by fate, 3 by parts',
    '8 records, 9 by parts',
    '8 legacy users by need, 3 by parts',
    '2 users under "reset", 1 by parts',
    '3 people of the list, 2 by parts',
    '15 lines of the log, 16 by parts',
    'an estimate of the plan is out of order: 4, 3, 5 of 8',
    'an estimate of the plan is out of order: 3, 3, 9 of 8',
    'the curve of the plan falls on day 1',
    'a back-test of the plan contradicts itself: ',
    '0 back-tests inside, 1 by parts',
  ]);
});
