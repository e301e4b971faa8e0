import type { Attempt } from '#contract/scripts.ts';
import { diagnostic, type DiagnosticCode } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { Slot } from '#domain/migration/slots.ts';
import type { ScriptFinding, ScriptRun } from '#engine/ports/script-runner.ts';

/** A run as the contract shows it: findings become diagnostics with their place in the script. */
export function toAttempt(slot: Slot, run: ScriptRun, more: readonly ScriptFinding[] = []): Attempt {
  const {
    statementCount: _s,
    connectionCount: _c,
    passwordChecks: _p,
    lostConnection: _l,
    findings,
    ...shown
  } = run;
  return structuredClone({
    slot,
    ...shown,
    diagnostics: [...findings, ...more].map(
      (finding): Diagnostic =>
        diagnostic(finding.code as DiagnosticCode, finding.message, {
          place: {
            kind: 'script',
            slot,
            ...(finding.line === undefined ? {} : { line: finding.line }),
            ...(finding.column === undefined ? {} : { column: finding.column }),
          },
        }),
    ),
  }) as Attempt;
}
