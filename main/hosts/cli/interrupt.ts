import { EXIT } from '#hosts/cli/exit-code.ts';

/** A terminal and the launcher can both deliver one press; presses this close together are one. */
const SAME_PRESS_MS = 150;

/**
 * While work runs: the first Ctrl-C (or SIGTERM) calls `stop`, the second ends the process at once, after `leave`.
 * Call the result to give the signals back.
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
  };
}
