import type { UserFinding } from '#domain/diagnostics/user-finding.ts';
import type { AccountState } from '#domain/migration/account.ts';
import type { LegacyKey } from '#domain/profile/legacy-user.ts';

/** `skipped`: the rehearsal could not or was told not to try; never a silent gap. */
export type OutcomeStatus = 'ok' | 'failed' | 'skipped';

export type { UserFinding } from '#domain/diagnostics/user-finding.ts';

/**
 * What became of one legacy user in one phase of a trial. Exactly one per user and phase, so that
 * expected = done + remaining and done = ok + failed + skipped hold by construction.
 */
export interface UserOutcome {
  /** 0-based position in the users query's order. */
  readonly position: number;
  readonly key: LegacyKey;
  readonly legacyId: string | null;
  readonly phase: 'lazy' | 'bulk';
  readonly status: OutcomeStatus;
  /** Catalog code of the one cause that decided a failed or skipped outcome; null for ok. */
  readonly cause: string | null;
  readonly state: AccountState;
  readonly findings: readonly UserFinding[];
  readonly cohorts: Cohorts;
  /** Milliseconds of script time; 0 in bulk. Left out of comparisons. */
  readonly ms: number;
}

/** What coverage can be split by. Values are labels, not data of one person. */
export interface Cohorts {
  readonly hashFormat: string;
  /** `under-30-days`, `30-90-days`, `90-365-days`, `over-1-year`, `never`, `unknown`. */
  readonly lastLogin: string;
  readonly emailDomain: string;
}
