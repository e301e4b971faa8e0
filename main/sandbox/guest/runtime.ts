import { host } from './host.ts';

/** What socket events are delivered to. */
export interface HandleLike {
  deliver(kind: string, data: unknown): void;
}

/** Names kept before scripts can change them. */
const now = Date.now;
const noop = (): void => {};

/** What a pending host operation answers: an error (a number, a text or an error's fields) and a value. */
export type Settle = (error: unknown, value: unknown) => void;

/** State of the guest's event loop, shared by the bindings. */
export const runtime = {
  startedAt: 0,
  /** An entry from the host is running, so `nextTick` will be drained when it ends. */
  isInEntry: false,
  handles: new Map<number, HandleLike>(),
  pending: new Map<number, Settle>(),
  runTicks: noop,
  processTimers: (_now: number): number => 0,
  processImmediate: noop,
  isImmediateWanted: false,
  onUncaught: noop as (error: unknown) => void,
};

let lastId = 0;
/** Ids of sockets and pending operations; unique in the isolate, checked by the host. */
export const newId = (): number => ++lastId;

/** Milliseconds since connect, as a 32-bit integer, which is what Node's timer lists calculate with. */
export const loopNow = (): number => (now() - runtime.startedAt) | 0;

export const wallClock = (): number => now();

export function wantImmediate(): void {
  if (runtime.isImmediateWanted) return;
  runtime.isImmediateWanted = true;
  host('immediate');
}

let laterQueue: (() => void)[] = [];

/** Runs in a later turn of the loop, as libuv's close callbacks do. */
export function later(action: () => void): void {
  laterQueue.push(action);
  if (laterQueue.length === 1) host('later');
}

export function runLater(): void {
  const due = laterQueue;
  laterQueue = [];
  for (const action of due) action();
}

/** Registers a pending host operation and returns the id under which the host will settle it. */
export function pend(settle: Settle): number {
  const id = newId();
  runtime.pending.set(id, settle);
  return id;
}
