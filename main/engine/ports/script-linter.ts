import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { Slot } from '#domain/migration/slots.ts';
import type { HookPoint } from '#domain/pipeline/triggers.ts';

export interface LintInput {
  readonly slot: Slot;
  readonly text: string;
  /** `enable_script_context` of the connection. */
  readonly withContext: boolean;
  /** Names that `configuration` defines; null where they are not known. */
  readonly configurationNames: readonly string[] | null;
  readonly requiresUsername: boolean;
  readonly importMode: boolean;
  /** Version that the tenant runs scripts on. */
  readonly nodeVersion: 18 | 22;
}

export interface LintFinding {
  readonly diagnostic: Diagnostic;
  /** The line of the script that it is about. Texts in it are blanked out where one of them is a secret. */
  readonly source: string | null;
}

/** A Rule, or a Hook by its point. */
export interface OldCode {
  readonly kind: 'rule' | HookPoint;
  /** Relative to the project. */
  readonly path: string;
  readonly text: string;
}

/** Reads scripts without running them. Never throws for what is in a script. */
export interface ScriptLinter {
  lint(input: LintInput): readonly LintFinding[];
  /** Of the names that a connection defines, those that none of its scripts reads; none if that cannot be told. */
  unusedConfiguration(texts: readonly string[], names: readonly string[]): readonly string[];
  /** What replaces each construct of a Rule or Hook in an Action. */
  oldCode(code: OldCode): readonly LintFinding[];
}
