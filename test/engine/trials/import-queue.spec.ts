import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Fault } from '#engine/fault.ts';
import type { BulkImport, ImportPart } from '#engine/ports/bulk-import.ts';
import type { PhaseCounts } from '#engine/ports/replica.ts';
import { createImportQueue } from '#engine/trials/import-queue.ts';
import { unhandledRejections } from '#test/unhandled-rejections.ts';

const part = (done: number) => ({ checkpoint: { after: [done], done } }) as unknown as ImportPart;
const counts = (done: number): PhaseCounts => ({ done, ok: done, failed: 0, skipped: 0 });
const DONE = Promise.resolve();

/** A writer that answers when it is told to. */
function slowWriter() {
  const begun: number[] = [];
  const answers: (() => void)[] = [];
  const writer: BulkImport = {
    add: ({ checkpoint: { done } }) => {
      begun.push(done);
      return new Promise((resolve) => answers.push(() => resolve(counts(done))));
    },
    finish: () => Promise.resolve(counts(0)),
    close: () => Promise.resolve(),
  };
  const answer = async (): Promise<void> => {
    answers.shift()!();
    await setImmediate();
  };
  return { writer, begun, answer };
}

describe('the queue of parts', () => {
  it('writes them one after the other, and lets two wait', async () => {
    const { writer, begun, answer } = slowWriter();
    const committed: number[] = [];
    const queue = createImportQueue(writer, ({ done }) => committed.push(done));
    const added: number[] = [];
    const add = async (done: number): Promise<void> => {
      await queue.add(part(done), DONE);
      added.push(done);
    };
    for (const done of [1, 2, 3]) void add(done);
    await setImmediate();
    const atFirst = { begun: [...begun], added: [...added], committed: [...committed] };
    await answer();
    const afterOne = { begun: [...begun], added: [...added], committed: [...committed] };
    await answer();
    await answer();
    await queue.drain();
    expect({ atFirst, afterOne, committed }).toEqual({
      atFirst: { begun: [1], added: [1, 2], committed: [] },
      afterOne: { begun: [1, 2], added: [1, 2, 3], committed: [1] },
      committed: [1, 2, 3],
    });
  });

  it('commits nobody whose file is not on the disk, and nobody after them', async () => {
    const { writer, begun, answer } = slowWriter();
    const queue = createImportQueue(writer, () => undefined);
    const full = new Fault('replica-unwritable', 'the disk is full');
    const broken = Promise.reject(full);
    broken.catch(() => undefined);
    await queue.add(part(1), DONE);
    await queue.add(part(2), broken);
    await setImmediate();
    await answer();
    await expect(queue.add(part(3), DONE).then(() => queue.drain())).rejects.toBe(full);
    expect(begun).toEqual([1]);
  });

  it('leaves nobody with the failure of files that came after one', async () => {
    const unhandled = unhandledRejections();
    const { writer } = slowWriter();
    const queue = createImportQueue(writer, () => undefined);
    const full = new Fault('replica-unwritable', 'the disk is full');
    await queue.add(part(1), Promise.reject(full));
    await queue.add(part(2), Promise.reject(full));
    await expect(queue.drain()).rejects.toBe(full);
    expect(await unhandled()).toEqual([]);
  });

  it('stops where the trial was paused', async () => {
    const { writer, begun, answer } = slowWriter();
    const paused = new Fault('cancelled', 'the trial was paused');
    const queue = createImportQueue(writer, () => {
      throw paused;
    });
    await queue.add(part(1), DONE);
    await queue.add(part(2), DONE);
    await setImmediate();
    await answer();
    await expect(queue.drain()).rejects.toBe(paused);
    expect(begun).toEqual([1]);
  });
});
