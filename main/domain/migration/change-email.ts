import type { Assumptions } from '#domain/assumptions.ts';
import type { DiagnosticCode } from '#domain/diagnostics/catalog.ts';
import { finding } from '#domain/diagnostics/user-finding.ts';
import type { Account } from '#domain/migration/account.ts';
import type { FlowDecision, FlowOptions, ScriptStep } from '#domain/migration/flow.ts';
import { failed, logged, succeeded } from '#domain/migration/flow.ts';
import type { ScriptResultFacts } from '#domain/migration/script-result.ts';
import { scriptFailure } from '#domain/migration/script-result.ts';
import { emailProblem } from '#domain/profile/email.ts';

export interface ChangeEmail {
  readonly newEmail: string;
  readonly verified: boolean;
  readonly results: Readonly<Partial<Record<'get_user' | 'change_email', ScriptResultFacts>>>;
}

/** get_user for the new address in both modes; change_email with import off. */
export function planChangeEmail(
  command: ChangeEmail,
  holder: Account | null,
  options: FlowOptions,
  assumptions: Assumptions,
): ScriptStep {
  if (holder !== null) return { step: 'decide' };
  for (const slot of slotsNeeded(options, assumptions)) {
    const result = command.results[slot];
    if (result === undefined)
      return options.scripts.has(slot) ? { step: 'run-script', slot } : { step: 'decide' };
    if (result.ending !== 'called-back' || (slot === 'get_user' && result.value !== null))
      return { step: 'decide' };
  }
  return { step: 'decide' };
}

function slotsNeeded(
  options: FlowOptions,
  assumptions: Assumptions,
): readonly ('get_user' | 'change_email')[] {
  const legacyToo = !options.importMode || assumptions['idle-scripts-with-import'] === 'run';
  return legacyToo ? ['get_user', 'change_email'] : ['get_user'];
}

/** A new address for an account; `holder` is another account that has it already. */
export function decideChangeEmail(
  command: ChangeEmail,
  account: Account,
  holder: Account | null,
  options: FlowOptions,
  assumptions: Assumptions,
): FlowDecision {
  const { userId } = account;
  const refused = (cause: DiagnosticCode, detail: string, description = ''): FlowDecision =>
    failed(cause, detail, [logged('fce', userId, description)]);
  const problem = emailProblem(command.newEmail);
  if (problem !== null) return refused('profile.email-invalid', `email: ${problem}`);
  if (holder !== null && holder.userId !== userId) return refused('state.email-taken', 'email');
  for (const slot of slotsNeeded(options, assumptions)) {
    const result = command.results[slot];
    if (!options.scripts.has(slot)) return refused('state.script-missing', slot);
    if (result === undefined) throw new Error(`our bug: an address is changed before ${slot} ran`);
    const failure = scriptFailure(slot, result, 'fce');
    if (failure !== null) return refused(failure.cause, failure.detail, failure.description);
    if (slot === 'get_user' && result.value !== null)
      return refused('state.legacy-user-exists', 'get_user: a profile');
    if (slot === 'change_email' && result.value !== true)
      return refused('state.email-not-changed', 'change_email: false');
  }
  const email = options.importMode ? command.newEmail.toLowerCase() : command.newEmail;
  const unknown = options.importMode ? [finding('state.legacy-email-differs', 'email')] : [];
  return succeeded(
    [
      { type: 'account-updated', userId, changes: { email, emailVerified: command.verified } },
      logged('sce', userId),
    ],
    unknown,
  );
}
