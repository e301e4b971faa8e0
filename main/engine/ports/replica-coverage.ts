import type { OutcomeStatus, UserOutcome } from '#domain/migration/outcome.ts';
import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import type { ScriptUse } from '#domain/projections/script-uses.ts';
import type { Trait } from '#domain/projections/traits.ts';
import type { MigrationEvent } from '#domain/migration/events.ts';

type Phase = 'lazy' | 'bulk';

/** What is kept of a user beside the outcome, for coverage and for telling that the legacy row changed since. */
export interface Evidence {
  readonly uses: readonly ScriptUse[];
  readonly traits: readonly Trait[];
  /** Null where the row could not be read. */
  readonly mark: number | null;
}

export interface CoverageSum {
  readonly ok: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Users with one value, split by what scripts did: the split adds up to the value's users. */
export interface CoverageValue {
  readonly value: string;
  readonly split: readonly (CoverageSum & { readonly uses: readonly ScriptUse[] })[];
}

/** A user has to have the trait, the status and one of the ways through the scripts; null: whichever. */
export interface CoverageFilter {
  readonly trait: Trait | null;
  readonly status: OutcomeStatus | null;
  readonly ways: readonly (readonly ScriptUse[])[] | null;
}

export interface LogEntry {
  readonly atMs: number;
  readonly log: Extract<MigrationEvent, { type: 'logged' }>['log'];
  readonly userId: string;
  readonly description: string;
}

/** A record of an import file that the job refused. */
export interface RefusedRecord {
  readonly jobId: string;
  readonly file: string;
  /** Number of the record in its file, from 0. */
  readonly index: number;
  readonly errors: readonly { readonly code: string; readonly message: string; readonly path?: string }[];
}

export interface CoverageReader {
  /** Attributes that users were recorded with, with the number of values told apart. */
  readonly attributes: () => readonly { readonly name: string; readonly values: number }[];
  /** All users of a phase by what scripts did. Empty where the trial is older than coverage. */
  readonly usesSplit: (phase: Phase) => CoverageValue['split'];
  /** The values with most users, at most `limit`. */
  readonly coverageOf: (phase: Phase, attribute: string, limit: number) => readonly CoverageValue[];
  /** Everything recorded under the attribute, by what scripts did. */
  readonly coverageSum: (phase: Phase, attribute: string) => CoverageValue['split'];
  /** One value of an attribute; empty where nobody has it. */
  readonly coverageAt: (phase: Phase, attribute: string, value: string) => CoverageValue['split'];
  /** Outcomes of users that fit the filter, in position order after `afterPosition`, at most `limit`. */
  readonly outcomesWith: (
    phase: Phase,
    filter: CoverageFilter,
    afterPosition: number,
    limit: number,
  ) => readonly UserOutcome[];
  /** What was kept of one user; null where the trial is older than that or has no such user. */
  readonly evidenceOf: (phase: Phase, key: LegacyKey) => Evidence | null;
}

/** One user's traces that are not outcomes. */
export interface PersonReader {
  /** Position of the legacy row an account was made from; null where it came another way or is not there. */
  readonly legacyPositionOf: (userId: string) => number | null;
  readonly outcomeAt: (phase: Phase, position: number) => UserOutcome | null;
  /** Entries of the tenant log about a legacy row, in their order. */
  readonly tenantLogOf: (position: number) => readonly LogEntry[];
  /** Records that went into import files for the users before a position. */
  readonly importedBefore: (position: number) => number;
  readonly refusalsOf: (position: number) => readonly RefusedRecord[];
}
