import { Worker } from 'node:worker_threads';
import { watch, type WatchdogData } from './watchdog-thread.ts';

/** Where the main thread says what it is doing, for the watchdog's thread. */
const CONTAINER = 0;
const ATTEMPT = 1;
/** Even: outside the guest. Grows by one at each entry and each return. */
const TURN = 2;
/** Order of the last attempt that was begun. */
const BEGUN = 3;

/** Isolates that the process holds, in use or kept for the next container. */
const ISOLATES = 4;

/** A turn of the guest longer than this is named to the engine, which decides when to end it. */
const STUCK_MS = 150;
const PERIOD_MS = 20;
/** What an isolate with all modules and a quiet script takes, natively and in its heap. */
const ISOLATE_BYTES = 44 * 1024 * 1024;

export interface TurnBoard {
  enter(container: number, attempt: number): void;
  leave(): void;
  begin(order: number): void;
  holds(isolates: number): void;
}

/**
 * Watches this process from a thread of its own, because the main thread cannot while a script keeps it: kills the
 * process once it holds more memory than allowed for the isolates in it, and names the script that is stuck. V8's own memory limit does
 * not stop every script, and a process that ran into it is not to be trusted anyway.
 */
export function startWatchdog(residentLimitBytes: number): {
  readonly board: TurnBoard;
  readonly ready: Promise<void>;
} {
  const shared = new Int32Array(new SharedArrayBuffer(20));
  const workerData: WatchdogData = {
    shared,
    residentLimitBytes,
    isolateBytes: ISOLATE_BYTES,
    stuckMs: STUCK_MS,
    periodMs: PERIOD_MS,
  };
  const thread = new Worker(`(${watch.toString()})()`, { eval: true, workerData });
  thread.unref();
  const ready = new Promise<void>((resolve, reject) => {
    thread.once('message', () => resolve());
    thread.once('error', reject);
  });
  return {
    ready,
    board: {
      enter(container, attempt) {
        shared[CONTAINER] = container;
        shared[ATTEMPT] = attempt;
        Atomics.add(shared, TURN, 1);
      },
      leave() {
        Atomics.add(shared, TURN, 1);
      },
      begin(order) {
        shared[BEGUN] = order;
      },
      holds(isolates) {
        Atomics.store(shared, ISOLATES, isolates);
      },
    },
  };
}
