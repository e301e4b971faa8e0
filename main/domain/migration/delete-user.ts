import type { Assumptions } from '#domain/assumptions.ts';
import { finding } from '#domain/diagnostics/user-finding.ts';
import type { Account } from '#domain/migration/account.ts';
import type { FlowDecision, FlowOptions, ScriptStep } from '#domain/migration/flow.ts';
import { failed, logged, succeeded } from '#domain/migration/flow.ts';
import type { ScriptResultFacts } from '#domain/migration/script-result.ts';
import { scriptFailure } from '#domain/migration/script-result.ts';

/** `delete` runs with import off. */
export function planDeleteUser(
  result: ScriptResultFacts | null,
  options: FlowOptions,
  assumptions: Assumptions,
): ScriptStep {
  const runs = runsDelete(options, assumptions) && options.scripts.has('delete');
  return runs && result === null ? { step: 'run-script', slot: 'delete' } : { step: 'decide' };
}

/**
 * A deletion in the tenant. With import on the legacy row stays, so the user comes back with the next login: the
 * account is kept as deleted, to tell a return from a first migration.
 */
export function decideDeleteUser(
  result: ScriptResultFacts | null,
  account: Account,
  options: FlowOptions,
  assumptions: Assumptions,
): FlowDecision {
  const { userId, state } = account;
  const legacyToo = runsDelete(options, assumptions);
  if (legacyToo) {
    if (!options.scripts.has('delete'))
      return failed('state.script-missing', 'delete', [logged('fdu', userId)]);
    if (result === null) throw new Error('our bug: a deletion is decided before delete ran');
    const failure = scriptFailure('delete', result, 'fdu');
    if (failure !== null) {
      return failed(failure.cause, failure.detail, [logged('fdu', userId, failure.description)]);
    }
    return succeeded([{ type: 'account-deleted', userId }, logged('sdu', userId)]);
  }
  return succeeded(
    [{ type: 'state-changed', userId, from: state, to: 'deleted' }, logged('sdu', userId)],
    [finding('state.returns-after-deletion', state)],
  );
}

function runsDelete(options: FlowOptions, assumptions: Assumptions): boolean {
  return !options.importMode || assumptions['idle-scripts-with-import'] === 'run';
}
