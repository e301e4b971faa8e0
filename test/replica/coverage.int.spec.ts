import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Phase, Replica } from '#engine/ports/replica.ts';
import type { CoverageFilter, CoverageValue, Evidence } from '#engine/ports/replica-coverage.ts';
import { replicaOpener } from '#replica/replica-opener.ts';
import { outcome } from '#test/replica-samples.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

let folder: string;
let replica: Replica;
beforeEach(() => {
  folder = temporaryFolder('coverage');
  replica = replicaOpener.open(join(folder, 'replica.db'));
});
afterEach(() => {
  replica.close();
  removeFolder(folder);
});

const USERS = 3_000;
const login = (n: number) => (n % 10 === 9 ? 'refused' : n % 25 === 3 ? 'error' : 'profile');
const uses = (ending: string): Evidence['uses'] => [
  { script: 'login', scenario: 'right-password', outcome: ending },
];
const evidence = (n: number): Evidence => ({
  uses: uses(login(n)),
  traits: [
    { attribute: 'createdAt', value: `${2000 + (n % 7)}` },
    { attribute: 'emailDomain', value: `d${n % 400}.example` },
    { attribute: 'appMetadata.number', value: `${n}` },
    ...(n % 2 === 0 ? [{ attribute: 'appMetadata.rare', value: n === 2_048 ? 'once' : 'often' }] : []),
  ],
  mark: n * 7,
});

function write(phase: Phase, from: number, to: number): void {
  replica.batch((batch) => {
    for (let n = from; n < to; n++) batch.outcome(outcome(n, phase), evidence(n));
    batch.checkpoint({ phase, after: [(to - 1) * 3 + 1], done: to, finished: false });
  });
}

function writeAll(batchOf: number): void {
  for (let n = 0; n < USERS; n += batchOf) write('lazy', n, Math.min(USERS, n + batchOf));
}

type Fits = (n: number) => boolean;

/** What the users that fit must be counted as, from the rules above. */
function counted(fits: Fits): CoverageValue['split'] {
  const ways = ['profile', 'error', 'refused'];
  return ways.flatMap((way) => {
    const sums = { ok: 0, failed: 0, skipped: 0 };
    for (let n = 0; n < USERS; n++) if (fits(n) && login(n) === way) sums[outcome(n, 'lazy').status] += 1;
    return sums.ok + sums.failed + sums.skipped === 0 ? [] : [{ uses: uses(way), ...sums }];
  });
}

function positions(filter: CoverageFilter, limit: number): number[] {
  const found: number[] = [];
  for (let after = -1; ; ) {
    const page = replica.outcomesWith('lazy', filter, after, limit).map(({ position }) => position);
    found.push(...page);
    if (page.length < limit) return found;
    after = page.at(-1)!;
  }
}

const everyWay = ['profile', 'error', 'refused'].map(uses);
const those = (fits: Fits) => Array.from({ length: USERS }, (_none, n) => n).filter(fits);

describe('coverage', () => {
  it.each([100, 777, 3_000])('counts every user once under each attribute, in batches of %i', (batchOf) => {
    writeAll(batchOf);
    expect(replica.usesSplit('lazy')).toEqual(counted(() => true));
    const years = replica.coverageOf('lazy', 'createdAt', 3);
    expect(years).toEqual(
      [0, 1, 2].map((year) => ({ value: `${2000 + year}`, split: counted((n) => n % 7 === year) })),
    );
    expect(replica.coverageAt('lazy', 'emailDomain', 'd9.example')).toEqual(counted((n) => n % 400 === 9));
    expect(replica.coverageSum('lazy', 'appMetadata.rare')).toEqual(counted((n) => n % 2 === 0));
    expect(replica.usesSplit('bulk')).toEqual([]);
  });

  it('tells only so many values of data apart, and goes on with them after opening again', () => {
    writeAll(500);
    const before = replica.coverageAt('lazy', 'appMetadata.number', '(other values)');
    expect(before).toEqual(counted((n) => n >= 100));
    replica.close();
    replica = replicaOpener.open(join(folder, 'replica.db'));
    write('lazy', USERS, USERS + 10);
    expect(replica.attributes()).toEqual([
      { name: 'state', values: 2 },
      { name: 'createdAt', values: 7 },
      { name: 'emailDomain', values: 400 },
      { name: 'appMetadata.number', values: 101 },
      { name: 'appMetadata.rare', values: 2 },
    ]);
  });

  it('forgets what a batch that failed had counted', () => {
    write('lazy', 0, 10);
    expect(() =>
      replica.batch((batch) => {
        batch.outcome(outcome(10, 'lazy'), {
          uses: uses('threw'),
          traits: [{ attribute: 'new', value: 'x' }],
          mark: null,
        });
        throw new Error('the disk is gone');
      }),
    ).toThrow('the disk is gone');
    write('lazy', 10, 20);
    expect(replica.attributes().map(({ name }) => name)).not.toContain('new');
    const total = replica
      .usesSplit('lazy')
      .reduce((sum, part) => sum + part.ok + part.failed + part.skipped, 0);
    expect(total).toBe(20);
  });

  it('lists the users behind every number, page by page', () => {
    writeAll(500);
    const cases: readonly (readonly [CoverageFilter, Fits])[] = [
      [{ trait: { attribute: 'createdAt', value: '2003' }, status: null, ways: everyWay }, (n) => n % 7 === 3],
      [{ trait: { attribute: 'appMetadata.rare', value: 'once' }, status: null, ways: everyWay }, (n) => n === 2_048],
      [{ trait: null, status: 'failed', ways: [uses('refused')] }, (n) => login(n) === 'refused' && outcome(n, 'lazy').status === 'failed'],
      [{ trait: { attribute: 'createdAt', value: '2003' }, status: null, ways: [uses('error')] }, (n) => n % 7 === 3 && login(n) === 'error'],
      [{ trait: { attribute: 'createdAt', value: '1999' }, status: null, ways: everyWay }, () => false],
      [{ trait: null, status: null, ways: [] }, () => false],
      [{ trait: null, status: 'skipped', ways: null }, (n) => outcome(n, 'lazy').status === 'skipped'],
      [{ trait: { attribute: 'createdAt', value: '2003' }, status: 'ok', ways: null }, (n) => n % 7 === 3 && outcome(n, 'lazy').status === 'ok'],
    ]; // biome-ignore format: a table
    expect(cases.map(([filter]) => positions(filter, 37))).toEqual(cases.map(([, fits]) => those(fits)));
  });

  it('keeps the evidence of one user', () => {
    writeAll(500);
    expect(replica.evidenceOf('lazy', [12 * 3 + 1])).toEqual({
      ...evidence(12),
      traits: [{ attribute: 'state', value: 'migrated' }, ...evidence(12).traits],
    });
    expect(replica.evidenceOf('lazy', [-1])).toBeNull();
  });
});
