export interface WatchdogData {
  readonly shared: Int32Array;
  /** For the process itself and one script that takes all it may; each isolate adds to it. */
  readonly residentLimitBytes: number;
  readonly isolateBytes: number;
  readonly stuckMs: number;
  readonly periodMs: number;
}

/**
 * The whole program of the watchdog's thread. It is handed over as text and therefore stands alone: a thread that loads
 * a file of its own keeps another 15 MB for reading TypeScript.
 */
export function watch(): void {
  const { writeSync } = process.getBuiltinModule('node:fs');
  const { parentPort, workerData } = process.getBuiltinModule('node:worker_threads');
  const { shared, residentLimitBytes, isolateBytes, stuckMs, periodMs } = workerData as WatchdogData;
  const STDERR = 2;
  let turn = 0;
  let since = performance.now();
  let told = false;

  /** stderr belongs to this thread alone, so lines never mix with frames. */
  function say(kind: 'memory' | 'stuck'): void {
    try {
      writeSync(STDERR, `${kind} ${shared[0]} ${shared[1]} ${shared[3]}\n`);
    } catch {
      // The engine is gone or does not read; what follows does not depend on it.
    }
  }

  setInterval(() => {
    if (process.memoryUsage.rss() > residentLimitBytes + Atomics.load(shared, 4) * isolateBytes) {
      say('memory');
      process.kill(process.pid, 'SIGKILL');
    }
    const now = Atomics.load(shared, 2);
    if (now !== turn) {
      turn = now;
      since = performance.now();
      told = false;
    } else if (turn % 2 === 1 && !told && performance.now() - since > stuckMs) {
      told = true;
      say('stuck');
    }
  }, periodMs);

  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window's
  parentPort?.postMessage('ready');
}
