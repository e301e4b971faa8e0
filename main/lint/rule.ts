import type { AnyNode } from 'acorn';
import { type DiagnosticCode, diagnostic } from '#domain/diagnostics/catalog.ts';
import type { SharedCode } from '#domain/diagnostics/shared-codes.ts';
import type { Diagnostic, Severity } from '#domain/diagnostics/diagnostic.ts';
import type { Slot } from '#domain/migration/slots.ts';
import type { LintInput } from '#engine/ports/script-linter.ts';
import type { ScriptModel } from '#lint/script-model.ts';

export type { LintInput } from '#engine/ports/script-linter.ts';

/** What only the text shows, and what a run shows under the same code. */
export type LintCode = Extract<DiagnosticCode, `lint.${string}`> | SharedCode;

export interface Extra {
  readonly notes?: readonly string[];
  /** Replaces the severity of the catalog where this case is known to be milder. */
  readonly severity?: Severity;
}

export type Report = (code: LintCode, at: AnyNode | Position, message: string, extra?: Extra) => void;

/** 1-based line, 0-based column, as the parser counts. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Looks at a whole script and reports what it finds. */
export type Rule = (script: ScriptModel, report: Report, input: LintInput) => void;

export function lintDiagnostic(
  slot: Slot,
  code: LintCode,
  at: AnyNode | Position,
  message: string,
  { notes, severity }: Extra = {},
): Diagnostic {
  const { line, column } = 'type' in at ? at.loc!.start : at;
  const place = { kind: 'script', slot, line, column: column + 1 } as const;
  const found = diagnostic(code, message, { place, ...(notes === undefined ? {} : { notes }) });
  return severity === undefined ? found : { ...found, severity };
}
