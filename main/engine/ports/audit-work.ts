import type { AuditGroup, FileKnowledge, LegacyPerson, TenantUser } from '#domain/audit/audit-user.ts';
import type { AuditRules } from '#domain/audit/classify.ts';
import type { PeopleTally } from '#domain/audit/people-tally.ts';
import type { Selection } from '#domain/audit/selection.ts';
import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import type { ColumnNames } from '#domain/audit/export-columns.ts';
import type { ExportRules } from '#domain/audit/tenant-record.ts';

export type ExportFormat = 'ndjson' | 'csv';

export interface ExportRequest {
  /** Absolute paths. */
  readonly files: readonly string[];
  /** Null: told by the text. */
  readonly format: ExportFormat | null;
  readonly columns: ColumnNames;
  readonly rules: ExportRules;
}

/** lines = users + otherConnections + broken. Blank lines and a CSV's heading are none. */
export interface ExportFile {
  readonly path: string;
  readonly format: ExportFormat;
  readonly gzip: boolean;
  readonly lines: number;
  readonly users: number;
  readonly otherConnections: number;
  readonly broken: number;
  readonly knowledge: FileKnowledge;
}

export interface BrokenLine {
  readonly file: number;
  readonly line: number;
  readonly reason: string;
}

export interface ExportSummary {
  readonly files: readonly ExportFile[];
  /** The first ones; the files have the counts. */
  readonly broken: readonly BrokenLine[];
}

/** Bytes read of all bytes on disk. */
export type ReportBytes = (done: number, expected: number) => void;

/** Where one person stood: the state and its code as one text. */
export interface PersonMark {
  readonly key: LegacyKey | null;
  readonly legacyId: string | null;
  readonly tenantId: string | null;
  readonly mark: string;
}

export interface PersonChange extends Omit<PersonMark, 'mark'> {
  readonly from: string | null;
  readonly to: string | null;
}

export interface EarlierList {
  readonly generatedAt: string;
  readonly project: string;
  readonly people: number;
}

/** Is told people one by one. */
export type VisitGroup = (group: AuditGroup) => void;

/**
 * Brings the two sides of an audit together on disk: memory does not grow with their size. First both sides are
 * filled, in any order and at once; then come `count`, or `people` as often as wanted, one after the other. A tenant
 * user belongs to the legacy user with its id, else to one with its e-mail address, else to one with its username.
 */
export interface AuditWork {
  addLegacy(people: Iterable<LegacyPerson>): void;
  addTenant(users: Iterable<TenantUser>): void;
  /** Reads user exports beside the caller. Faults: `input-invalid` for files that are no export, `cancelled`. */
  readExports(request: ExportRequest, report: ReportBytes, signal: AbortSignal): Promise<ExportSummary>;
  /**
   * Tells every person of both sides once, in no order that means anything. Goes in steps of a few thousand people, and
   * each is synchronous: callers take breaks between them.
   */
  people(visit: VisitGroup): IterableIterator<void>;
  /**
   * Counts every person of both sides, on two threads where the exports were read on one of their own, and to the same
   * end as somebody who counts what `people` tells. Takes breaks itself. Faults: `cancelled`.
   */
  count(
    rules: AuditRules,
    selection: Selection,
    report: (done: number) => void,
    signal: AbortSignal,
  ): Promise<PeopleTally>;
  /**
   * Reads the list of an earlier audit, to compare this one with it. Faults: `input-invalid` where it is no such
   * list, or one that leaves people out.
   */
  readEarlier(path: string, signal: AbortSignal): Promise<EarlierList>;
  /** Tells where a person stands now; only after `readEarlier`. */
  noteNow(person: PersonMark): void;
  /** Everybody whose mark differs from the earlier one, or who is on one side only. */
  changes(): IterableIterator<PersonChange>;
  /** Records with a user id that had come before, the later one counts; complete after `people` or `count`. */
  repeated(): number;
  /** Ends what still runs and deletes everything from the disk. */
  close(): Promise<void>;
}

/** `files`: exports that will be read. Faults: `input-invalid` where one is missing, `replica-unwritable`. */
export type OpenAuditWork = (expected: {
  readonly legacyUsers: number;
  readonly files: readonly string[];
}) => AuditWork;
