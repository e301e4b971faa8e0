import type { Assumptions } from '#domain/assumptions.ts';
import type { DiagnosticCode } from '#domain/diagnostics/catalog.ts';
import { finding } from '#domain/diagnostics/user-finding.ts';
import type { Account } from '#domain/migration/account.ts';
import type { FlowDecision, FlowOptions, ScriptStep } from '#domain/migration/flow.ts';
import { failed, logged, succeeded } from '#domain/migration/flow.ts';
import type { ScriptResultFacts } from '#domain/migration/script-result.ts';
import { scriptFailure } from '#domain/migration/script-result.ts';
import { emailProblem } from '#domain/profile/email.ts';
import { profileFromScript } from '#domain/profile/profile-from-script.ts';

export interface ChangeEmail {
  readonly newEmail: string;
  readonly verified: boolean;
  readonly results: Readonly<Partial<Record<'get_user' | 'change_email', ScriptResultFacts>>>;
}

interface Refusal {
  readonly cause: DiagnosticCode;
  readonly detail: string;
  readonly description?: string;
}

/** get_user for the new address in both modes; change_email with import off. */
export function planChangeEmail(
  command: ChangeEmail,
  account: Account,
  holder: Account | null,
  options: FlowOptions,
  assumptions: Assumptions,
): ScriptStep {
  if (addressRefusal(command, account, holder) !== null) return { step: 'decide' };
  for (const slot of slotsNeeded(options, assumptions)) {
    if (!options.scripts.has(slot)) return { step: 'decide' };
    const result = command.results[slot];
    if (result === undefined) return { step: 'run-script', slot };
    if (answerRefusal(slot, result, account, assumptions) !== null) return { step: 'decide' };
  }
  return { step: 'decide' };
}

/** A new address for an account; `holder` is the account that has it already: the same one for new capitals. */
export function decideChangeEmail(
  command: ChangeEmail,
  account: Account,
  holder: Account | null,
  options: FlowOptions,
  assumptions: Assumptions,
): FlowDecision {
  const { userId } = account;
  const refusal =
    addressRefusal(command, account, holder) ?? scriptRefusal(command, account, options, assumptions);
  if (refusal !== null) {
    const { cause, detail, description } = refusal;
    return failed(cause, detail, [logged('fce', userId, description)]);
  }
  const email = options.importMode ? command.newEmail.toLowerCase() : command.newEmail;
  const changes = { email, emailVerified: command.verified };
  const unknown = options.importMode ? [finding('state.legacy-email-differs', 'email')] : [];
  return succeeded([{ type: 'account-updated', userId, changes }, logged('sce', userId)], unknown);
}

function slotsNeeded(
  options: FlowOptions,
  assumptions: Assumptions,
): readonly ('get_user' | 'change_email')[] {
  const legacyToo = !options.importMode || assumptions['idle-scripts-with-import'] === 'run';
  return legacyToo ? ['get_user', 'change_email'] : ['get_user'];
}

function addressRefusal(command: ChangeEmail, account: Account, holder: Account | null): Refusal | null {
  const problem = emailProblem(command.newEmail);
  if (problem !== null) return { cause: 'profile.email-invalid', detail: `email: ${problem}` };
  const taken = holder !== null && holder.userId !== account.userId;
  return taken ? { cause: 'state.email-taken', detail: 'email' } : null;
}

function scriptRefusal(
  command: ChangeEmail,
  account: Account,
  options: FlowOptions,
  assumptions: Assumptions,
): Refusal | null {
  for (const slot of slotsNeeded(options, assumptions)) {
    if (!options.scripts.has(slot)) return { cause: 'state.script-missing', detail: slot };
    const result = command.results[slot];
    if (result === undefined) throw new Error(`our bug: an address is changed before ${slot} ran`);
    const refusal = answerRefusal(slot, result, account, assumptions);
    if (refusal !== null) return refusal;
  }
  return null;
}

function answerRefusal(
  slot: 'get_user' | 'change_email',
  result: ScriptResultFacts,
  account: Account,
  assumptions: Assumptions,
): Refusal | null {
  const failure = scriptFailure(slot, result, 'fce');
  if (failure !== null) return failure;
  if (slot === 'change_email') {
    return result.value === true ? null : { cause: 'state.email-not-changed', detail: 'change_email: false' };
  }
  const somebodyElse =
    result.value !== null && profileFromScript(result.value, assumptions).profile?.userId !== account.userId;
  return somebodyElse ? { cause: 'state.legacy-user-exists', detail: 'get_user: a profile' } : null;
}
