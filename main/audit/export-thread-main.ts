import assert from 'node:assert/strict';
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { Fault, packFault } from '#engine/fault.ts';
import { countPartitions, peopleCounter } from '#audit/count-people.ts';
import type {
  CountedPart,
  CountTask,
  FinishedExports,
  ThreadInput,
  ThreadMessage,
} from '#audit/export-thread.ts';
import { JoinById, leafFilesOf } from '#audit/join-by-id.ts';
import { readExports } from '#audit/read-exports.ts';
import { SharedUsers } from '#audit/shared-users.ts';
import { type FinishedSide, TenantSide } from '#audit/side-writer.ts';
import { workFault } from '#audit/work-folder.ts';

/** Reports further apart than this keep the other thread free, milliseconds. */
const REPORT_EVERY_MS = 100;

const port = parentPort;
assert(port !== null, 'our bug: this file runs on a thread of its own');
const post = (message: ThreadMessage): void => port.postMessage(message);

try {
  const { side, summary } = await read(workerData as ThreadInput);
  const [task] = (await once(port, 'message')) as [CountTask];
  post({ type: 'counted', part: count(task, side, leafFilesOf(summary.files)) });
} catch (error) {
  const fault = workFault(error);
  if (!(fault instanceof Fault)) throw fault;
  post({ type: 'fault', fault: packFault(fault) });
}

async function read({ request, shape }: ThreadInput): Promise<FinishedExports> {
  const tenant = new TenantSide(shape);
  let last = 0;
  const report = (done: number, expected: number) => {
    const now = performance.now();
    if (now - last < REPORT_EVERY_MS && done < expected) return;
    last = now;
    post({ type: 'bytes', done, expected });
  };
  const summary = await readExports(request, tenant, report, new AbortController().signal);
  const side = tenant.finish();
  post({ type: 'read', summary, side });
  return { summary, side };
}

function count(task: CountTask, tenant: FinishedSide, leafFiles: readonly number[]): CountedPart {
  const shared = new SharedUsers(task.shared);
  const join = new JoinById(task.legacy, tenant, shared, leafFiles);
  const counter = peopleCounter(task, task.progress);
  for (const _step of countPartitions(join, task.partitions, counter, task.progress));
  counter.part(task.partitions);
  join.close();
  return { tally: counter.tally, repeated: join.repeated, shared: shared.finish() };
}
