import { describe, expect, it } from 'vitest';
import type { Trait } from '#domain/projections/traits.ts';
import { createPartPacker, createPartReader, type PartUser } from '#engine/trials/import-parts.ts';
import type { BulkEntry } from '#engine/trials/bulk-entries.ts';

function entry(n: number, changes: Partial<BulkEntry> = {}, traits = traitsOf(n)): BulkEntry {
  const key = n % 2 === 0 ? [n] : [`a"${n}`, n];
  return {
    prepared: {
      position: n,
      record: { kind: 'unreadable', key, reason: 'not looked at here' },
      user: n % 5 === 0 ? null : ({ id: `id-${n}` } as BulkEntry['prepared']['user']),
      recognised: null,
      findings: [],
      cohorts: { hashFormat: 'md5', lastLogin: 'never', emailDomain: 'x.example' },
      traits,
      mark: n % 3 === 0 ? null : n * 1_000_003,
    },
    findings: n % 4 === 0 ? [{ code: 'profile.text-trimmed', detail: `column ${n}` }] : [],
    json: `{"user_id":"${n}"}`,
    refusal: null,
    ...changes,
  };
}

const traitsOf = (n: number): readonly Trait[] => [
  { attribute: 'hashFormat', value: n % 3 === 0 ? 'bcrypt' : 'md5' },
  { attribute: 'emailDomain', value: `company-${n}.example` },
  ...(n % 2 === 0 ? [{ attribute: 'userMetadata.plan', value: 'gold' }] : []),
  { attribute: 'blocked', value: 'no' },
];

const expected = ({ prepared, findings, json, refusal }: BulkEntry): PartUser => ({
  position: prepared.position,
  key: prepared.record.key,
  legacyId: prepared.user?.id ?? null,
  traits: prepared.traits,
  mark: prepared.mark,
  findings,
  record: json,
  refusal,
});

const CHECKPOINT = { after: [1], done: 1 };
const file = (name: string) => ({ jobId: `job_${name}`, name, bytes: 10, records: 1 });

describe('parts of a bulk phase', () => {
  it('carry every user over, whatever is known of them', () => {
    const [pack, read] = [createPartPacker(), createPartReader()];
    const entries = Array.from({ length: 40 }, (_, n) =>
      entry(n + 7, n % 6 === 0 ? { json: null, refusal: 'import.email-invalid' } : {}),
    );
    for (const one of entries) pack.add(one);
    pack.file(null);
    const part = structuredClone(pack.take(CHECKPOINT));
    expect(read(part)).toEqual(entries.map(expected));
    expect([pack.size, pack.waiting]).toEqual([0, 0]);
  });

  it('say which users belong to which file', () => {
    const pack = createPartPacker();
    const waiting: number[] = [];
    for (let n = 0; n < 10; n++) {
      pack.add(entry(n));
      waiting.push(pack.waiting);
      if (n === 3) pack.file(file('a'));
      if (n === 5) pack.file(null);
    }
    pack.file(file('b'));
    expect({ files: pack.take(CHECKPOINT).files, waiting }).toEqual({
      files: [
        { users: 4, file: file('a') },
        { users: 2, file: null },
        { users: 4, file: file('b') },
      ],
      waiting: [1, 2, 3, 4, 1, 2, 1, 2, 3, 4],
    });
  });

  it('give traits their numbers once, and anew before there are too many', () => {
    const [pack, read] = [createPartPacker(), createPartReader()];
    const fresh: number[] = [];
    const anew: boolean[] = [];
    const same: boolean[] = [];
    for (let part = 0; part < 6; part++) {
      const entries = Array.from({ length: 12_000 }, (_, n) => entry(part * 11_000 + n));
      for (const one of entries) pack.add(one);
      const taken = structuredClone(pack.take(CHECKPOINT));
      fresh.push(taken.newTraits.length / 2);
      anew.push(taken.traitsAnew);
      // As texts: comparing so many objects member by member takes seconds.
      same.push(JSON.stringify(read(taken)) === JSON.stringify(entries.map(expected)));
    }
    // Two formats, one plan, one flag, and the domains that the part before did not have.
    expect({ fresh, anew, same }).toEqual({
      fresh: [12_004, 11_000, 11_000, 11_000, 11_000, 12_004],
      anew: [true, false, false, false, false, true],
      same: Array.from({ length: 6 }, () => true),
    });
  });
});
