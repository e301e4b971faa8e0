import type { ProjectSettings } from '#contract/project-settings.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { LegacyRow } from '#domain/profile/legacy-user.ts';
import type { Slot } from '#domain/migration/slots.ts';

/** A project that this account had open. */
export interface RememberedProject {
  readonly folder: string;
  readonly name: string;
  readonly openedAt: string;
  readonly state: 'there' | 'gone';
}

/** This account's list of projects, newest first. A list that cannot be read counts as empty. Fault: `project-unwritable`. */
export interface RecentProjects {
  list(): Promise<readonly RememberedProject[]>;
  remember(folder: string, name: string, atMs: number): Promise<void>;
  forget(folder: string): Promise<void>;
}

export interface FolderEntry {
  readonly name: string;
  readonly path: string;
  readonly kind: 'folder' | 'project' | 'file';
  readonly bytes: number | null;
  readonly changedAt: string | null;
}

export interface FolderPlace {
  readonly kind: 'home' | 'documents' | 'desktop' | 'downloads' | 'disk' | 'recent';
  readonly name: string;
  readonly folder: string;
}

export interface FolderContents {
  readonly folder: string;
  readonly parent: string | null;
  readonly project: boolean;
  readonly writable: boolean;
  readonly entries: readonly FolderEntry[];
  readonly leftOut: number;
}

/** Folders of this machine, for file dialogs. Faults: `folder-unreadable`, `input-invalid`, `project-unwritable`. */
export interface Folders {
  /** Null: the home folder. */
  list(folder: string | null, hidden: boolean): Promise<FolderContents>;
  /** Places that exist. */
  places(): Promise<readonly FolderPlace[]>;
  make(parent: string, name: string): Promise<string>;
}

export interface SettingsText {
  /** Absolute path. */
  readonly file: string;
  readonly text: string;
  readonly checksum: string;
  readonly settings: ProjectSettings | null;
  readonly diagnostics: readonly Diagnostic[];
}

export interface SettingAt {
  readonly path: readonly string[];
  /** JSON; null takes the setting out. */
  readonly to: unknown;
}

/**
 * The text of `userferry.json`. Faults: `project-missing`, `project-newer`, `project-invalid` (what would be written
 * is no usable settings), `file-changed`, `project-unwritable`.
 */
export interface SettingsFiles {
  read(folder: string): Promise<SettingsText>;
  save(folder: string, text: string, checksum: string): Promise<SettingsText>;
  /** Null: whatever the checksum is. */
  change(folder: string, changes: readonly SettingAt[], checksum: string | null): Promise<SettingsText>;
}

export interface SecretUse {
  readonly name: string;
  readonly set: boolean;
  readonly from: 'environment' | 'file' | 'settings' | null;
  readonly inFile: boolean;
  readonly usedBy: readonly string[];
}

export interface SecretList {
  readonly file: string;
  readonly secrets: readonly SecretUse[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Secrets of a project by name; values only ever go in. Faults: `project-missing`, `project-invalid`, `project-unwritable`. */
export interface SecretFiles {
  list(folder: string): Promise<SecretList>;
  keep(folder: string, name: string, value: string): Promise<SecretList>;
  drop(folder: string, name: string): Promise<SecretList>;
}

export interface SlotFile {
  readonly slot: Slot;
  readonly state: 'there' | 'missing' | 'none';
  readonly file: string | null;
  readonly bytes: number | null;
  readonly checksum: string | null;
  /** The set whose text this is, unchanged. */
  readonly template: string | null;
}

export interface ScriptText {
  readonly slot: Slot;
  readonly file: string;
  readonly text: string | null;
  readonly checksum: string | null;
  readonly bytes: number;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Scripts of a project as they are on the disk, whether they can be used or not. Faults: `project-missing`,
 * `project-invalid`, `file-changed`, `project-unwritable`.
 */
export interface ScriptTexts {
  /** All slots, in their usual order. */
  list(folder: string, connection: string): Promise<readonly SlotFile[]>;
  read(folder: string, slot: Slot): Promise<ScriptText>;
  /** `checksum` is what was read; null: there was no file. */
  save(folder: string, slot: Slot, text: string, checksum: string | null): Promise<ScriptText>;
  /** The text as it would run: markers filled in from the environment and the project's secrets. */
  fill(folder: string, text: string): Promise<string>;
}

export interface ScriptTemplateInfo {
  readonly name: string;
  readonly title: string;
  readonly engine: 'postgresql' | 'mysql' | 'sqlserver' | 'mongodb' | 'ldap' | 'http' | 'none';
  readonly hashes: readonly string[];
  readonly usernames: boolean;
  readonly configuration: readonly string[];
  readonly slots: readonly Slot[];
  readonly testedAgainst: string;
}

/** How passwords are stored, and by how many of the users that were looked at. */
export interface StoredFormat {
  readonly format: string;
  readonly users: number;
}

/** A text to start a slot with. */
export interface StarterScript {
  /** Of the set; null where it is none that can be chosen. */
  readonly name: string | null;
  readonly title: string;
  readonly text: string;
  /** Whether the project's table and columns are filled in. */
  readonly fitted: boolean;
}

export interface ScriptTemplates {
  list(): readonly ScriptTemplateInfo[];
  /** The text that fits a project's database; `formats` as they were seen there, commonest first. */
  starter(
    slot: Slot,
    settings: Pick<ProjectSettings, 'legacy' | 'users' | 'fields'>,
    formats: readonly StoredFormat[],
  ): Promise<StarterScript>;
  /** Fault `input-invalid` for an unknown set. */
  read(name: string, slot: Slot): Promise<string>;
}

export interface NotedExport {
  readonly folder: string;
  readonly format: string;
  readonly madeAt: string;
  readonly validated: boolean;
  readonly signed: boolean;
  readonly trials: readonly string[];
}

export interface ListedExport extends NotedExport {
  readonly there: boolean;
}

/** A project's notes of its exports, newest first. Notes that cannot be read count as none. Fault: `project-unwritable`. */
export interface MadeExports {
  /** `mark`: the file by which a folder is known to be an export still. */
  list(project: string, mark: string): Promise<readonly ListedExport[]>;
  note(project: string, made: NotedExport): Promise<void>;
}

/** What the app needs of this machine's files. */
export interface Workbench {
  readonly recent: RecentProjects;
  readonly folders: Folders;
  readonly settings: SettingsFiles;
  readonly secrets: SecretFiles;
  readonly scripts: ScriptTexts;
  readonly templates: ScriptTemplates;
  readonly exports: MadeExports;
  /** Whether every mapped column exists and, by the rows given, holds what its attribute needs. Pure. */
  readonly checkFields: (
    fields: ProjectSettings['fields'],
    columns: readonly string[],
    rows: readonly LegacyRow[],
  ) => readonly Diagnostic[];
}
