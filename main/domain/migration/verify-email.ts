import type { Assumptions } from '#domain/assumptions.ts';
import type { Account } from '#domain/migration/account.ts';
import type { FlowDecision, FlowOptions, ScriptStep } from '#domain/migration/flow.ts';
import { failed, logged, succeeded } from '#domain/migration/flow.ts';
import type { ScriptResultFacts } from '#domain/migration/script-result.ts';
import { scriptFailure } from '#domain/migration/script-result.ts';
import { finding } from '#domain/diagnostics/user-finding.ts';

/** A followed verification link: `verify` runs with import off. */
export function planVerifyEmail(
  result: ScriptResultFacts | null,
  options: FlowOptions,
  assumptions: Assumptions,
): ScriptStep {
  const runs = runsVerify(options, assumptions) && options.scripts.has('verify');
  return runs && result === null ? { step: 'run-script', slot: 'verify' } : { step: 'decide' };
}

/** With import off the flag in the store does not change, whatever the script returns: only login can set it. */
export function decideVerifyEmail(
  result: ScriptResultFacts | null,
  account: Account,
  options: FlowOptions,
  assumptions: Assumptions,
): FlowDecision {
  const { userId } = account;
  if (runsVerify(options, assumptions)) {
    if (!options.scripts.has('verify'))
      return failed('state.script-missing', 'verify', [logged('fv', userId)]);
    if (result === null) throw new Error('our bug: a verification is decided before verify ran');
    const failure = scriptFailure('verify', result, 'fv');
    if (failure !== null) {
      return failed(failure.cause, failure.detail, [logged('fv', userId, failure.description)]);
    }
    if (result.value !== true) return failed('state.not-verified', 'verify: false', [logged('fv', userId)]);
  }
  if (!options.importMode) {
    return succeeded([logged('sv', userId)], [finding('state.verified-at-next-login', 'email_verified')]);
  }
  return succeeded([
    { type: 'account-updated', userId, changes: { emailVerified: true } },
    logged('sv', userId),
  ]);
}

function runsVerify(options: FlowOptions, assumptions: Assumptions): boolean {
  return !options.importMode || assumptions['idle-scripts-with-import'] === 'run';
}
