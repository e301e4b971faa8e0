import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Fault } from '#engine/fault.ts';
import type { Replica } from '#engine/ports/replica.ts';
import { replicaOpener } from '#replica/replica-opener.ts';
import { cleanAfterwards } from '#test/fault-leftovers.ts';
import { noteFault } from '#test/fault-matrix.ts';
import { startWriter } from '#test/replica-process.ts';
import { BATCH, writeBatch } from '#test/replica-writer.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

cleanAfterwards();

let folder: string;
let path: string;
beforeEach(() => {
  folder = temporaryFolder('replica');
  path = join(folder, 'replica.db');
});
afterEach(() => removeFolder(folder));

function faultOf(work: () => unknown): Pick<Fault, 'kind' | 'retryable' | 'where'> | null {
  try {
    work();
    return null;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { kind: error.kind, retryable: error.retryable, where: error.where };
  }
}
const busy = (where: string) => ({ kind: 'project-busy', retryable: true, where });

describe('one writer', () => {
  it('keeps a second one out until it closes', async () => {
    const other = startWriter(path, 0);
    await other.heard((line) => line.opened === true);
    expect(faultOf(() => replicaOpener.open(path))).toEqual(busy(path));
    other.child.stdin.end();
    await other.ended();
    replicaOpener.open(path).close();
    noteFault('two processes on one replica', 'writing', 'fault');
  });

  it('keeps a second one out within the same process', () => {
    const first = replicaOpener.open(path);
    expect(faultOf(() => replicaOpener.open(path))).toEqual(busy(path));
    first.close();
    first.close();
    const second = replicaOpener.open(path);
    expect(faultOf(() => replicaOpener.open(path))).toEqual(busy(path));
    second.close();
  });

  it('leaves no lock when it is killed', async () => {
    const other = startWriter(path, 0);
    await other.heard((line) => line.opened === true);
    other.child.kill('SIGKILL');
    await other.ended();
    expect(readdirSync(folder).filter((name) => name.includes('-writer'))).toEqual(['replica.db-writer']);
    const replica = replicaOpener.open(path);
    expect(writeBatch(replica)).toBe(BATCH);
    replica.close();
  });

  it('says so when another program holds a transaction on the file, and works again afterwards', () => {
    const replica = replicaOpener.open(path);
    const tool = new Database(path);
    tool.exec('BEGIN IMMEDIATE');
    expect(faultOf(() => writeBatch(replica))).toEqual(busy(path));
    tool.close();
    expect(writeBatch(replica)).toBe(BATCH);
    replica.close();
  });
});

describe('readers', () => {
  it('see batch after batch of a writer in another process, and each of them whole', async () => {
    const writer = startWriter(path, 60 * BATCH);
    await writer.heard((line) => line.done !== undefined);
    const reader = replicaOpener.openReadOnly(path);
    const seen = new Set<number>();
    while (writer.said.at(-1)?.left === undefined) {
      const { done, ok, failed, skipped } = reader.counts('lazy');
      expect([done % BATCH, ok + failed + skipped]).toEqual([0, done]);
      seen.add(done);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(reader.counts('lazy').done).toBe(60 * BATCH);
    expect(seen.size).toBeGreaterThan(1);
    noteFault('two processes on one replica', 'reading beside a writer', 'equal');
    expect((await writer.ended()).at(-1)).toEqual({ left: 60 * BATCH, accounts: reader.accountCount() });
    reader.close();
  });

  it('do not hold the writer up in the middle of a long read', () => {
    const replica: Replica = replicaOpener.open(path);
    writeBatch(replica);
    const reader = replicaOpener.openReadOnly(path);
    const rejects = reader.rejects('lazy');
    rejects.next();
    for (let round = 0; round < 5; round++) writeBatch(replica);
    expect([...rejects].length + 1).toBe(BATCH / 10);
    expect(reader.counts('lazy').done).toBe(6 * BATCH);
    replica.close();
    expect(reader.counts('lazy').done).toBe(6 * BATCH);
    reader.close();
  });

  it('cannot write', () => {
    replicaOpener.open(path).close();
    const reader = replicaOpener.openReadOnly(path);
    expect(() => reader.batch(() => {})).toThrow('our bug: a batch on a replica that was opened for reading');
    expect(faultOf(() => reader.setMeta('a', 'b'))).toMatchObject({ kind: 'replica-unwritable' });
    reader.close();
  });
});
