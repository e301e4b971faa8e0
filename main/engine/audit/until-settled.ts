import { REPORT_EVERY_MS } from '#engine/audit/turns.ts';
import type { Clock } from '#engine/ports/clock.ts';

/**
 * Comes up at once and then now and then, until the work is over or given up: whether it failed, and what still runs
 * after an abort, is for the caller to see.
 */
export async function* untilSettled(
  clock: Clock,
  work: Promise<unknown>,
  signal: AbortSignal,
): AsyncGenerator<void, void, void> {
  let settled = false;
  const end = work.then(
    () => (settled = true),
    () => (settled = true),
  );
  // A sleep does not last once the signal is aborted: going on then would keep everybody else from their turn.
  while (!settled && !signal.aborted) {
    yield;
    const sleep = new AbortController();
    await Promise.race([end, clock.sleep(REPORT_EVERY_MS, AbortSignal.any([signal, sleep.signal]))]);
    sleep.abort();
  }
}
