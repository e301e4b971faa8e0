import assert from 'node:assert/strict';
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { Fault, packFault } from '#engine/fault.ts';
import { createImportWriter, type ImportWriter } from '#engine/trials/import-writer.ts';
import type { ImportAnswer, ImportOrder, ImportThreadInput } from '#hosts/import-thread.ts';
import { replicaOpener } from '#replica/replica-opener.ts';

const port = parentPort;
assert(port !== null, 'our bug: this file runs on a thread of its own');
const post = (answer: ImportAnswer): void => port.postMessage(answer);
const { replica: path, expected, rules, stop } = workerData as ImportThreadInput;

try {
  const replica = replicaOpener.openForLoad(path, expected);
  try {
    const writer = createImportWriter(replica, rules);
    for (;;) {
      const [order] = (await once(port, 'message')) as [ImportOrder];
      if (order.type === 'close') break;
      const counts = carryOut(order, writer);
      if (counts === null) break;
      post({ type: 'counts', counts });
    }
  } finally {
    replica.close();
  }
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  post({ type: 'fault', fault: packFault(error) });
  // Nothing is listened to any more, and so the thread ends.
} finally {
  port.unref();
}

/** Null: it was given up, because the trial ends. */
function carryOut(order: Exclude<ImportOrder, { type: 'close' }>, writer: ImportWriter) {
  if (order.type === 'part') return writer.add(order.part);
  const steps = writer.finishSteps(order.checkpoint);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (Atomics.load(stop, 0) === 1) {
      steps.return(undefined as never);
      return null;
    }
  }
}
