import { EXIT } from '#hosts/cli/exit-code.ts';

/** A terminal and the launcher can both deliver one press; presses this close together are one. */
const SAME_PRESS_MS = 150;

/** How long the answer of interrupted work may take before another press ends the process over it. */
const ANSWER_MS = 3_000;

/**
 * While work runs: the first Ctrl-C (or SIGTERM) calls `stop`, the second ends the process at once, after `leave`.
 * Call the result when the work is over. After an interruption the answer is still to be written then, so a press
 * that comes late does not cut it off.
 */
export function onInterrupt(stop: () => void, leave: () => void): () => void {
  let firstAt: number | null = null;
  const listener = () => {
    const now = performance.now();
    if (firstAt === null) {
      firstAt = now;
      stop();
    } else if (now - firstAt > SAME_PRESS_MS) {
      leave();
      process.exit(EXIT.interrupted);
    }
  };
  process.on('SIGINT', listener);
  process.on('SIGTERM', listener);
  return () => {
    process.off('SIGINT', listener);
    process.off('SIGTERM', listener);
    if (firstAt === null) return;
    const overAt = performance.now();
    const late = () => {
      if (performance.now() - overAt > ANSWER_MS) process.exit(EXIT.interrupted);
    };
    process.on('SIGINT', late);
    process.on('SIGTERM', late);
  };
}
