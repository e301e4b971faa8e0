import { setImmediate } from 'node:timers/promises';

/** From now on until it is called: what was rejected and handled by nobody. */
export function unhandledRejections(): () => Promise<readonly unknown[]> {
  const seen: unknown[] = [];
  const note = (reason: unknown): void => void seen.push(reason);
  process.on('unhandledRejection', note);
  return async () => {
    // Node tells of them once all that was to follow at once has followed.
    await setImmediate();
    process.off('unhandledRejection', note);
    return seen;
  };
}
