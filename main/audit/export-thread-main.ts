import assert from 'node:assert/strict';
import { parentPort, workerData } from 'node:worker_threads';
import { Fault } from '#engine/fault.ts';
import type { ThreadInput, ThreadMessage } from '#audit/export-thread.ts';
import { readExports } from '#audit/read-exports.ts';
import { TenantSide } from '#audit/sides.ts';
import { workFault } from '#audit/work-folder.ts';

/** Reports further apart than this keep the other thread free, milliseconds. */
const REPORT_EVERY_MS = 100;

const port = parentPort;
assert(port !== null, 'our bug: this file runs on a thread of its own');
const { request, shape } = workerData as ThreadInput;
const post = (message: ThreadMessage): void => port.postMessage(message);

try {
  const side = new TenantSide(shape);
  let last = 0;
  const report = (done: number, expected: number) => {
    const now = performance.now();
    if (now - last < REPORT_EVERY_MS && done < expected) return;
    last = now;
    post({ type: 'bytes', done, expected });
  };
  const summary = await readExports(request, side, report, new AbortController().signal);
  const finished = side.finish();
  const { emails, usernames } = finished;
  port.postMessage({ type: 'done', summary, side: finished } satisfies ThreadMessage, [
    emails.once.buffer,
    emails.twice.buffer,
    usernames.once.buffer,
    usernames.twice.buffer,
  ]);
} catch (error) {
  const fault = workFault(error);
  if (!(fault instanceof Fault)) throw fault;
  const { kind, message, where, doing, help } = fault;
  post({ type: 'fault', kind, message, where, doing, help });
}
