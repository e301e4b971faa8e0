import type { Account } from '#domain/migration/account.ts';
import type { MigrationEvent } from '#domain/migration/events.ts';
import type { OutcomeStatus, UserOutcome } from '#domain/migration/outcome.ts';
import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import type { ImportJob, ImportJobError } from '#domain/migration/import-job.ts';

export type Phase = 'lazy' | 'bulk';

/** Where a phase stands. Written in the same transaction as the batch it follows. */
export interface Checkpoint {
  readonly phase: Phase;
  /** Key of the last legacy user done; null before the first. */
  readonly after: LegacyKey | null;
  /** Legacy users done so far in this phase. */
  readonly done: number;
  readonly finished: boolean;
}

export interface PhaseCounts {
  readonly done: number;
  readonly ok: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Case-insensitive lookups among accounts that the user store would find; `partial` rows only by `withPartial`. */
export interface AccountLookup {
  byUserId(userId: string): Account | null;
  byEmail(email: string): Account | null;
  byUsername(username: string): Account | null;
  byPhone(phoneNumber: string): Account | null;
}

/** One open transaction. Nothing outlives it; leaving by an exception rolls everything back. */
export interface ReplicaBatch extends AccountLookup {
  apply(event: MigrationEvent, atMs: number, legacyPosition: number | null): void;
  outcome(outcome: UserOutcome): void;
  job(job: ImportJob): void;
  jobError(jobId: string, error: ImportJobError): void;
  checkpoint(checkpoint: Checkpoint): void;
}

export interface OutcomeFilter {
  readonly phase?: Phase;
  readonly status?: OutcomeStatus;
  readonly cause?: string;
  readonly findingCode?: string;
  readonly cohort?: { readonly by: 'hashFormat' | 'lastLogin' | 'emailDomain'; readonly value: string };
  readonly state?: string;
}

export interface CountRow {
  readonly value: string;
  readonly total: number;
  readonly ok: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The SQLite file of one trial. One writer; readers may open it beside. Synchronous on purpose: batches are bounded. */
export interface Replica extends AccountLookup {
  /** Runs `work` in one immediate transaction. */
  batch<T>(work: (batch: ReplicaBatch) => T): T;
  checkpoint(phase: Phase): Checkpoint | null;
  counts(phase: Phase): PhaseCounts;
  /** Outcomes split by one cohort, biggest first, at most `limit` values; the rest summed under `(other)`. */
  coverageBy(
    phase: Phase,
    by: 'hashFormat' | 'lastLogin' | 'emailDomain' | 'state',
    limit: number,
  ): readonly CountRow[];
  /** Causes of failed and skipped outcomes with counts, biggest first. */
  causes(
    phase: Phase,
  ): readonly { readonly cause: string; readonly status: OutcomeStatus; readonly users: number }[];
  /** Codes of all findings (warnings included) with the number of users that have them. */
  findingCodes(phase: Phase): readonly { readonly code: string; readonly users: number }[];
  /** Outcomes in position order after `afterPosition` (-1: from the start), at most `limit`. */
  outcomes(filter: OutcomeFilter, afterPosition: number, limit: number): readonly UserOutcome[];
  outcomesOf(key: LegacyKey): readonly UserOutcome[];
  jobs(): readonly ImportJob[];
  jobErrors(jobId: string, afterIndex: number, limit: number): readonly ImportJobError[];
  tenantLogCounts(): readonly { readonly log: string; readonly count: number }[];
  accountCount(): number;
  setMeta(name: string, value: string): void;
  meta(name: string): string | null;
  /** One digest per table over everything but durations and dates of the run: equal for equal rehearsals. */
  contentDigests(): Readonly<Record<string, string>>;
  close(): void;
}

export interface ReplicaOpener {
  /** Creates or opens the file, upgrading older schemas. Throws a `Fault` (`replica-unwritable`, `replica-newer`, `replica-damaged`). */
  open(path: string): Replica;
  /** Opens for reading only; never blocks the writer. */
  openReadOnly(path: string): Replica;
}
