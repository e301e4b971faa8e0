import { describe, expect, it } from 'vitest';
import { ASSUMPTIONS, type Assumptions, resolveAssumptions } from '#domain/assumptions.ts';
import { type Account, ACCOUNT_STATES } from '#domain/migration/account.ts';
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

const COMMANDS = ['login', 'login', 'login', 'import', 'delete', 'change-email', 'reset'] as const;

/** One command of any kind; the store throws on an event that does not fit it. Answers whom it deleted. */
function anyCommand(
  store: ReturnType<typeof storeOf>,
  choose: ReturnType<typeof choices>,
  assumptions: Assumptions,
  made: string,
): string | null {
  const { id, email } = choose(PEOPLE);
  const profile = calledBack({ user_id: id, email, email_verified: true });
  const account = store.byEmail(email);
  const command = choose(COMMANDS);
  if (command === 'login') {
    logIn(store, {
      identifier: email,
      assumptions,
      options: { importMode: choose([true, true, true, false]) },
      check: choose(['match', 'mismatch', 'unusable']),
      getUser: profile,
      login: choose([profile, profile, profile, calledBackError('Error')]),
      attempt: { interrupted: choose([false, false, false, true]), generatedUserId: made },
    });
  }
  if (command === 'import') {
    const record = { user_id: id, email, ...choose([{}, { password_hash: new Secret('x') }]) };
    const facts = accountFacts(store, { userId: id, email, username: null, phoneNumber: null });
    const options = { upsert: choose([true, false]), generatedUserId: made };
    store.apply(decideImport(record, facts, options, assumptions).events);
  }
  if (command === 'reset') setPassword(store, { email, assumptions, answers: { get_user: profile } });
  if (command === 'change-email' && account !== null)
    changeEmail(account, { store, newEmail: choose(PEOPLE).email });
  if (command !== 'delete' || account === null) return null;
  store.apply(decideDeleteUser(calledBack(), account, connection(), assumptions).events);
  return account.userId;
}

const isVisible = ({ state }: Account) => state !== 'partial' && state !== 'deleted';

/** Who was there and is not, though nobody deleted them: whoever is in the store can only go by a deletion. */
function lost(before: readonly Account[], after: readonly Account[], deleted: string | null): unknown[] {
  const there = new Map(after.map((account) => [account.userId, account]));
  return before
    .filter(({ userId }) => userId !== deleted)
    .filter((account) => {
      const now = there.get(account.userId);
      return now === undefined || (isVisible(account) && !isVisible(now));
    })
    .map(({ userId }) => ({ lost: userId }));
}

/** Ids and addresses that belong to two. */
function doubled(accounts: readonly Account[]): unknown[] {
  const twice = (names: readonly (string | null)[]) =>
    names.filter((name, index) => name !== null && names.indexOf(name) !== index);
  const emails = accounts.filter(isVisible).map(({ email }) => email?.toLowerCase() ?? null);
  return [...twice(accounts.map(({ userId }) => userId)), ...twice(emails)].map((name) => ({ twice: name }));
}

/** Which credentials make sense in which state; a half-created row may have any, nobody can use it. */
const CREDENTIALS: Readonly<Record<Account['state'], readonly Account['credential']['kind'][]>> = {
  shadow: ['none'],
  partial: ['none', 'tenant-bcrypt', 'imported-bcrypt', 'imported-custom', 'random'],
  migrated: ['tenant-bcrypt'],
  'imported-hash-pending': ['imported-bcrypt', 'imported-custom'],
  'imported-random-password': ['random'],
  deleted: ['none', 'tenant-bcrypt', 'imported-bcrypt', 'imported-custom', 'random'],
};

function undefinedStates(accounts: readonly Account[]): unknown[] {
  return accounts
    .filter(({ state, credential }) => !CREDENTIALS[state]?.includes(credential.kind))
    .map(({ userId, state, credential }) => ({ undefined: [userId, state, credential.kind] }));
}

const HISTORIES = 2_000;
const STEPS = 40;

/** What breaks after any step of any history, by a property of the accounts before and after it. */
function broken(
  property: (before: readonly Account[], after: readonly Account[], deleted: string | null) => unknown[],
): unknown[] {
  const found: unknown[] = [];
  for (let seed = 1; seed <= HISTORIES; seed += 1) {
    const choose = choices(seed);
    const assumptions = { ...anyAssumptions(choose), 'import-shadow-without-id': 'refused' } as const;
    const store = storeOf();
    for (let step = 0; step < STEPS; step += 1) {
      const before = store.accounts();
      const deleted = anyCommand(store, choose, assumptions, `made-${step}`);
      found.push(...property(before, store.accounts(), deleted).map((what) => ({ seed, step, what })));
    }
  }
  return found.slice(0, 5);
}

describe('whatever the order of flows and the assumptions', () => {
  it('every state is reached, so that the rest says something', () => {
    const reached = new Set<string>();
    broken((_before, after) => {
      for (const { state } of after) reached.add(state);
      return [];
    });
    expect([...reached].sort()).toEqual(ACCOUNT_STATES.filter((state) => state !== 'legacy-only').toSorted());
  });

  it('no user is lost: only a deletion takes one away', () => {
    expect(broken(lost)).toEqual([]);
  });

  it('no user is doubled: no id and no address belongs to two', () => {
    expect(broken((_before, after) => doubled(after))).toEqual([]);
  });

  it('no state is undefined: each has a credential that it can have', () => {
    expect(broken((_before, after) => undefinedStates(after))).toEqual([]);
  });
});
