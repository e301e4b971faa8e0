import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { FieldMapping, LegacyRow } from '#domain/profile/legacy-user.ts';
import type { LegacyStore, ReadOptions, TableInfo } from '#engine/ports/legacy-store.ts';

interface Judged {
  /** 0..1; below 0.5 it is a guess. */
  readonly confidence: number;
  readonly reason: string;
}

export interface MappingProposal {
  /** The users table, or null where none looks like one. */
  readonly table: (Judged & { readonly table: string }) | null;
  /** Other tables that could be it, best first. */
  readonly alternatives: readonly (Judged & { readonly table: string })[];
  readonly fields: Readonly<Partial<Record<keyof FieldMapping, Judged & { readonly column: string }>>>;
  /** The pagination key, or null where nothing unique was found. */
  readonly key: (Judged & { readonly columns: readonly string[] }) | null;
  readonly findings: readonly Diagnostic[];
}

export interface LegacyInspection {
  readonly tables: readonly TableInfo[];
  readonly proposal: MappingProposal;
  /** Some rows of the proposed table. */
  readonly rows: readonly LegacyRow[];
}

/** What to propose for: the likeliest table, a named one, or what the users query gives. */
export type InspectionSubject =
  | { readonly kind: 'any' }
  | { readonly kind: 'table'; readonly table: string }
  | { readonly kind: 'query' };

/** Reads the schema and some rows, and proposes how users map. Rejects with a `Fault`. */
export type InspectLegacy = (
  store: LegacyStore,
  subject: InspectionSubject,
  options?: ReadOptions,
) => Promise<LegacyInspection>;

/** A setting of `userferry.json` with its old and new value; null: absent. */
export interface SettingEdit {
  readonly setting: string;
  readonly from: string | readonly string[] | null;
  readonly to: string | readonly string[] | null;
}

/**
 * Edits the settings file in place, all changes or none, leaving everything else of the text as it is. Answers
 * the file's name. Faults: `input-invalid` where a setting is not `from`, `project-unwritable`, `project-busy`.
 */
export type EditSettings = (folder: string, edits: readonly SettingEdit[]) => Promise<string>;
