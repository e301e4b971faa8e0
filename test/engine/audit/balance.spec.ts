import { expect, it } from 'vitest';
import { assertAuditBalanced } from '#engine/audit/balance.ts';

const state = (name: 'migrated' | 'not-yet' | 'stranger', users: number) => ({
  state: name,
  code: null,
  title: '',
  severity: null,
  fix: null,
  users,
  samples: [],
});

const SOUND = {
  legacy: { rows: 10, users: 8, unreadable: 1, withoutId: 1 },
  tenant: { lines: 12, users: 9, otherConnections: 1, broken: 1, repeated: 1, deleted: 1, matched: 6 },
  states: [state('migrated', 6), state('not-yet', 2), state('stranger', 2)],
  signs: [{ sign: 'marker' as const, users: 6, first: null, last: null }],
  months: [{ month: 'unknown', users: 6 }],
};

it('lets totals that add up pass, and stops all others', () => {
  const trouble = (changes: Partial<typeof SOUND>) => {
    try {
      assertAuditBalanced({ ...SOUND, ...changes });
      return 'sound';
    } catch (error) {
      return (error as Error).message.replace('totals of the audit do not balance: ', '');
    }
  };
  expect([
    trouble({}),
    trouble({ legacy: { ...SOUND.legacy, rows: 11 } }),
    trouble({ states: SOUND.states.slice(0, 1) }),
    trouble({ tenant: { ...SOUND.tenant, broken: 2 } }),
    trouble({ tenant: { ...SOUND.tenant, matched: 7 } }),
    trouble({ signs: [] }),
    trouble({ months: [] }),
  ]).toEqual([
    'sound',
    '11 legacy rows, 10 by parts',
    '8 legacy users, 6 by parts',
    '12 tenant records, 13 by parts',
    '9 tenant users, 10 by parts',
    '6 migrated users by sign, 0 by parts',
    '6 migrated users by month, 0 by parts',
  ]);
});
