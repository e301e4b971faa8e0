import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OutcomeStatus, UserOutcome } from '#domain/migration/outcome.ts';
import type { CountRow, OutcomeFilter, Phase, Replica } from '#engine/ports/replica.ts';
import { replicaOpener } from '#replica/replica-opener.ts';
import { outcome, writeOutcomes } from '#test/replica-samples.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

const LAZY = 200_000;
const BULK = 1_500;

let folder: string;
let replica: Replica;
/** What the replica should hold, computed without it. */
const lazy: UserOutcome[] = Array.from({ length: LAZY }, (_, n) => outcome(n, 'lazy'));
const bulk: UserOutcome[] = Array.from({ length: BULK }, (_, n) => outcome(n, 'bulk'));

beforeAll(() => {
  folder = temporaryFolder('replica');
  replica = replicaOpener.open(join(folder, 'replica.db'));
  for (let from = 0; from < LAZY; from += 1_000)
    replica.batch((batch) => writeOutcomes(batch, 'lazy', from, from + 1_000));
  replica.batch((batch) => writeOutcomes(batch, 'bulk', 0, BULK));
});
afterAll(() => {
  replica.close();
  removeFolder(folder);
});

function grouped(
  rows: readonly UserOutcome[],
  valuesOf: (row: UserOutcome) => readonly string[],
): CountRow[] {
  const groups = new Map<string, { total: number; ok: number; failed: number; skipped: number }>();
  for (const row of rows) {
    for (const value of new Set(valuesOf(row))) {
      const group = groups.get(value) ?? { total: 0, ok: 0, failed: 0, skipped: 0 };
      groups.set(value, group);
      group.total += 1;
      group[row.status] += 1;
    }
  }
  const rowsOf = [...groups].map(([value, counts]) => ({ value, ...counts }));
  return rowsOf.sort((a, b) => b.total - a.total || (a.value < b.value ? -1 : 1));
}

function matches(row: UserOutcome, filter: OutcomeFilter): boolean {
  return (
    (filter.phase === undefined || row.phase === filter.phase) &&
    (filter.status === undefined || row.status === filter.status) &&
    (filter.cause === undefined || row.cause === filter.cause) &&
    (filter.state === undefined || row.state === filter.state) &&
    (filter.findingCode === undefined ||
      row.findings.some((finding) => finding.code === filter.findingCode)) &&
    (filter.cohort === undefined || row.cohorts[filter.cohort.by] === filter.cohort.value)
  );
}

/** Every outcome of a filter, page after page, as a screen would ask for them. */
function walk(filter: OutcomeFilter, limit: number): UserOutcome[] {
  const found: UserOutcome[] = [];
  for (let after = -1; ; after = found.at(-1)!.position) {
    const page = replica.outcomes(filter, after, limit);
    found.push(...page);
    if (page.length < limit) return found;
  }
}

describe('sums at 200,000 outcomes', () => {
  it('balance with the outcomes', () => {
    const expected = { done: LAZY, ok: 180_000, failed: 18_000, skipped: 2_000 };
    expect(replica.counts('lazy')).toEqual(expected);
    expect(replica.counts('bulk').done).toBe(BULK);
  });

  it.each(['hashFormat', 'lastLogin', 'emailDomain'] as const)('split coverage by %s', (by) => {
    expect(replica.coverageBy('lazy', by, 1_000)).toEqual(grouped(lazy, (row) => [row.cohorts[by]]));
  });

  it('split coverage by state', () => {
    expect(replica.coverageBy('lazy', 'state', 10)).toEqual(grouped(lazy, (row) => [row.state]));
  });

  it('sum up the values that are not listed', () => {
    const all = grouped(lazy, (row) => [row.cohorts.emailDomain]);
    const rest = { value: '(other)', total: 0, ok: 0, failed: 0, skipped: 0 };
    for (const row of all.slice(3)) {
      for (const count of ['total', 'ok', 'failed', 'skipped'] as const) rest[count] += row[count];
    }
    expect(replica.coverageBy('lazy', 'emailDomain', 3)).toEqual([...all.slice(0, 3), rest]);
    expect(replica.coverageBy('lazy', 'hashFormat', 5)).toHaveLength(5);
  });

  it('group causes with their status, biggest first', () => {
    expect(replica.causes('lazy')).toEqual([
      { cause: 'password.mismatch', status: 'failed', users: 10_000 },
      { cause: 'script.threw', status: 'failed', users: 8_000 },
      { cause: 'trial.no-password', status: 'skipped', users: 2_000 },
    ]);
  });

  it('count users by finding', () => {
    expect(replica.findingCodes('lazy')).toEqual([{ code: 'profile.name-missing', users: 40_000 }]);
  });
});

