import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImportJob, ImportJobError } from '#domain/migration/import-job.ts';
import type { Replica, ReplicaBatch } from '#engine/ports/replica.ts';
import { replicaOpener } from '#replica/replica-opener.ts';
import { account, outcome, writeOutcomes } from '#test/replica-samples.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

let folder: string;
let replica: Replica;
const path = (): string => join(folder, 'replica.db');
beforeEach(() => {
  folder = temporaryFolder('replica');
  replica = replicaOpener.open(path());
});
afterEach(() => {
  replica.close();
  removeFolder(folder);
});

/** Everything a reader can see, for before-and-after comparisons. */
const everything = () => ({
  digests: replica.contentDigests(),
  lazy: [
    replica.checkpoint('lazy'),
    replica.counts('lazy'),
    replica.causes('lazy'),
    replica.findingCodes('lazy'),
  ],
  domains: replica.coverageBy('lazy', 'emailDomain', 10),
  log: replica.tenantLogCounts(),
  accounts: replica.accountCount(),
  meta: replica.meta('note'),
});

describe('a batch', () => {
  it('commits as a whole and answers what its work gave', () => {
    const answer = replica.batch((batch) => {
      writeOutcomes(batch, 'lazy', 0, 20);
      return 'written';
    });
    expect(answer).toBe('written');
    expect(replica.checkpoint('lazy')).toEqual({ phase: 'lazy', after: [58], done: 20, finished: false });
    expect(replica.counts('lazy')).toEqual({ done: 20, ok: 18, failed: 2, skipped: 0 });
    expect(replica.checkpoint('bulk')).toBeNull();
    expect(replica.counts('bulk')).toEqual({ done: 0, ok: 0, failed: 0, skipped: 0 });
  });

  it('leaves nothing behind when its work throws, new labels and counts included', () => {
    replica.batch((batch) => writeOutcomes(batch, 'lazy', 0, 20));
    const before = everything();
    const odd = { hashFormat: 'never-seen', lastLogin: 'never', emailDomain: 'never.example' };
    const failing = () =>
      replica.batch((batch) => {
        batch.outcome(outcome(20, 'lazy', { cohorts: odd }));
        batch.apply({ type: 'account-created', account: account(1) }, 0, 0);
        batch.apply({ type: 'logged', log: 's', userId: '', description: '' }, 0, 0);
        batch.checkpoint({ phase: 'lazy', after: [61], done: 21, finished: true });
        replica.setMeta('note', 'x');
        throw new RangeError('the work failed');
      });
    expect(failing).toThrow(new RangeError('the work failed'));
    expect(everything()).toEqual(before);
    // The label of the failed batch got a number that is void: it must be given out anew.
    replica.batch((batch) => {
      batch.outcome(outcome(20, 'lazy', { cohorts: odd }));
      batch.checkpoint({ phase: 'lazy', after: [61], done: 21, finished: true });
    });
    expect(replica.outcomesOf([61])[0]?.cohorts).toEqual(odd);
    expect(replica.tenantLogCounts()).toEqual([]);
  });

  it.each<[string, (batch: ReplicaBatch) => void, string]>([
    ['a checkpoint that counts too many', (b) => {
      b.outcome(outcome(0, 'lazy'));
      b.checkpoint({ phase: 'lazy', after: [1], done: 2, finished: false });
    }, 'our bug: the lazy checkpoint says 2 done, the outcomes are 1 ok, 0 failed, 0 skipped'],
    ['a checkpoint that counts too few', (b) => {
      b.outcome(outcome(0, 'lazy'));
      b.outcome(outcome(9, 'lazy'));
      b.checkpoint({ phase: 'lazy', after: [1], done: 1, finished: false });
    }, 'our bug: the lazy checkpoint says 1 done, the outcomes are 1 ok, 1 failed, 0 skipped'],
    ['outcomes of a phase without its checkpoint', (b) => {
      b.outcome(outcome(0, 'bulk'));
      b.checkpoint({ phase: 'lazy', after: null, done: 0, finished: false });
    }, 'our bug: bulk outcomes without the checkpoint that follows them'],
    ['two outcomes for one user', (b) => {
      b.outcome(outcome(0, 'lazy'));
      b.outcome(outcome(0, 'lazy'));
    }, 'our bug: user 0 has a second outcome in the lazy phase'],
    ['a failure without a cause', (b) => b.outcome(outcome(0, 'lazy', { status: 'failed' })), 'our bug: outcome 0 is failed, against its cause'],
    ['an ok with a cause', (b) => b.outcome(outcome(0, 'lazy', { cause: 'script.threw' })), 'our bug: outcome 0 is ok, against its cause'],
    ['an error of an unknown job', (b) => b.jobError('job_x', { index: 0, position: 0, user: {}, errors: [] }), 'our bug: an error of job job_x'],
    ['a batch inside a batch', () => replica.batch(() => {}), 'our bug: a batch inside a batch'],
  ])('refuses %s', (_, work, message) => {
    const before = everything();
    expect(() => replica.batch(work)).toThrow(message);
    expect(everything()).toEqual(before);
  }); // biome-ignore format: a table

  it('refuses a second outcome in a later batch', () => {
    replica.batch((batch) => writeOutcomes(batch, 'lazy', 0, 5));
    const again = () =>
      replica.batch((batch) => {
        batch.outcome(outcome(4, 'lazy'));
        batch.checkpoint({ phase: 'lazy', after: [13], done: 6, finished: false });
      });
    expect(again).toThrow('our bug: user 4 has a second outcome in the lazy phase');
  });

  it('takes the same user in the other phase', () => {
    replica.batch((batch) => {
      writeOutcomes(batch, 'lazy', 0, 5);
      writeOutcomes(batch, 'bulk', 0, 3);
    });
    expect(replica.outcomesOf([4]).map((found) => found.phase)).toEqual(['lazy', 'bulk']);
    expect([replica.counts('lazy').done, replica.counts('bulk').done]).toEqual([5, 3]);
  });

  it('cannot wait, and cannot be used after its end', () => {
    const kept: ReplicaBatch[] = [];
    expect(() => replica.batch(async (batch) => void kept.push(batch))).toThrow(
      'our bug: a batch cannot wait',
    );
    expect(() => kept[0]!.outcome(outcome(0, 'lazy'))).toThrow('our bug: a batch was used after its end');
    expect(() => kept[0]!.byEmail('a')).toThrow('our bug: a batch was used after its end');
    expect(replica.counts('lazy').done).toBe(0);
  });

  it('keeps references whole, which are not enforced while writing', () => {
    replica.batch((batch) => {
      writeOutcomes(batch, 'lazy', 0, 200);
      for (let n = 0; n < 5; n++) batch.apply({ type: 'account-created', account: account(n) }, 0, n);
      batch.apply({ type: 'account-deleted', userId: 'user-3' }, 0, 3);
    });
    const file = new Database(path(), { readonly: true });
    expect(file.pragma('foreign_key_check')).toEqual([]);
    file.close();
  });
});

