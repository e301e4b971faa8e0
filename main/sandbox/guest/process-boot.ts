/* oxlint-disable typescript/unbound-method -- methods are captured here before scripts can replace them, and always called with an explicit `this` */
import { timersBinding } from './bindings/event-loop.ts';
import { host, isConnected } from './host.ts';
import { lib } from './lib/lib.ts';
import { processObject } from './process-object.ts';
import { runtime } from './runtime.ts';

interface TaskQueues {
  setupTaskQueue(): { readonly nextTick: (...args: unknown[]) => void; readonly runNextTicks: () => void };
  readonly queueMicrotask: unknown;
}

interface Timers {
  getTimerCallbacks(runNextTicks: () => void): {
    readonly processImmediate: () => void;
    readonly processTimers: (now: number) => number;
  };
}

let isTickWanted = false;
let wasTickWanted = false;

/** An entry begins: whatever ticks were asked for before it will be run at its end. */
export function forgetTick(): void {
  wasTickWanted = isTickWanted;
  isTickWanted = false;
}

/**
 * A tick queued from a microtask, after the entry has returned, has nobody to run it: the worker is asked to enter
 * again once V8 has drained its microtasks, which is the order Node has.
 */
function wantTick(): void {
  if (runtime.isInEntry || isTickWanted || !isConnected()) return;
  isTickWanted = true;
  host('tick');
}

/** Thrown between two timers or two immediates that are due in one turn, at a place where the lib can go on later. */
const pause = {};
/** So that a storm of due timers does not become a storm of entries. */
const MOST_PAUSES = 100;
let pauses = 0;
let paused: (() => void) | null = null;

/**
 * Runs due timers or immediates. Node runs microtasks between two of them, V8 only when the entry has returned, so
 * the worker is asked to enter again for the rest. Null when that is so.
 */
export function pausable<T>(again: () => void, action: () => T): T | null {
  try {
    const result = action();
    pauses = 0;
    return result;
  } catch (error) {
    // One that threw does not take those after it along.
    paused = again;
    host('tick');
    if (error !== pause) throw error;
    return null;
  }
}

/** The worker entered again: ticks that microtasks have queued come before the rest. */
export function resumePaused(): void {
  const again = paused;
  if (again === null) return;
  if (wasTickWanted) {
    runtime.runTicks();
    host('tick');
    return;
  }
  paused = null;
  again();
}

/** Makes `process` an emitter with a tick queue, and starts Node's timers. Returns `queueMicrotask`. */
export function bootProcess(): unknown {
  const { setupTaskQueue, queueMicrotask } = lib<TaskQueues>('internal/process/task_queues');
  const { nextTick, runNextTicks } = setupTaskQueue();
  processObject.nextTick = (...args) => {
    wantTick();
    Reflect.apply(nextTick, processObject, args);
  };
  Object.defineProperty(processObject, Symbol.toStringTag, { value: 'process', configurable: true });
  const EventEmitter = lib<(new () => object) & { prototype: object }>('events');
  Object.setPrototypeOf(processObject, Object.create(EventEmitter.prototype) as object);
  Reflect.apply(EventEmitter, processObject, []);

  const callbacks = lib<Timers>('internal/timers').getTimerCallbacks(() => {
    pauses += 1;
    if (pauses <= MOST_PAUSES) throw pause;
    runNextTicks();
  });
  timersBinding.setupTimers(callbacks.processImmediate, callbacks.processTimers);
  return queueMicrotask;
}
