import type { Outside } from './broker/broker.ts';
import type { WorkerPool } from './worker-pool.ts';

/** Long enough for somebody who changes a script and tries again. */
const KEPT_MS = 5 * 60_000;

interface Kept {
  readonly key: string;
  readonly pool: WorkerPool;
  readonly timer: NodeJS.Timeout;
}

/**
 * One pool whose runner was closed, with its workers empty and waiting: starting a worker takes ten times as long as
 * trying a script in it. It keeps no process alive and ends with this one.
 */
let kept: Kept | null = null;

export function takeKept(key: string, outside: Outside): WorkerPool | null {
  if (kept === null || kept.key !== key) return null;
  const { pool, timer } = kept;
  kept = null;
  clearTimeout(timer);
  if (pool.wake(outside)) return pool;
  void pool.close();
  return null;
}

export async function keep(key: string, pool: WorkerPool): Promise<void> {
  const before = kept;
  kept = null;
  if (before !== null) {
    clearTimeout(before.timer);
    await before.pool.close();
  }
  if (!pool.rest()) return pool.close();
  const timer = setTimeout(() => void closeKept(), KEPT_MS);
  timer.unref();
  kept = { key, pool, timer };
}

/** Ends what is kept, for those who must leave nothing behind. */
export async function closeKept(): Promise<void> {
  const last = kept;
  kept = null;
  if (last === null) return;
  clearTimeout(last.timer);
  await last.pool.close();
}