const refused = (index: number): ImportJobError => ({
  index,
  position: index * 10,
  user: { email: `u${index}@example.com`, password_hash: '*****' },
  errors: [{ code: 'OBJECT_DIDNT_PASS_VALIDATION', message: 'Object didn’t pass', path: 'email' }],
});

describe('jobs', () => {
  const job: ImportJob = {
    id: 'job_1', type: 'users_import', status: 'pending', connection: 'acme', upsert: true, externalId: 'trial',
    file: 'import/0001.json', bytes: 499_000, summary: null, statusDetails: null,
  }; // biome-ignore format: one fact
  it('are listed as they were created, each as it stands last', () => {
    const done: ImportJob = {
      ...job,
      status: 'completed',
      summary: { total: 3, inserted: 2, updated: 0, failed: 1 },
      statusDetails: 'x',
    };
    replica.batch((batch) => {
      batch.job({ ...job, id: 'job_2' });
      batch.job(job);
      batch.job({ ...done, id: 'job_2' });
    });
    expect(replica.jobs()).toEqual([{ ...done, id: 'job_2' }, job]);
  });

  it('page through their errors and refuse one record twice', () => {
    replica.batch((batch) => {
      batch.job(job);
      batch.job({ ...job, id: 'job_2' });
      for (let index = 0; index < 5; index++) batch.jobError('job_1', refused(index));
      batch.jobError('job_2', refused(0));
    });
    expect(replica.jobErrors('job_1', -1, 2)).toEqual([refused(0), refused(1)]);
    expect(replica.jobErrors('job_1', 1, 10)).toEqual([refused(2), refused(3), refused(4)]);
    expect(replica.jobErrors('job_3', -1, 10)).toEqual([]);
    expect(() => replica.batch((batch) => batch.jobError('job_1', refused(4)))).toThrow(
      'our bug: record 4 of job job_1',
    );
  });
});

const log = (batch: ReplicaBatch, type: 's' | 'fp' | 'fu', times: number) => {
  for (let n = 0; n < times; n++)
    batch.apply({ type: 'logged', log: type, userId: 'auth0|1', description: 'd' }, n, n);
};

describe('the tenant log and notes', () => {
  it('counts log types, biggest first', () => {
    replica.batch((batch) => log(batch, 'fp', 2));
    replica.batch((batch) => {
      log(batch, 's', 3);
      log(batch, 'fu', 2);
    });
    expect(replica.tenantLogCounts()).toEqual([{ log: 's', count: 3 }, { log: 'fp', count: 2 }, { log: 'fu', count: 2 }]); // biome-ignore format: a table
  });

  it('keeps notes across openings', () => {
    replica.setMeta('note', 'first');
    replica.setMeta('note', 'second');
    replica.close();
    replica = replicaOpener.open(path());
    expect([replica.meta('note'), replica.meta('other')]).toEqual(['second', null]);
  });
});
