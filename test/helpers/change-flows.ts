import type { Account } from '#domain/migration/account.ts';
import { type ChangeEmail, decideChangeEmail, planChangeEmail } from '#domain/migration/change-email.ts';
import type { ScriptResultFacts } from '#domain/migration/script-result.ts';
import { assuming, calledBack, connection, storeOf } from '#test/given-accounts.ts';
import { told } from '#test/login-flow.ts';

export interface ChangeEmailCase {
  readonly given?: readonly Account[];
  /** A store that holds the account already. */
  readonly store?: ReturnType<typeof storeOf>;
  readonly newEmail?: string;
  readonly answers?: Partial<Record<'get_user' | 'change_email', ScriptResultFacts>>;
  readonly options?: Parameters<typeof connection>[0];
  /** Idle scripts run with import on too. */
  readonly run?: boolean;
}

/** One change of address as the engine carries it out. */
export function changeEmail(account: Account, when: ChangeEmailCase) {
  const store = when.store ?? storeOf(account, ...(when.given ?? []));
  const options = connection(when.options);
  const assumptions = assuming(when.run === true ? { 'idle-scripts-with-import': 'run' } : {});
  const answers = { get_user: calledBack(), change_email: calledBack(true), ...when.answers };
  let command: ChangeEmail = { newEmail: when.newEmail ?? 'New@Example.com', verified: true, results: {} };
  const holder = store.byEmail(command.newEmail);
  const did: string[] = [];
  for (;;) {
    const step = planChangeEmail(command, account, holder, options, assumptions);
    if (step.step === 'decide') break;
    did.push(step.slot);
    command = { ...command, results: { ...command.results, [step.slot]: answers[step.slot as 'get_user'] } };
  }
  const decision = decideChangeEmail(command, account, holder, options, assumptions);
  store.apply(decision.events);
  return { did, ...told(decision), store, accounts: store.accounts() };
}
