import { runtime, wallClock } from '../runtime.ts';

/** `performance`: a clock and marks that nobody reads. */
export const performanceObject = {
  now: () => wallClock() - runtime.startedAt,
  timeOrigin: 0,
  mark(): void {},
  measure(): void {},
  clearMarks(): void {},
  clearMeasures(): void {},
  getEntries: () => [],
  getEntriesByName: () => [],
  getEntriesByType: () => [],
  markResourceTiming(): void {},
  toJSON: () => ({}),
};
