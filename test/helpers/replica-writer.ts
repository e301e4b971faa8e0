import { writeSync } from 'node:fs';
import { Fault } from '#engine/fault.ts';
import type { Replica } from '#engine/ports/replica.ts';
import { replicaOpener } from '#replica/replica-opener.ts';
import { account, outcome } from '#test/replica-samples.ts';

/*
 * A process that opens a replica and writes whole batches from where the checkpoint stands, saying after each
 * commit how many users are done. It ends at `until`, at a fault, or when it is killed.
 * node replica-writer.ts <path> <until>; with `until` 0 it opens, says so and waits for its input to end; with
 * -1 it only reads.
 */
export const BATCH = 100;

export function writeBatch(replica: Replica): number {
  const from = replica.checkpoint('lazy')?.done ?? 0;
  const done = from + BATCH;
  replica.batch((batch) => {
    for (let n = from; n < done; n++) {
      const one = outcome(n, 'lazy');
      batch.apply(
        { type: 'logged', log: one.status === 'ok' ? 's' : 'fu', userId: '', description: '' },
        n,
        n,
      );
      if (one.status === 'ok') batch.apply({ type: 'account-created', account: account(n) }, n, n);
      batch.outcome(one);
    }
    batch.checkpoint({ phase: 'lazy', after: [done], done, finished: false });
  });
  return done;
}

function say(what: object): void {
  writeSync(1, `${JSON.stringify(what)}\n`);
}

function run(path: string, until: number): void {
  try {
    if (until === -1) {
      say({ left: replicaOpener.openReadOnly(path).counts('lazy').done });
      return;
    }
    const replica = replicaOpener.open(path);
    say({ opened: true });
    if (until === 0) {
      process.stdin.on('end', () => replica.close()).resume();
      return;
    }
    try {
      for (let done = 0; done < until; ) say({ done: (done = writeBatch(replica)) });
    } finally {
      say({ left: replica.counts('lazy').done, accounts: replica.accountCount() });
      replica.close();
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    say({ fault: error.kind, retryable: error.retryable, message: error.message });
  }
}

if (import.meta.main) run(process.argv[2]!, Number(process.argv[3]));