describe('pages of outcomes', () => {
  const filters: readonly OutcomeFilter[] = [
    { phase: 'lazy' },
    { phase: 'lazy', status: 'ok' },
    { phase: 'lazy', status: 'failed' },
    { phase: 'lazy', status: 'skipped' },
    { phase: 'lazy', cause: 'script.threw' },
    { phase: 'lazy', state: 'legacy-only' },
    { phase: 'lazy', findingCode: 'profile.name-missing' },
    { phase: 'lazy', cohort: { by: 'hashFormat', value: 'rare' } },
    { phase: 'lazy', cohort: { by: 'lastLogin', value: 'never' } },
    { phase: 'lazy', cohort: { by: 'emailDomain', value: 'company-7.example' } },
    {
      phase: 'lazy',
      cohort: { by: 'emailDomain', value: 'mail.example' },
      status: 'failed',
      cause: 'script.threw',
    },
    {
      phase: 'lazy',
      findingCode: 'profile.name-missing',
      cohort: { by: 'emailDomain', value: 'company-10.example' },
    },
    { phase: 'lazy', findingCode: 'profile.name-missing', state: 'migrated', status: 'ok' },
    { phase: 'lazy', status: 'ok', cause: 'script.threw' },
    { phase: 'bulk', status: 'skipped' },
  ];
  it.each(filters.map((filter) => [JSON.stringify(filter), filter] as const))('walk %s', (_, filter) => {
    const rows = filter.phase === 'bulk' ? bulk : lazy;
    expect(walk(filter, 997)).toEqual(rows.filter((row) => matches(row, filter)));
  });

  it('start anywhere and end at the limit', () => {
    expect(replica.outcomes({ phase: 'lazy' }, 149_999, 3)).toEqual(lazy.slice(150_000, 150_003));
    expect(replica.outcomes({ phase: 'lazy' }, LAZY - 1, 3)).toEqual([]);
    expect(replica.outcomes({ phase: 'lazy', status: 'failed' }, 150_008, 2).map((row) => row.position)).toEqual([150_009, 150_019]); // biome-ignore format: one fact
  });

  it('answer nothing for values nobody has', () => {
    const unknown: readonly OutcomeFilter[] = [
      { cause: 'script.unheard-of' },
      { state: 'shadow' },
      { findingCode: 'x.y' },
      { cohort: { by: 'emailDomain', value: "'; DROP TABLE outcomes; --" } },
    ];
    expect(unknown.map((filter) => replica.outcomes(filter, -1, 5))).toEqual([[], [], [], []]);
  });

  it('keep the two outcomes of a user together where no phase is asked for', () => {
    const both = Array.from({ length: BULK }, (_, n) => [lazy[n]!, bulk[n]!]).flat();
    expect(replica.outcomes({}, -1, 5)).toEqual(both.slice(0, 6));
    expect(replica.outcomes({}, -1, 6)).toEqual(both.slice(0, 6));
    expect(replica.outcomes({}, -1, 1)).toEqual(both.slice(0, 2));
    const rejects: OutcomeFilter = { status: 'skipped' };
    const expected = [...both, ...lazy.slice(BULK)].filter((row) => matches(row, rejects));
    expect(walk(rejects, 7)).toEqual(expected);
  });

  it('find the outcomes of one user by key', () => {
    expect(replica.outcomesOf([10 * 3 + 1])).toEqual([lazy[10], bulk[10]]);
    expect(replica.outcomesOf([150_000 * 3 + 1])).toEqual([lazy[150_000]]);
    expect([replica.outcomesOf(['31']), replica.outcomesOf([2])]).toEqual([[], []]);
  });
});

const rejected = (rows: readonly UserOutcome[]) => rows.filter((row) => row.status !== 'ok');

describe('walks over a whole phase', () => {
  it('gives every reject in order', () => {
    expect([...replica.rejects('lazy')]).toEqual(rejected(lazy));
    expect([...replica.rejects('bulk')]).toEqual(rejected(bulk));
  });

  it('leaves the replica usable while rejects are read, and stops where it is left', () => {
    const seen: (OutcomeStatus | null)[] = [];
    for (const reject of replica.rejects('lazy')) {
      replica.setMeta('last', `${reject.position}`);
      seen.push(replica.outcomesOf(reject.key)[0]?.status ?? null);
      if (seen.length === 3) break;
    }
    expect([seen, replica.meta('last')]).toEqual([['failed', 'failed', 'failed'], '29']);
  });

  it('gives verdicts', () => {
    const phase: Phase = 'lazy';
    const expected = lazy
      .slice(95, 101)
      .map(({ position, key, legacyId, cause }) => ({ position, key, legacyId, cause }));
    expect(replica.verdicts(phase, 94, 6)).toEqual(expected);
  });
});

describe('keys and texts', () => {
  it('come back as they were, composite and odd ones too', () => {
    const odd: UserOutcome[] = [
      outcome(0, 'lazy', { key: ['ö"\'\u0000x', 7], legacyId: null, ms: 0.25 }),
      outcome(1, 'lazy', { key: [9007199254740991, 'a'], findings: [{ code: 'a.b', detail: '' }, { code: 'a.b', detail: '2', line: 1 }] }),
      outcome(2, 'lazy', { key: [-1.5], legacyId: '', cohorts: { hashFormat: '', lastLogin: 'unknown', emailDomain: '' } }),
    ]; // biome-ignore format: a table
    const path = join(folder, 'odd.db');
    const other = replicaOpener.open(path);
    other.batch((batch) => {
      for (const one of odd.toReversed()) batch.outcome(one);
      batch.checkpoint({ phase: 'lazy', after: ['ö"\'\u0000x', 7], done: 3, finished: true });
    });
    expect(other.outcomes({}, -1, 10)).toEqual(odd);
    expect(other.outcomesOf(['ö"\'\u0000x', 7])).toEqual([odd[0]]);
    expect(other.checkpoint('lazy')).toEqual({
      phase: 'lazy',
      after: ['ö"\'\u0000x', 7],
      done: 3,
      finished: true,
    });
    expect(other.findingCodes('lazy')).toEqual([{ code: 'a.b', users: 1 }, { code: 'profile.name-missing', users: 1 }]); // biome-ignore format: a table
    other.close();
  });
});
