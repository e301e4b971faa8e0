import { expect, test } from 'vitest';
import { ASSUMPTIONS, type Assumptions, resolveAssumptions } from '#domain/assumptions.ts';
import type { Account } from '#domain/migration/account.ts';
import { accountFacts } from '#domain/migration/account-facts.ts';
import { decideDeleteUser } from '#domain/migration/delete-user.ts';
import { decideImport } from '#domain/migration/decide-import.ts';
import { Secret } from '#domain/secret.ts';
import { changeEmail } from '#test/change-flows.ts';
import { calledBack, calledBackError, connection, storeOf } from '#test/given-accounts.ts';
import { logIn } from '#test/login-flow.ts';
import { setPassword } from '#test/set-password-flow.ts';

/** A repeatable stream of choices. */
function choices(seed: number) {
  let state = seed;
  return <T>(options: readonly T[]): T => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return options[(state >> 8) % options.length]!;
  };
}

const PEOPLE = [
  { id: '1', email: 'anna@example.com' },
  { id: '2', email: 'Anna@example.com' },
  { id: '3', email: 'bo@example.com' },
  { id: '1', email: 'cy@example.com' },
];

function anyAssumptions(choose: ReturnType<typeof choices>): Assumptions {
  const values = ASSUMPTIONS.map(({ name, options }) => [name, choose(options).value]);
  return resolveAssumptions(Object.fromEntries(values)).assumptions;
}

/** Forty commands of all kinds against one store; the store throws on an event that does not fit it. */
function anyHistory(seed: number): readonly Account[] {
  const choose = choices(seed);
  const assumptions = { ...anyAssumptions(choose), 'import-shadow-without-id': 'refused' } as const;
  const store = storeOf();
  for (let i = 0; i < 40; i += 1) {
    const { id, email } = choose(PEOPLE);
    const profile = calledBack({ user_id: id, email, email_verified: true });
    const account = store.byEmail(email);
    const command = choose(['login', 'login', 'login', 'import', 'delete', 'change-email', 'reset'] as const);
    if (command === 'login') {
      logIn(store, {
        identifier: email,
        assumptions,
        options: { importMode: choose([true, true, true, false]) },
        check: choose(['match', 'mismatch', 'unusable']),
        getUser: profile,
        login: choose([profile, profile, profile, calledBackError('Error')]),
        attempt: { interrupted: choose([false, false, false, true]), generatedUserId: `made-${i}` },
      });
    }
    if (command === 'import') {
      const record = { user_id: id, email, ...choose([{}, { password_hash: new Secret('x') }]) };
      const facts = accountFacts(store, { userId: id, email, username: null, phoneNumber: null });
      const options = { upsert: choose([true, false]), generatedUserId: `made-${i}` };
      store.apply(decideImport(record, facts, options, assumptions).events);
    }
    if (command === 'reset') setPassword(store, { email, assumptions, answers: { get_user: profile } });
    if (command === 'delete' && account !== null) {
      store.apply(decideDeleteUser(calledBack(), account, connection(), assumptions).events);
    }
    if (command === 'change-email' && account !== null)
      changeEmail(account, { store, newEmail: choose(PEOPLE).email });
  }
  return store.accounts();
}

test('whatever the order of flows and the assumptions, no id and no address belongs to two visible accounts', () => {
  const broken = Array.from({ length: 300 }, (_, seed) => {
    const visible = anyHistory(seed + 1).filter(({ state }) => state !== 'partial' && state !== 'deleted');
    const emails = visible.map(({ email }) => email?.toLowerCase());
    const withoutCredential = visible.filter(
      ({ state, credential }) => state === 'migrated' && credential.kind === 'none',
    );
    return new Set(emails).size === emails.length && withoutCredential.length === 0 ? [] : [seed];
  });
  expect(broken.flat()).toEqual([]);
});
