import type { Clock } from '#engine/ports/clock.ts';

/** Runs long synchronous work step by step, with a turn for everybody else after each. */
export async function inSteps<T>(steps: Generator<undefined, T>, clock: Clock): Promise<T> {
  try {
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      await clock.sleep(0);
    }
  } finally {
    steps.return(undefined as never);
  }
}
