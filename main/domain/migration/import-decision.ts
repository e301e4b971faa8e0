import type { UserFinding } from '#domain/diagnostics/user-finding.ts';
import type { MigrationEvent } from '#domain/migration/events.ts';
import type { ImportRefusal } from '#domain/migration/import-errors.ts';

/** What became of one record of an import job. */
export interface ImportDecision {
  readonly events: readonly MigrationEvent[];
  readonly result: 'inserted' | 'updated' | 'failed';
  /** Empty unless failed. The first one is the cause. */
  readonly refusals: readonly ImportRefusal[];
  readonly findings: readonly UserFinding[];
}
