import type { OutcomeStatus } from '#domain/migration/outcome.ts';
import type { Phase } from '#engine/ports/replica.ts';

/** The numbers the schema uses, by place in the list. */
export const PHASES = ['lazy', 'bulk'] as const satisfies readonly Phase[];
export const STATUSES = ['ok', 'failed', 'skipped'] as const satisfies readonly OutcomeStatus[];

export function phaseNumber(phase: Phase): number {
  return PHASES.indexOf(phase);
}

export function statusNumber(status: OutcomeStatus): number {
  return STATUSES.indexOf(status);
}
