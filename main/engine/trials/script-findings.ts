import { scriptFailure } from '#domain/migration/script-result.ts';
import { scriptEndingCode } from '#domain/migration/script-ending.ts';
import type { Slot } from '#domain/migration/slots.ts';
import type { UserFinding } from '#domain/migration/outcome.ts';
import type { ScriptRun } from '#engine/ports/script-runner.ts';
import type { Cause } from '#engine/trials/outcomes.ts';

/** What was noticed while a script ran, named by slot and line. */
export function scriptFindings(slot: Slot, run: ScriptRun): UserFinding[] {
  return run.findings.map(({ code, line }) => ({
    code,
    detail: slot,
    ...(line === undefined ? {} : { line }),
  }));
}

/** Why a run is a failure whatever the user: it broke, or called back an error. Null where it called back. */
export function runFailure(slot: Slot, run: ScriptRun): Cause | null {
  const failure = scriptFailure(slot, asFacts(run), 'f');
  if (failure === null) return null;
  const line = run.error?.line;
  return {
    status: 'failed',
    code:
      run.ending === 'called-back-error' ? failure.cause : (scriptEndingCode(run.ending) ?? failure.cause),
    detail: failure.detail,
    ...(line === undefined ? {} : { line }),
  };
}

/** A run as the deciders take it. */
export function asFacts(run: ScriptRun): Parameters<typeof scriptFailure>[1] {
  return { ending: run.ending, value: run.value, error: run.error };
}
