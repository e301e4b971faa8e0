import { expect, it } from 'vitest';
import { countPerson, emptyTally, mergedTally, startPart } from '#domain/audit/people-tally.ts';
import type { AuditedPerson } from '#domain/audit/person.ts';

const PARTS = 12;
const PER_PART = 7;

/** People of many kinds; the first of each kind comes late in some part. */
function person(number: number): AuditedPerson {
  const migrated = number % 3 !== 0;
  return {
    state: migrated ? 'migrated' : number % 5 === 0 ? 'stranger' : 'not-yet',
    why: migrated ? null : number % 5 === 0 ? 'audit.stranger' : 'audit.not-migrated',
    position: number,
    key: [number],
    legacyId: `L${number}`,
    tenantIds: [`T${number}`],
    matchedBy: migrated ? 'id' : null,
    sign: !migrated ? null : number % 4 === 0 ? 'login-marker' : 'marker',
    migratedAt: !migrated || number % 11 === 0 ? null : `2026-0${1 + (number % 9)}-01T00:00:00.000Z`,
    seenAt: null,
    findings:
      number % 7 === 0
        ? [
            { code: 'audit.email-differs', detail: '' },
            { code: 'audit.double-prefix', detail: '' },
          ]
        : [],
    drift: number % 7 === 0 ? ['email', 'username'] : number % 13 === 0 ? ['username'] : [],
    email: null,
  };
}

function countedBy(counter: (part: number) => number, counters: number) {
  const tallies = Array.from({ length: counters }, () => emptyTally());
  for (let part = 0; part < PARTS; part++) {
    const tally = tallies[counter(part)]!;
    startPart(tally, part);
    for (let n = 0; n < PER_PART; n++) countPerson(tally, person(part * PER_PART + n), n !== 2);
  }
  const { next: _next, ...all } = mergedTally(tallies);
  const plain = (groups: ReadonlyMap<string, object>) =>
    [...groups].map(([name, { at: _at, ...group }]: [string, { at?: number }]) => [
      name,
      {
        ...group,
        ...('samples' in group
          ? { samples: (group.samples as { person: unknown }[]).map((one) => one.person) }
          : {}),
      },
    ]);
  return {
    ...all,
    states: plain(all.states),
    signs: plain(all.signs),
    findings: plain(all.findings),
    drift: plain(all.drift),
    months: [...all.months].sort(([a], [b]) => (a < b ? -1 : 1)),
  };
}

it('is the same with its order and its samples, however many count and whoever takes which part', () => {
  const alone = countedBy(() => 0, 1);
  expect([
    countedBy((part) => part % 2, 2),
    countedBy((part) => (part < 9 ? 1 : 0), 2),
    countedBy((part) => (part === 4 ? 2 : part % 2), 3),
    alone.states.length,
    alone.selected,
  ]).toEqual([alone, alone, alone, 3, PARTS * (PER_PART - 1)]);
});
