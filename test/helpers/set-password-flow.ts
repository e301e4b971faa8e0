import type { Account } from '#domain/migration/account.ts';
import { accountFacts, NO_ACCOUNTS, typedFacts } from '#domain/migration/account-facts.ts';
import type { ScriptResultFacts } from '#domain/migration/script-result.ts';
import {
  decideSetPassword,
  identifiersOfGetUser,
  planSetPassword,
  type SetPassword,
} from '#domain/migration/set-password.ts';
import { Secret } from '#domain/secret.ts';
import { assuming, calledBack, connection, storeOf } from '#test/given-accounts.ts';
import { ANNA, told } from '#test/login-flow.ts';

export interface SetPasswordCase {
  readonly email?: string;
  readonly answers?: Partial<Record<'get_user' | 'change_password', ScriptResultFacts>>;
  readonly options?: Parameters<typeof connection>[0];
  readonly assumptions?: Parameters<typeof assuming>[0];
  readonly by?: SetPassword['by'];
}

export const NEW_HASH = new Secret('hash of the new password');

/** One new password as the engine carries it out. */
export function setPassword(
  given: readonly Account[] | ReturnType<typeof storeOf>,
  when: SetPasswordCase = {},
) {
  const store = 'byUserId' in given ? given : storeOf(...given);
  const answers = { get_user: calledBack(ANNA), change_password: calledBack(true), ...when.answers };
  const options = connection(when.options);
  const assumptions = assuming(when.assumptions);
  const email = when.email ?? 'anna@example.com';
  const typed = typedFacts(store, email);
  let command: SetPassword = {
    email,
    password: new Secret('Secret-123'),
    passwordHash: NEW_HASH,
    by: when.by ?? 'reset',
    results: {},
  };
  const did: string[] = [];
  for (;;) {
    const step = planSetPassword(command, typed, options, assumptions);
    if (step.step === 'decide') break;
    did.push(step.slot);
    command = { ...command, results: { ...command.results, [step.slot]: answers[step.slot as 'get_user'] } };
  }
  const identifiers = identifiersOfGetUser(command, assumptions);
  const existing = identifiers === null ? NO_ACCOUNTS : accountFacts(store, identifiers);
  const decision = decideSetPassword(command, { ...typed, existing }, options, assumptions);
  store.apply(decision.events);
  return { did, ...told(decision), accounts: store.accounts() };
}
