import type { FlowDecision } from '#domain/migration/flow.ts';
import type { UserFinding } from '#domain/migration/outcome.ts';
import type { LazyRuns } from '#engine/trials/lazy-runs.ts';
import type { Cause } from '#engine/trials/outcomes.ts';
import { runFailure, scriptFindings } from '#engine/trials/script-findings.ts';

/** Ways in which login says "not these credentials". */
const REFUSALS: ReadonlySet<string> = new Set([
  'state.wrong-password',
  'state.unknown-user',
  'state.login-without-profile',
]);

/**
 * The cause of a login that failed, or null. A refusal of the right password is the script's fault only where the
 * rehearsal could answer every comparison: a digest that was really computed says nothing about the script.
 */
export function loginVerdict(decision: FlowDecision, runs: LazyRuns): Cause | null {
  if (decision.outcome.status === 'ok') return null;
  const { cause, detail } = decision.outcome;
  const run = runs.login;
  if (run !== null && run.ending !== 'called-back' && run.ending !== 'called-back-error') {
    return runFailure('login', run);
  }
  const line = run?.error?.line;
  const own: Cause = { status: 'failed', code: cause, detail, ...(line === undefined ? {} : { line }) };
  if (run === null || !REFUSALS.has(cause)) return own;
  if (runs.passwords === 'proven') return { ...own, code: 'trial.refuses-right-password' };
  if (run.passwordChecks.truly > 0) return { ...own, status: 'skipped', code: 'trial.check-not-assumable' };
  return run.passwordChecks.assumed > 0 ? { ...own, code: 'trial.refuses-right-password' } : own;
}

/** What the attempt with a wrong password showed: nothing, if the script refused it as it should. */
export function wrongPasswordVerdict({ wrongPassword: run }: LazyRuns): {
  readonly cause: Cause | null;
  readonly findings: readonly UserFinding[];
} {
  if (run === null) return { cause: null, findings: [] };
  const findings = scriptFindings('login', run);
  if (run.ending === 'called-back') {
    const accepts: Cause = { status: 'failed', code: 'trial.accepts-wrong-password', detail: 'login' };
    return { cause: run.value === null ? null : accepts, findings };
  }
  if (run.ending !== 'called-back-error') return { cause: runFailure('login', run), findings };
  const proper = run.error?.name === 'WrongUsernameOrPasswordError';
  const other: UserFinding = { code: 'trial.wrong-password-other-error', detail: 'login' };
  return { cause: null, findings: proper ? findings : [...findings, other] };
}
