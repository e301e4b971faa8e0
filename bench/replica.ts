import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Phase, ReplicaBatch } from '#engine/ports/replica.ts';
import { replicaComparer } from '#replica/compare.ts';
import { replicaOpener } from '#replica/replica-opener.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { benchOptions, sizesOf } from './common/options.ts';
import { bareLoop } from './common/replica-bare-loop.ts';
import { evidenceOf, resultOf, userOf } from './common/replica-people.ts';
import { queryTimes } from './common/replica-queries.ts';
import { figure } from './common/rows.ts';
import { secondsOfSync } from './common/timing.ts';

/*
 * Writes and reads of the replica by itself. Writes against a plain better-sqlite3 loop that inserts the same rows into
 * the same tables with the same indexes and does nothing else; queries against reading every outcome once.
 * Run: node bench/replica.ts [--users N | --sizes N,N]
 */
const BATCH = 1_000;

for (const users of sizesOf(benchOptions(), 1_000_000)) {
  const folder = temporaryFolder('replica-bench');
  try {
    measure(folder, users);
  } finally {
    removeFolder(folder);
  }
}

interface Writing {
  readonly path: string;
  readonly users: number;
  readonly phase: Phase;
  /** Every so many-th user fails instead; 0: none. */
  readonly shift: number;
  /** Gets the same rows right after each batch. */
  readonly copy: string | null;
}

/** Writes all users. Seconds of both. */
function write({ path, users, phase, shift, copy }: Writing): {
  readonly ours: number;
  readonly bare: number;
} {
  const replica = replicaOpener.open(path);
  const bare = copy === null ? null : bareLoop(path, copy, phase);
  const took = { ours: 0, bare: 0 };
  for (let from = 0; from < users; from += BATCH) {
    const to = Math.min(from + BATCH, users);
    const rows = Array.from({ length: to - from }, (_, i) => {
      const result = resultOf(from + i, phase, shift);
      return { user: userOf(from + i), result, evidence: evidenceOf(from + i, result) };
    });
    const work = (batch: ReplicaBatch): void => {
      for (const { user, result, evidence } of rows) {
        const { position } = result;
        if (phase === 'lazy') {
          batch.byEmail(user.email!);
          batch.apply({ type: 'logged', log: 's', userId: user.userId, description: '' }, position, position);
        }
        if (result.status === 'ok')
          batch.apply({ type: 'account-created', account: user }, position, position);
        batch.outcome(result, evidence);
      }
      batch.checkpoint({ phase, after: [to], done: to, finished: to === users });
    };
    took.ours += secondsOfSync(() => replica.batch(work));
    took.bare += bare?.copyFrom(from) ?? 0;
  }
  took.bare += bare?.close() ?? 0;
  took.ours += secondsOfSync(() => replica.close());
  return took;
}

function measure(folder: string, users: number): void {
  const many = `${users.toLocaleString('en')} users`;
  const path = (name: string) => join(folder, `${name}.db`);
  for (const phase of ['bulk', 'lazy'] as const) {
    const copy = path('bare');
    const took = write({ path: path(phase), users, phase, shift: 0, copy });
    rmSync(copy);
    console.log(`${phase}, ${many}: ${(statSync(path(phase)).size / 1e6).toFixed(0)} MB on disk`);
    const what = phase === 'lazy' ? 'look-up, log, account, outcome' : 'account, outcome';
    figure(`${what} written`, users / took.ours, 'users/s', {
      users,
      baseline: { name: 'the same rows, plain inserts', figure: users / took.bare },
    });
  }
  const replica = replicaOpener.openReadOnly(path('lazy'));
  const times = queryTimes(replica, 'lazy', users);
  console.table(times);
  const baseline = { name: 'every outcome read once', figure: readAll(path('lazy')) * 1000 };
  const [slowest, ms] = Object.entries(times).reduce((one, other) => (other[1] > one[1] ? other : one));
  const row = (work: string, figureMs: number) =>
    figure(work, figureMs, 'ms', { better: 'less', users, baseline });
  row('page of failed users in the middle', times['page of failed, middle']!);
  row(`slowest of ${Object.keys(times).length} queries`, ms);
  console.log(`slowest query: ${slowest}`);

  write({ path: path('other'), users, phase: 'lazy', shift: 1000, copy: null });
  const changed = replicaOpener.openReadOnly(path('other'));
  row(
    'comparison of two trials',
    secondsOfSync(() => void [...replicaComparer.compare(replica, changed, 'lazy')]) * 1000,
  );
  const digests = secondsOfSync(() => void replica.contentDigests());
  console.log(`content digests ${digests.toFixed(2)} s`);
  replica.close();
  changed.close();
}

function readAll(path: string): number {
  const db = new Database(path, { readonly: true });
  let read = 0;
  const taken = secondsOfSync(() => {
    for (const row of db.prepare('SELECT * FROM outcomes').raw().iterate()) if (row !== null) read += 1;
  });
  db.close();
  if (read === 0) throw new Error('no outcomes to read');
  return taken;
}
