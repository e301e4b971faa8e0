import { setTimeout as sleep } from 'node:timers/promises';

/** Ends a server that nobody uses. Neither a page nor a running trial must have been there for `idleMs`. */
export function watchIdle(
  idleMs: number,
  inUse: () => Promise<boolean>,
  onIdle: () => void,
): { stop(): void } {
  if (idleMs === 0) return { stop: () => undefined };
  const stopped = new AbortController();
  const everyMs = Math.min(15_000, Math.max(20, idleMs / 10));
  const watch = async () => {
    let usedAt = performance.now();
    while (performance.now() - usedAt < idleMs) {
      await sleep(everyMs, undefined, { signal: stopped.signal });
      if (await inUse()) usedAt = performance.now();
    }
    onIdle();
  };
  watch().catch(() => undefined);
  return { stop: () => stopped.abort() };
}
