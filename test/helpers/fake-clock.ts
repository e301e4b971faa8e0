import type { Clock } from '#engine/ports/clock.ts';

/** A clock that stands still but for sleeping, which takes no time. */
export function fakeClock(startMs = Date.UTC(2026, 0, 1)): Clock & { advance(ms: number): void } {
  let now = startMs;
  return {
    now: () => now,
    ticks: () => now - startMs,
    sleep: async (ms) => {
      now += ms;
    },
    advance: (ms) => {
      now += ms;
    },
  };
}
