import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { LegacyKey, LegacyRow } from '#domain/profile/legacy-user.ts';

export const LEGACY_ENGINES = [
  'postgresql',
  'mysql',
  'sqlserver',
  'oracle',
  'sqlite',
  'csv',
  'ndjson',
] as const;
export type LegacyEngine = (typeof LEGACY_ENGINES)[number];

export interface ColumnInfo {
  readonly name: string;
  /** The engine's own type name, lower case. */
  readonly type: string;
  readonly nullable: boolean;
  /** 1-based position in the primary key, or null. */
  readonly primaryKey: number | null;
  readonly unique: boolean;
}

export interface TableInfo {
  /** Schema-qualified where the engine has schemas. */
  readonly name: string;
  readonly kind: 'table' | 'view';
  readonly columns: readonly ColumnInfo[];
  /** From the engine's statistics; null where it has none. */
  readonly estimatedRows: number | null;
}

/** A row that arrived, or the fact that the row after `key` could not be read. */
export type LegacyRecord =
  | { readonly kind: 'row'; readonly key: LegacyKey; readonly row: LegacyRow }
  | { readonly kind: 'unreadable'; readonly key: LegacyKey; readonly reason: string };

export interface LegacyPage {
  readonly records: readonly LegacyRecord[];
  /** Where the next page starts; null after the last record. */
  readonly next: LegacyKey | null;
}

export interface ReadOptions {
  readonly signal?: AbortSignal;
}

/**
 * The legacy users, in one stable order, page after page. Opened read-only wherever the engine allows it.
 * Every method rejects with a `Fault` (`legacy-unreachable`, `legacy-denied`, `legacy-query`): never with a
 * driver's own error, and never with a secret in its text.
 */
export interface LegacyStore {
  readonly engine: LegacyEngine;
  /** Whether the session was made read-only by the engine itself, and how; for reports. */
  readonly readOnly: { readonly enforced: boolean; readonly how: string };
  /** What is worth knowing about the source as a whole; complete once the first page was read. */
  readonly findings?: readonly Diagnostic[];
  /** Server product and version as it names itself. */
  version(): Promise<string>;
  tables(options?: ReadOptions): Promise<readonly TableInfo[]>;
  /** Column names of the users query, in order. */
  columns(options?: ReadOptions): Promise<readonly string[]>;
  /** Exact number of rows the users query gives now. */
  count(options?: ReadOptions): Promise<number>;
  /** At most `limit` records after `after` (null: from the start). A row that cannot be read is a record too. */
  page(after: LegacyKey | null, limit: number, options?: ReadOptions): Promise<LegacyPage>;
  /** Key of the record that comes `rows` (1 or more) after `after`; null where there are fewer. Reads keys only. */
  keyAfter(after: LegacyKey | null, rows: number, options?: ReadOptions): Promise<LegacyKey | null>;
  /** The row with this key, or null. For `try` and "explain this user". */
  find(key: LegacyKey, options?: ReadOptions): Promise<LegacyRow | null>;
  /**
   * Records in which one of the columns holds the text, upper and lower case set aside as far as the database can:
   * at most `limit`. Absent where only reading everything can tell.
   */
  withText?(
    columns: readonly string[],
    text: string,
    limit: number,
    options?: ReadOptions,
  ): Promise<readonly LegacyRecord[]>;
  /** First rows of any table, for mapping previews: at most `limit`. */
  sample(table: string, limit: number, options?: ReadOptions): Promise<readonly LegacyRow[]>;
  close(): Promise<void>;
}
