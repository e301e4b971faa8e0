/** The functions that the worker calls. See `guest-api.ts`. */
import { hasImmediates } from './bindings/event-loop.ts';
import { closeAttempt, report } from './contract/attempts.ts';
import { marshalError } from './contract/marshal-error.ts';
import { callScript, loadScript } from './contract/scripts.ts';
import { cutLanguageBack, removeSharedMemory } from './globals/language.ts';
import { GUEST_ENTRIES, type GuestSettings } from './guest-api.ts';
import { useEngine } from './dump.ts';
import { connectHost, host, type HostCallback } from './host.ts';
import { defineModule, requireForScripts, useAvailable } from './modules.ts';
import { forgetTick, pausable, resumePaused } from './process-boot.ts';
import { processObject } from './process-object.ts';
import { loopNow, runLater, runtime, wallClock, wantImmediate } from './runtime.ts';

interface Emitter {
  listenerCount(event: string): number;
  emit(event: string, ...args: unknown[]): boolean;
}

/** An error that nothing caught: the script's own handler first, else the worker hears of it. */
function uncaught(error: unknown): void {
  const emitter = processObject as unknown as Emitter;
  let unhandled = error;
  if (emitter.listenerCount('uncaughtException') > 0) {
    try {
      emitter.emit('uncaughtException', error, 'uncaughtException');
      return;
    } catch (second) {
      unhandled = second;
    }
  }
  report({ kind: 'uncaught', error: marshalError(unhandled) });
}

function guarded(action: () => void): void {
  try {
    action();
  } catch (error) {
    uncaught(error);
  }
}

/** Runs one entry and the ticks it queued. */
function enter(action: () => void): void {
  runtime.isInEntry = true;
  forgetTick();
  guarded(action);
  guarded(runtime.runTicks);
  runtime.isInEntry = false;
}

function runTimers(): void {
  const next = pausable(runTimers, () => runtime.processTimers(loopNow()));
  if (next !== null && next !== 0) host('timer', Math.max(1, Math.abs(next) - loopNow()));
}

function runImmediates(): void {
  runtime.isImmediateWanted = false;
  if (pausable(runImmediates, () => (runtime.processImmediate(), true)) === null) return;
  if (hasImmediates()) wantImmediate();
}

function settle(id: number, error: unknown, value: unknown): void {
  const waiting = runtime.pending.get(id);
  if (waiting === undefined) return;
  runtime.pending.delete(id);
  waiting(error, value);
}

type Event = readonly [type: string, a?: unknown, b?: unknown, c?: unknown];

function dispatch([type, a, b, c]: Event): void {
  if (type === 'sock') runtime.handles.get(Number(a))?.deliver(String(b), c);
  else if (type === 'done') settle(Number(a), b, c);
  else if (type === 'timer') runTimers();
  else if (type === 'immediate') runImmediates();
  else if (type === 'later') runLater();
  else if (type === 'tick') resumePaused();
  else if (type === 'batch') dispatchAll(a as readonly Event[]);
  else if (type === 'forget') closeAttempt(Number(a));
}

/** Several socket events of one turn: each with its own error handling and ticks, in one crossing of the border. */
function dispatchAll(events: readonly Event[]): void {
  for (const event of events) {
    guarded(() => dispatch(event));
    runtime.runTicks();
  }
}

export function defineEntries(): void {
  const root = globalThis as unknown as Record<string, unknown>;
  runtime.onUncaught = uncaught;
  root['__def'] = defineModule;
  root[GUEST_ENTRIES.connect] = (settings: GuestSettings) => {
    connectHost(root['__host'] as HostCallback);
    runtime.startedAt = wallClock();
    useAvailable(settings.available);
    delete root['__host'];
    useEngine(root['WebAssembly']);
    cutLanguageBack();
    removeSharedMemory();
  };
  root[GUEST_ENTRIES.event] = (...event: Event) => enter(() => dispatch(event));
  root[GUEST_ENTRIES.load] = loadScript;
  root[GUEST_ENTRIES.call] = (attempt: number, key: string, args: readonly unknown[]) =>
    enter(() => callScript(attempt, key, args));
  // For modules that are evaluated into a snapshot; each script gets its own by name.
  root['require'] = requireForScripts;
}
