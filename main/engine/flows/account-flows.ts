import type { Account } from '#domain/migration/account.ts';
import { type ChangeEmail, decideChangeEmail, planChangeEmail } from '#domain/migration/change-email.ts';
import { decideDeleteUser, planDeleteUser } from '#domain/migration/delete-user.ts';
import type { FlowDecision } from '#domain/migration/flow.ts';
import type { ScriptResultFacts } from '#domain/migration/script-result.ts';
import { decideVerifyEmail, planVerifyEmail } from '#domain/migration/verify-email.ts';
import { type FlowSession, optionsFor, type StepNotes } from '#engine/flows/flow-session.ts';
import { runSlot } from '#engine/flows/run-slot.ts';
import { asFacts } from '#engine/trials/script-findings.ts';

/** The link of a verification mail is followed. */
export async function verifyEmail(
  session: FlowSession,
  notes: StepNotes,
  account: Account,
): Promise<FlowDecision> {
  const options = optionsFor(session, notes);
  const { assumptions } = session;
  let result: ScriptResultFacts | null = null;
  if (planVerifyEmail(result, options, assumptions).step === 'run-script') {
    const identifier = account.email ?? session.identifier;
    result = asFacts(await runSlot(session, notes, 'verify', { identifier }));
  }
  return decideVerifyEmail(result, account, options, assumptions);
}

/** An administrator deletes the user. */
export async function deleteUser(
  session: FlowSession,
  notes: StepNotes,
  account: Account,
): Promise<FlowDecision> {
  const options = optionsFor(session, notes);
  const { assumptions } = session;
  let result: ScriptResultFacts | null = null;
  if (planDeleteUser(result, options, assumptions).step === 'run-script') {
    result = asFacts(await runSlot(session, notes, 'delete', { identifier: account.userId }));
  }
  return decideDeleteUser(result, account, options, assumptions);
}

/** An administrator sets another address, not yet verified. */
export async function changeEmail(
  session: FlowSession,
  notes: StepNotes,
  account: Account,
): Promise<FlowDecision> {
  const { assumptions, newEmail } = session;
  const options = optionsFor(session, notes);
  const holder = session.accounts.byEmail(newEmail);
  notes.decisions.push(
    holder === null ? 'No account has the new address' : `auth0|${holder.userId} has the new address`,
  );
  let command: ChangeEmail = { newEmail, verified: false, results: {} };
  for (;;) {
    const next = planChangeEmail(command, account, holder, options, assumptions);
    if (next.step === 'decide') break;
    const slot = next.slot as keyof ChangeEmail['results'];
    const old = account.email ?? session.identifier;
    const input =
      slot === 'get_user' ? { identifier: newEmail } : { identifier: old, newEmail, verified: false };
    const run = await runSlot(session, notes, slot, input);
    command = { ...command, results: { ...command.results, [slot]: asFacts(run) } };
  }
  return decideChangeEmail(command, account, holder, options, assumptions);
}
