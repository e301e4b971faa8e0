import { accountFacts, NO_ACCOUNTS } from '#domain/migration/account-facts.ts';
import type { FlowDecision } from '#domain/migration/flow.ts';
import { decideSignUp, identifiersOfCreated, planSignUp, type SignUp } from '#domain/migration/sign-up.ts';
import { passwordVerdict } from '#domain/migration/typed-password.ts';
import { type FlowSession, generatedUserId, optionsFor, type StepNotes } from '#engine/flows/flow-session.ts';
import { runSlot } from '#engine/flows/run-slot.ts';
import { asFacts } from '#engine/trials/script-findings.ts';

/** A sign-up through the login page with the person's own password. */
export async function signUp(session: FlowSession, notes: StepNotes): Promise<FlowDecision> {
  const { accounts, assumptions, identifier: email, username } = session;
  const options = optionsFor(session, notes);
  const password = session.passwords.of('own');
  const existing = accountFacts(accounts, { userId: null, email, username, phoneNumber: null });
  let command: SignUp = {
    email,
    username,
    password,
    passwordHash: notes.importMode ? await session.ports.passwords.hashBcrypt(password) : null,
    by: 'user',
    generatedUserId: generatedUserId(session),
    results: {},
  };
  notes.decisions.push(
    existing.byEmail === null && existing.byUsername === null && existing.partial === null
      ? 'The user store has nobody under these identifiers'
      : 'The user store has somebody under these identifiers',
  );
  const { refusal } = passwordVerdict(password, options.passwordPolicy, assumptions);
  for (;;) {
    // A password that the policy refuses never reaches a script.
    const next = refusal === null ? planSignUp(command, existing, options) : { step: 'decide' as const };
    if (next.step === 'decide') break;
    const slot = next.slot as keyof SignUp['results'];
    const input = { identifier: email, password, ...(username === null ? {} : { username }) };
    const run = await runSlot(session, notes, slot, slot === 'get_user' ? { identifier: email } : input);
    command = { ...command, results: { ...command.results, [slot]: asFacts(run) } };
  }
  const identifiers = identifiersOfCreated(command, assumptions);
  const created = identifiers === null ? NO_ACCOUNTS : accountFacts(accounts, identifiers);
  return decideSignUp(command, existing, created, options, assumptions);
}
