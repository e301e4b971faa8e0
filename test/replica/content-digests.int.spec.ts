import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '#domain/secret.ts';
import type { ImportJob } from '#domain/migration/import-job.ts';
import type { Replica, ReplicaBatch } from '#engine/ports/replica.ts';
import { replicaOpener } from '#replica/replica-opener.ts';
import { account, outcome } from '#test/replica-samples.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder('replica');
});
afterEach(() => removeFolder(folder));

const job = (id: string, changes: Partial<ImportJob> = {}): ImportJob => ({
  id, type: 'users_import', status: 'completed', connection: 'acme', upsert: false, externalId: `run ${id}`,
  file: 'import/0001.json', bytes: 10, summary: null, statusDetails: null, ...changes,
}); // biome-ignore format: one fact

/** Writes 600 users; `order` decides how they come within a batch, `atMs` stands for the time of the run. */
function rehearse(replica: Replica, size: number, order: 1 | -1, atMs: number): void {
  for (let from = 0; from < 600; from += size) {
    replica.batch((batch) => {
      const members = Array.from({ length: size }, (_, i) => from + i);
      for (const n of order === 1 ? members : members.toReversed()) {
        const one = outcome(n, 'lazy', { ms: (n * atMs) % 31 });
        const credential = { kind: 'tenant-bcrypt', hash: new Secret(`salted ${atMs} ${n}`) } as const;
        const written = n % 2 === 0 ? account(n) : account(n, { credential });
        if (one.status === 'ok') batch.apply({ type: 'account-created', account: written }, atMs + n, n);
        batch.apply(
          { type: 'logged', log: 's', userId: `auth0|user-${n}`, description: 'first' },
          atMs + n,
          n,
        );
        batch.apply(
          { type: 'logged', log: 'fp', userId: `auth0|user-${n}`, description: 'then' },
          atMs + n,
          n,
        );
        batch.outcome(one);
      }
      batch.checkpoint({
        phase: 'lazy',
        after: [from + size],
        done: from + size,
        finished: from + size === 600,
      });
    });
  }
  replica.batch((batch) => {
    batch.job(job(`job_${atMs}`));
    batch.jobError(`job_${atMs}`, { index: 0, position: 3, user: { email: 'a' }, errors: [] });
  });
  replica.setMeta('started', `${atMs}`);
}

function digestsOf(
  name: string,
  size: number,
  order: 1 | -1,
  atMs: number,
  more?: (batch: ReplicaBatch) => void,
) {
  const replica = replicaOpener.open(join(folder, `${name}.db`));
  rehearse(replica, size, order, atMs);
  if (more !== undefined) replica.batch(more);
  const digests = replica.contentDigests();
  replica.close();
  return digests;
}

const changedTables = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): string[] =>
  Object.keys(a).filter((table) => a[table] !== b[table]);

describe('digests of the content', () => {
  it('are equal for equal rehearsals, however they were batched, ordered within a batch and timed', () => {
    const one = digestsOf('one', 100, 1, 1_000);
    expect(Object.keys(one).sort()).toEqual([
      'accounts', 'checkpoints', 'coverage', 'credentials', 'finding_users', 'job_errors', 'jobs', 'outcomes', 'tallies', 'tenant_log',
    ]); // biome-ignore format: a list
    expect(digestsOf('two', 100, -1, 77_000)).toEqual(one);
    expect(digestsOf('three', 300, 1, 5)).toEqual(one);
  });

  it.each<[string, (batch: ReplicaBatch) => void, string[]]>([
    ['a name', (b) => b.apply({ type: 'account-updated', userId: 'user-0', changes: { name: 'x' } }, 0, 0), ['accounts']],
    ['an imported hash', (b) => b.apply({ type: 'credential-set', userId: 'user-0', credential: { kind: 'imported-bcrypt', hash: new Secret('y') } }, 0, 0), ['credentials']],
    ['a log entry', (b) => b.apply({ type: 'logged', log: 'fu', userId: '', description: '' }, 0, null), ['tenant_log']],
    ['a job', (b) => b.job(job('job_1', { status: 'failed' })), ['jobs']],
    ['a refused record', (b) => b.jobError('job_1', { index: 1, position: 4, user: {}, errors: [] }), ['job_errors']],
    ['a checkpoint', (b) => b.checkpoint({ phase: 'lazy', after: [1], done: 600, finished: true }), ['checkpoints']],
    ['an outcome', (b) => {
      b.outcome(outcome(5, 'bulk'));
      b.checkpoint({ phase: 'bulk', after: [5], done: 1, finished: false });
    }, ['outcomes', 'finding_users', 'tallies', 'checkpoints']],
  ])('tell %s that differs, by table', (_, change, tables) => {
    expect(changedTables(digestsOf('one', 100, 1, 1), digestsOf('two', 100, 1, 1, change))).toEqual(tables);
  }); // biome-ignore format: a table
});
