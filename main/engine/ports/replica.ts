import type { Account } from '#domain/migration/account.ts';
import type { Identifiers } from '#domain/migration/account-facts.ts';
import type { MigrationEvent } from '#domain/migration/events.ts';
import type { OutcomeStatus, UserOutcome } from '#domain/migration/outcome.ts';
import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import type { ImportJob, ImportJobError } from '#domain/migration/import-job.ts';
import type { CoverageReader, Evidence, PersonReader } from '#engine/ports/replica-coverage.ts';

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

/**
 * Case-insensitive lookups among accounts that the user store would find. Rows of interrupted creations
 * (`partial`) are invisible to the `by…` methods, as they are to a tenant's searches, yet a creation collides
 * with them: whoever creates an account asks the `partialBy…` methods too.
 */
export interface AccountLookup {
  byUserId(userId: string): Account | null;
  byEmail(email: string): Account | null;
  byUsername(username: string): Account | null;
  byPhone(phoneNumber: string): Account | null;
  partialByUserId(userId: string): Account | null;
  partialByEmail(email: string): Account | null;
  partialByUsername(username: string): Account | null;
  /** Whether a deletion left this id behind as `deleted` (import on), and nobody has come back under it since. */
  wasDeleted(userId: string): boolean;
}

export interface StoredAccounts extends AccountLookup {
  /** Whether no account of any state has one of these identifiers: one look-up instead of seven for a new user. */
  hasNone(identifiers: Identifiers): boolean;
}

/** One open transaction. Nothing outlives it; leaving by an exception rolls everything back. */
export interface ReplicaBatch extends StoredAccounts {
  apply(event: MigrationEvent, atMs: number, legacyPosition: number | null): void;
  /** `evidence` is what coverage goes by; without it the user is in no cohort but the outcome's own. */
  outcome(outcome: UserOutcome, evidence?: Evidence): void;
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

/** What an outcome says and about whom, without the rest: what comparisons read. */
export interface Verdict {
  readonly position: number;
  readonly key: LegacyKey;
  readonly legacyId: string | null;
  /** Null means ok. */
  readonly cause: string | null;
}

export interface CountRow {
  readonly value: string;
  readonly total: number;
  readonly ok: number;
  readonly failed: number;
  readonly skipped: number;
}

/** An account as it stands in the file; its credential stays there. */
export interface StoredAccount {
  /** Order of creation; pages go on after it. */
  readonly number: number;
  readonly createdMs: number;
  readonly account: Omit<Account, 'credential'>;
}

/** The SQLite file of one trial. One writer; readers may open it beside. Synchronous on purpose: batches are bounded. */
export interface Replica extends StoredAccounts, CoverageReader, PersonReader {
  /**
   * Runs `work` in one immediate transaction. A batch that writes outcomes of a phase also sets the checkpoint of
   * that phase, and its `done` has to be the number of outcomes there are: anything else is a bug and is refused.
   */
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
  /**
   * Outcomes in position order after `afterPosition` (-1: from the start), at most `limit`. Without a `phase`
   * the two outcomes of a position are never split between pages, so that one more than `limit` may come.
   */
  outcomes(filter: OutcomeFilter, afterPosition: number, limit: number): readonly UserOutcome[];
  /** How many outcomes the filter, which names a phase, lets through. */
  outcomeCount(filter: OutcomeFilter & { readonly phase: Phase }): number;
  /** Position of the outcome that comes `rows` (1 or more) after `afterPosition` within the filter, or null. */
  positionAfter(
    filter: OutcomeFilter & { readonly phase: Phase },
    afterPosition: number,
    rows: number,
  ): number | null;
  outcomesOf(key: LegacyKey): readonly UserOutcome[];
  /** Failed and skipped outcomes in position order, read page by page: the replica stays usable meanwhile. */
  rejects(phase: Phase): IterableIterator<UserOutcome>;
  /** Failed and skipped outcomes after a position, one page of them. */
  rejectsAfter(phase: Phase, afterPosition: number, limit: number): readonly UserOutcome[];
  /** As `outcomes` of one phase, but light. */
  verdicts(phase: Phase, afterPosition: number, limit: number): readonly Verdict[];
  jobs(): readonly ImportJob[];
  jobErrors(jobId: string, afterIndex: number, limit: number): readonly ImportJobError[];
  tenantLogCounts(): readonly { readonly log: string; readonly count: number }[];
  accountCount(): number;
  /** Accounts with a `number` over `after` (0: from the start), those deleted or half-created included. */
  accounts(after: number, limit: number): readonly StoredAccount[];
  setMeta(name: string, value: string): void;
  meta(name: string): string | null;
  /** One digest per table over everything but durations and dates of the run: equal for equal rehearsals. */
  contentDigests(): Readonly<Record<string, string>>;
  /** The same, yielding after some thousands of rows. Nothing else may be asked of this replica meanwhile. */
  contentDigestSteps(): Generator<undefined, Readonly<Record<string, string>>>;
  close(): void;
}

/** A replica that takes the users of a bulk phase. */
export interface LoadedReplica extends Replica {
  /** Builds the indexes that were left for the end, one a step; the phase must not be finished before. */
  buildSteps(): Generator<undefined, void>;
}

export interface ReplicaOpener {
  /**
   * Creates or opens the file, upgrading older schemas. Throws a `Fault` (`replica-unwritable`, `replica-newer`,
   * `replica-damaged`, and `project-busy` while another writer has it open).
   */
  open(path: string): Replica;
  /**
   * A second connection for the bulk phase of whoever has the file open for writing, and who must not write until it
   * is closed. Where nothing is in the file yet, or such a load was interrupted, most indexes are left for the end;
   * accounts are found without them, in memory that depends on `expected`, the number of users.
   */
  openForLoad(path: string, expected: number): LoadedReplica;
  /** Opens for reading only; never blocks the writer. Also throws `trial-missing` where there is no file. */
  openReadOnly(path: string): Replica;
}
