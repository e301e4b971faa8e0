import { accountFacts, NO_ACCOUNTS, typedFacts } from '#domain/migration/account-facts.ts';
import { released } from '#domain/migration/attack-protection.ts';
import type { FlowDecision } from '#domain/migration/flow.ts';
import { decideResetRequest, planResetRequest } from '#domain/migration/request-reset.ts';
import {
  decideSetPassword,
  identifiersOfGetUser,
  planSetPassword,
  type SetPassword,
} from '#domain/migration/set-password.ts';
import type { ScriptResultFacts } from '#domain/migration/script-result.ts';
import { passwordVerdict } from '#domain/migration/typed-password.ts';
import { type FlowSession, optionsFor, type StepNotes } from '#engine/flows/flow-session.ts';
import { runSlot } from '#engine/flows/run-slot.ts';
import { asFacts } from '#engine/trials/script-findings.ts';

/** "Forgot password": whether a mail goes out. */
export async function requestReset(session: FlowSession, notes: StepNotes): Promise<FlowDecision> {
  const { identifier } = session;
  const options = optionsFor(session, notes);
  const typed = typedFacts(session.accounts, identifier);
  notes.decisions.push(
    typed.found === null
      ? 'The user store has nobody under the identifier'
      : `The user store has auth0|${typed.found.userId}`,
  );
  let getUser: ScriptResultFacts | null = null;
  if (planResetRequest(getUser, typed, options).step === 'run-script') {
    getUser = asFacts(await runSlot(session, notes, 'get_user', { identifier }));
  }
  return decideResetRequest(getUser, typed, options);
}

/** A new password: through the link of a mail, or by an administrator. */
export async function setPassword(
  session: FlowSession,
  notes: StepNotes,
  by: SetPassword['by'],
): Promise<FlowDecision> {
  const { accounts, assumptions, identifier: email } = session;
  const options = optionsFor(session, notes);
  const password = session.passwords.of('new');
  const typed = typedFacts(accounts, email);
  let command: SetPassword = {
    email,
    password,
    passwordHash: notes.importMode ? await session.ports.passwords.hashBcrypt(password) : null,
    by,
    results: {},
  };
  const { refusal } = passwordVerdict(password, options.passwordPolicy, assumptions);
  for (;;) {
    // A password that the policy refuses never reaches a script.
    const next =
      refusal === null ? planSetPassword(command, typed, options, assumptions) : { step: 'decide' as const };
    if (next.step === 'decide') break;
    const slot = next.slot as keyof SetPassword['results'];
    const run = await runSlot(session, notes, slot, { identifier: email, newPassword: password });
    if (
      slot === 'change_password' &&
      run.ending === 'called-back' &&
      run.value !== false &&
      run.value !== null
    )
      session.passwords.legacyChanged('new');
    command = { ...command, results: { ...command.results, [slot]: asFacts(run) } };
  }
  const identifiers = identifiersOfGetUser(command, assumptions);
  const existing = identifiers === null ? NO_ACCOUNTS : accountFacts(accounts, identifiers);
  const decision = decideSetPassword(command, { ...typed, existing }, options, assumptions);
  const key = email.toLowerCase();
  const history = session.histories.get(key);
  if (decision.outcome.status === 'ok' && history !== undefined)
    session.histories.set(key, released(history));
  return decision;
}
