import type { ExportFormat } from '#contract/proof.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { JsonObject } from '#domain/json.ts';
import type { Slot } from '#domain/migration/slots.ts';
import type { Project } from '#engine/ports/project-store.ts';

/** A marker of the deploy tool in a script: `##NAME##` or `@@NAME@@`. */
export interface ScriptMarker {
  readonly name: string;
  /** 1-based. */
  readonly line: number;
}

/** A script exactly as the project's file holds it, markers standing. */
export interface ScriptSource {
  readonly slot: Slot;
  readonly text: string;
  readonly markers: readonly ScriptMarker[];
}

/** The connection as the project's files hold it: `database.json` without its scripts, and the scripts. */
export interface ConnectionSource {
  readonly file: JsonObject;
  readonly scripts: readonly ScriptSource[];
}

/** A script on its way into an export. */
export interface ExportScript {
  readonly slot: Slot;
  readonly text: string;
  readonly validated: boolean;
}

export interface RenderRequest {
  readonly format: Exclude<ExportFormat, 'import-files'>;
  readonly file: JsonObject;
  readonly scripts: readonly ExportScript[];
  /** The connection as the tenant has it; null where it is not known. */
  readonly current: JsonObject | null;
}

export interface RenderedScript {
  readonly slot: string;
  readonly path: string;
  readonly text: string;
  readonly origin: 'project' | 'generated' | 'tenant';
}

export interface Rendered {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly scripts: readonly RenderedScript[];
  /** Names whose values have to be supplied where the export is used. */
  readonly placeholders: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A file as it is on disk, described for a proof. */
export interface FileFacts {
  readonly path: string;
  readonly bytes: number;
  readonly lines: number;
  readonly sha256: string;
}

/** An export being written beside its place. One of `commit` and `discard` ends it. */
export interface ExportDraft {
  /** `ownerOnly`: nobody else may read it, because it holds password hashes. */
  write(path: string, text: string, ownerOnly?: boolean): Promise<FileFacts>;
  /** Puts the whole folder in its place in one step. */
  commit(): Promise<void>;
  discard(): Promise<void>;
}

export interface FoundFile extends FileFacts {
  /** False: a link or something else that is no plain file. */
  readonly plain: boolean;
  /** SHA-256 with CR LF read as LF, to tell a tool that changes line ends from an edit. */
  readonly sha256WithLf: string;
}

export interface FoundExport {
  /** Text of proof.json; null where there is none. */
  readonly proof: string | null;
  readonly signature: string | null;
  /** Every other file. */
  readonly files: readonly FoundFile[];
}

/** Everything an export needs from the file system. Faults: `input-invalid`, `project-unwritable`. */
export interface ExportPort {
  /** The files of the project's connection, unchanged. */
  connectionSource(project: Project): Promise<ConnectionSource>;
  /** Text of a file below the trial's folder. */
  trialFile(project: string, trial: string, name: string): Promise<string>;
  jsonFile(path: string, what: string): Promise<JsonObject>;
  render(request: RenderRequest): Rendered;
  /** Refuses a folder that holds anything but, with `force`, a previous export. */
  begin(folder: string, force: boolean): Promise<ExportDraft>;
  find(folder: string): Promise<FoundExport>;
  /** Text of the signature file. */
  sign(text: string, keyFile: string): Promise<string>;
  checkSignature(
    text: string,
    signature: string,
    keyFile: string,
  ): Promise<'valid' | 'invalid' | 'other-key'>;
}
