export async function msOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export function secondsOfSync(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

/** Runs a second with so many under way at once, after a warm-up of a fifth of the time. */
export async function rateOf(
  inFlight: number,
  seconds: number,
  run: () => Promise<unknown>,
): Promise<number> {
  await countFor(inFlight, seconds / 5, run);
  const start = performance.now();
  const done = await countFor(inFlight, seconds, run);
  return (done / (performance.now() - start)) * 1000;
}

/** Runs until so many seconds are over; those that were under way then count as well. */
async function countFor(inFlight: number, seconds: number, run: () => Promise<unknown>): Promise<number> {
  let done = 0;
  // Each lane looks at the clock itself: work that never waits for anything would not let a timer come.
  const end = performance.now() + seconds * 1000;
  const lane = async (): Promise<void> => {
    while (performance.now() < end) {
      await run();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return done;
}
