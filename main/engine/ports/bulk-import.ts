import type { Assumptions } from '#domain/assumptions.ts';
import type { UserFinding } from '#domain/diagnostics/user-finding.ts';
import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import type { PhaseCounts } from '#engine/ports/replica.ts';

/** What decides how an import goes, besides the users. */
export interface BulkImportRules {
  readonly connection: string;
  readonly upsert: boolean;
  /** True in the second phase of a mixed trial. */
  readonly afterOtherPhase: boolean;
  readonly assumptions: Assumptions;
  readonly createdAtMs: number;
}

/** Users of which those in a file were imported by it; those without a file are kept out. */
export interface PartFile {
  readonly users: number;
  readonly file: {
    readonly jobId: string;
    readonly name: string;
    readonly bytes: number;
    readonly records: number;
  } | null;
}

/**
 * Mapped and checked users on the way to the replica, a column for each thing that is known of them: it goes from one
 * thread to another, and a million objects would cost more than what is done with them.
 */
export interface ImportPart {
  /** Position of the first user; the others follow. */
  readonly position: number;
  /** JSON of each user's legacy key. */
  readonly keys: readonly string[];
  readonly legacyIds: readonly (string | null)[];
  /** NaN where the row could not be read. */
  readonly marks: Float64Array;
  /** For each user the number of traits, and their numbers. */
  readonly traits: Int32Array;
  /** Attributes and values, in turns, for the numbers that follow those given so far. */
  readonly newTraits: readonly string[];
  /** Whether the numbers of traits begin again from 0. */
  readonly traitsAnew: boolean;
  readonly findings: readonly (readonly [index: number, readonly UserFinding[]])[];
  /** Users that were kept out of the files, with the code that says why. */
  readonly keptOut: readonly (readonly [index: number, code: string])[];
  /** JSON of each record, secrets included; null where the user is kept out. */
  readonly records: readonly (string | null)[];
  readonly files: readonly PartFile[];
  readonly checkpoint: { readonly after: LegacyKey | null; readonly done: number };
}

/**
 * Writes the users of a bulk phase, in the order of its calls. Faults as the replica's; after one, nothing more
 * is taken.
 */
export interface BulkImport {
  /** Commits the part, whole or not at all. */
  add(part: ImportPart): Promise<PhaseCounts>;
  /** Builds what was left for the end, and marks the phase as finished. */
  finish(checkpoint: ImportPart['checkpoint']): Promise<PhaseCounts>;
  /** Ends with the part that is being written. */
  close(): Promise<void>;
}

/** `expected` users at most; more are slower. The replica stays open for reading beside. */
export type OpenBulkImport = (replica: string, expected: number, rules: BulkImportRules) => BulkImport;
