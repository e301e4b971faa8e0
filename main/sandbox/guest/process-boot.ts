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

/** An entry begins: whatever ticks were asked for before it will be run at its end. */
export function forgetTick(): void {
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

  const callbacks = lib<Timers>('internal/timers').getTimerCallbacks(runNextTicks);
  timersBinding.setupTimers(callbacks.processImmediate, callbacks.processTimers);
  return queueMicrotask;
}
