import type { Scene } from './scene.ts';
import { AUDIT, EXPORT, PLAN, REPORT, REST } from './scenes-decision.ts';
import { HOME, LEGACY, SCRIPTS, TRIALS } from './scenes-rehearsal.ts';

/** In the order of a walk: each scene starts where the last one left off. */
export const SCENES: readonly Scene[] = [
  ...HOME,
  ...LEGACY,
  ...SCRIPTS,
  ...TRIALS,
  ...REPORT,
  ...PLAN,
  ...AUDIT,
  ...EXPORT,
  ...REST,
];
