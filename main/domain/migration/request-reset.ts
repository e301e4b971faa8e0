import type { FlowDecision, FlowOptions, ScriptStep } from '#domain/migration/flow.ts';
import { failed, logged, succeeded } from '#domain/migration/flow.ts';
import type { TypedFacts } from '#domain/migration/account-facts.ts';
import type { ScriptResultFacts } from '#domain/migration/script-result.ts';
import { scriptFailure } from '#domain/migration/script-result.ts';

/** "Forgot password": get_user is asked for whom the store does not know, and always with import off. */
export function planResetRequest(
  getUser: ScriptResultFacts | null,
  typed: TypedFacts,
  options: FlowOptions,
): ScriptStep {
  const asks = !options.importMode || typed.found === null;
  return asks && getUser === null && options.scripts.has('get_user')
    ? { step: 'run-script', slot: 'get_user' }
    : { step: 'decide' };
}

/** Whether a reset mail goes out. The page shows the same text either way; the tenant log tells the difference. */
export function decideResetRequest(
  getUser: ScriptResultFacts | null,
  typed: TypedFacts,
  options: FlowOptions,
): FlowDecision {
  if (options.importMode && typed.found !== null) return succeeded([logged('scpr', typed.found.userId)]);
  if (!options.scripts.has('get_user'))
    return failed('state.script-missing', 'get_user', [logged('fcpr', null)]);
  if (getUser === null) throw new Error('our bug: a reset is decided before get_user ran');
  const failure = scriptFailure('get_user', getUser, 'fcpr');
  if (failure !== null) {
    return failed(failure.cause, failure.detail, [logged('fcpr', null, failure.description)]);
  }
  if (getUser.value !== null) return succeeded([logged('scpr', typed.found?.userId ?? null)]);
  return failed('state.unknown-user', 'get_user: no profile', [logged('fcpr', null, 'User does not exist.')]);
}
