import { Fault } from '#engine/fault.ts';
import type { Clock } from '#engine/ports/clock.ts';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

export interface OutageOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** How long one outage may last before the fault is passed on. */
  readonly retryForMs: number;
  onPause(fault: Fault, waitMs: number): void;
  onBack(): void;
}

/**
 * Runs `work`; when a retryable fault stops it, waits with doubling pauses and runs it again, until it succeeds,
 * the time for one outage is over (the fault is thrown) or the run is cancelled.
 */
export async function throughOutages<T>(work: () => Promise<T>, options: OutageOptions): Promise<T> {
  const startedAt = options.clock.ticks();
  let wait = FIRST_WAIT_MS;
  let paused = false;
  for (;;) {
    throwIfCancelled(options.signal);
    try {
      const result = await work();
      if (paused) options.onBack();
      return result;
    } catch (trouble) {
      if (!(trouble instanceof Fault) || !trouble.retryable) throw trouble;
      const left = options.retryForMs - (options.clock.ticks() - startedAt);
      if (left <= 0) throw trouble;
      paused = true;
      const pause = Math.min(wait, left);
      options.onPause(trouble, pause);
      await options.clock.sleep(pause, options.signal);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    }
  }
}

export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new Fault('cancelled', 'it was cancelled');
}

/** Resolves with `work`, or rejects with `cancelled` at once when the signal aborts; `work` is then left alone. */
export async function orCancelled<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  // Left alone it may still fail, and then nobody waits for it any more: no mistake of ours.
  work.catch(() => undefined);
  throwIfCancelled(signal);
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(new Fault('cancelled', 'it was cancelled'));
    signal.addEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
