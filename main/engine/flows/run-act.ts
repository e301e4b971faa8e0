import type { Account } from '#domain/migration/account.ts';
import { failed, type FlowDecision, succeeded } from '#domain/migration/flow.ts';
import type { Act } from '#domain/migration/stories.ts';
import { changeEmail, deleteUser, verifyEmail } from '#engine/flows/account-flows.ts';
import { accountOfPerson, type FlowSession, type StepNotes } from '#engine/flows/flow-session.ts';
import { importPerson } from '#engine/flows/import-person.ts';
import { logIn } from '#engine/flows/log-in.ts';
import { requestReset, setPassword } from '#engine/flows/password-flows.ts';
import { signUp } from '#engine/flows/sign-up-flow.ts';

/** A flow that could not start, or what it decided. */
export interface ActResult {
  readonly started: boolean;
  readonly decision: FlowDecision;
}

/** Carries out one act. `mailSent`: the act before was a request for a reset, and a mail went out. */
export async function runAct(
  session: FlowSession,
  notes: StepNotes,
  act: Act,
  mailSent: boolean,
): Promise<ActResult> {
  switch (act.act) {
    case 'login':
      return begun(await logIn(session, notes, act));
    case 'sign-up':
      return begun(await signUp(session, notes));
    case 'request-reset':
      return begun(await requestReset(session, notes));
    case 'confirm-reset':
      if (!mailSent) return notPossible('state.no-mail-sent');
      return begun(await setPassword(session, notes, 'reset'));
    case 'change-password':
      return withAccount(session, () => setPassword(session, notes, 'change'));
    case 'verify-email':
      return withAccount(session, (account) => verifyEmail(session, notes, account));
    case 'change-email':
      return withAccount(session, (account) => changeEmail(session, notes, account));
    case 'delete':
      return withAccount(session, (account) => deleteUser(session, notes, account));
    case 'bulk-import':
      return begun(importPerson(session, notes));
    case 'legacy-password-changes':
      session.passwords.legacyChanged('changed-in-legacy');
      notes.decisions.push(
        'The legacy application has another password now, and the user store hears nothing of it',
      );
      return begun(succeeded([]));
    default:
      return act satisfies never;
  }
}

export function visibleAccount(session: FlowSession): Account | null {
  const account = accountOfPerson(session);
  return account === null || account.state === 'deleted' || account.state === 'partial' ? null : account;
}

async function withAccount(
  session: FlowSession,
  flow: (account: Account) => Promise<FlowDecision>,
): Promise<ActResult> {
  const account = visibleAccount(session);
  return account === null ? notPossible('state.not-in-user-store') : begun(await flow(account));
}

const begun = (decision: FlowDecision): ActResult => ({ started: true, decision });

function notPossible(cause: Parameters<typeof failed>[0]): ActResult {
  return { started: false, decision: failed(cause, '', []) };
}
