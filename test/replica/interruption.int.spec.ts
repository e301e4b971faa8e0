import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Replica } from '#engine/ports/replica.ts';
import { replicaOpener } from '#replica/replica-opener.ts';
import { cleanAfterwards } from '#test/fault-leftovers.ts';
import { noteFault } from '#test/fault-matrix.ts';
import { startWriter } from '#test/replica-process.ts';
import { BATCH, writeBatch } from '#test/replica-writer.ts';
import { outcome } from '#test/replica-samples.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

cleanAfterwards();

let folder: string;
let path: string;
beforeEach(() => {
  folder = temporaryFolder('replica');
  path = join(folder, 'replica.db');
});
afterEach(() => removeFolder(folder));

const KILLS = 25;

/** Everything in the file agrees on how many users are done, and they are all there. */
function wholeBatches(replica: Replica): number {
  const counts = replica.counts('lazy');
  const statuses = Array.from({ length: counts.done }, (_, n) => outcome(n, 'lazy').status);
  const ok = statuses.filter((status) => status === 'ok').length;
  expect(counts.done % BATCH).toBe(0);
  expect(replica.checkpoint('lazy')).toEqual({
    phase: 'lazy',
    after: [counts.done],
    done: counts.done,
    finished: false,
  });
  expect(replica.accountCount()).toBe(ok);
  expect(Object.fromEntries(replica.tenantLogCounts().map(({ log, count }) => [log, count]))).toEqual({ s: ok, fu: counts.done - ok }); // biome-ignore format: one fact
  const positions = replica.verdicts('lazy', -1, counts.done + 1).map((verdict) => verdict.position);
  expect(positions).toEqual(Array.from({ length: counts.done }, (_, n) => n));
  return counts.done;
}

describe('a writer that is killed', () => {
  it(`at ${KILLS} points leaves whole batches each time, and a content as if never interrupted`, async () => {
    let done = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const writer = startWriter(path, Number.MAX_SAFE_INTEGER);
      await writer.heard((line) => line.done !== undefined);
      // Spread over a few batches: in the middle of writing, of committing, of moving the log into the file.
      await pause((kill * 37) % 90);
      writer.child.kill('SIGKILL');
      const said = await writer.ended();
      const replica = replicaOpener.open(path);
      const found = wholeBatches(replica);
      // Whatever was said to be committed is there; at most the batch that was not yet announced is more.
      expect([0, BATCH]).toContain(found - said.at(-1)!.done!);
      expect(found).toBeGreaterThan(done);
      done = found;
      replica.close();
    }
    const uninterrupted = replicaOpener.open(join(folder, 'uninterrupted.db'));
    while (writeBatch(uninterrupted) < done);
    const resumed = replicaOpener.openReadOnly(path);
    expect(resumed.contentDigests()).toEqual(uninterrupted.contentDigests());
    noteFault('writer killed', 'replica', 'equal', KILLS);
    resumed.close();
    uninterrupted.close();
  });
});

describe('a disk that is full', () => {
  it('is a fault worth retrying: the batch is gone as a whole, the ones before it stay, and work goes on', async () => {
    const said = await startWriter(path, Number.MAX_SAFE_INTEGER, { largestFileKb: 1_500 }).ended();
    const committed = said.filter((line) => line.done !== undefined).at(-1)!.done!;
    expect(said.at(-1)).toMatchObject({ fault: 'replica-unwritable', retryable: true });
    expect(said.at(-2)?.left).toBe(committed);
    const replica = replicaOpener.open(path);
    expect(wholeBatches(replica)).toBe(committed);
    writeBatch(replica);
    expect(wholeBatches(replica)).toBe(committed + BATCH);
    replica.close();
    noteFault('disk full', 'replica', 'equal');
  });

  it('from the start leaves nothing that could not be opened later', async () => {
    const said = await startWriter(path, BATCH, { largestFileKb: 8 }).ended();
    expect(said).toMatchObject([{ fault: 'replica-unwritable', retryable: true }]);
    const replica = replicaOpener.open(path);
    writeBatch(replica);
    expect(wholeBatches(replica)).toBe(BATCH);
    replica.close();
    noteFault('disk full', 'replica, from the start', 'fault');
  });
});
