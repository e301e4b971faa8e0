import { DEFAULT_ASSUMPTIONS } from '#domain/assumptions.ts';
import type { Json } from '#domain/json.ts';
import type { Account } from '#domain/migration/account.ts';
import type { AccountFinder } from '#domain/migration/account-facts.ts';
import type { MigrationEvent } from '#domain/migration/events.ts';
import type { FlowOptions } from '#domain/migration/flow.ts';
import type { ScriptResultFacts } from '#domain/migration/script-result.ts';
import { SLOTS } from '#domain/migration/slots.ts';
import { Secret } from '#domain/secret.ts';

export const OWN_HASH = new Secret('hash of the typed password');

/** Anna, migrated at a login, unless told otherwise. */
export function annasAccount(changes: Partial<Account> = {}): Account {
  return {
    userId: '7',
    state: 'migrated',
    origin: 'lazy-login',
    email: 'anna@example.com',
    emailVerified: true,
    username: null,
    phoneNumber: null,
    phoneVerified: false,
    name: 'anna@example.com',
    nickname: 'anna',
    givenName: null,
    familyName: null,
    picture: 'https://cdn.auth0.com/avatars/an.png',
    blocked: false,
    userMetadata: null,
    appMetadata: null,
    mfaFactors: null,
    credential: { kind: 'tenant-bcrypt', hash: OWN_HASH },
    ...changes,
  };
}

/** A connection with import on and every script there, unless told otherwise. */
export function connection(changes: Partial<FlowOptions> = {}): FlowOptions {
  return {
    importMode: true,
    requiresUsername: false,
    usernameLength: { min: 1, max: 15 },
    passwordPolicy: 'none',
    disableSignup: false,
    setUserRootAttributes: 'on_each_login',
    scripts: new Set(SLOTS),
    ...changes,
  };
}

export const assuming = (changes: Partial<typeof DEFAULT_ASSUMPTIONS> = {}) => ({
  ...DEFAULT_ASSUMPTIONS,
  ...changes,
});

export function calledBack(value: Json = null): ScriptResultFacts {
  return { ending: 'called-back', value, error: null };
}

export function calledBackError(
  name: string,
  more: { message?: string; code?: string; userId?: string } = {},
): ScriptResultFacts {
  return {
    ending: 'called-back-error',
    value: null,
    error: { name, message: 'as the script says', ...more },
  };
}

/** A store of accounts in memory that finds them as the replica does, and changes by events only. */
export function storeOf(...given: readonly Account[]): AccountFinder & {
  readonly accounts: () => readonly Account[];
  readonly apply: (events: readonly MigrationEvent[]) => void;
} {
  let accounts = [...given];
  const change = (userId: string, changes: Partial<Account>): void => {
    if (!accounts.some((account) => account.userId === userId)) throw new Error(`no account ${userId}`);
    accounts = accounts.map((account) => (account.userId === userId ? { ...account, ...changes } : account));
  };
  const stateOf = (userId: string) => accounts.find((account) => account.userId === userId)?.state;
  /** As in the replica, a new account takes the place of a deleted one, and no other. */
  const create = (account: Account): void => {
    const before = stateOf(account.userId);
    if (before !== undefined && before !== 'deleted') throw new Error(`${account.userId} is created twice`);
    accounts = [...accounts.filter(({ userId }) => userId !== account.userId), account];
  };
  const find = (fits: (account: Account) => boolean, partial: boolean): Account | null => {
    const visible = (account: Account) => account.state !== 'partial' && account.state !== 'deleted';
    const inScope = (account: Account) => (partial ? account.state === 'partial' : visible(account));
    return accounts.find((account) => inScope(account) && fits(account)) ?? null;
  };
  const same = (a: string | null, b: string) => a?.toLowerCase() === b.toLowerCase();
  return {
    byUserId: (userId) => find((account) => account.userId === userId, false),
    byEmail: (email) => find((account) => same(account.email, email), false),
    byUsername: (username) => find((account) => same(account.username, username), false),
    byPhone: (phone) => find((account) => account.phoneNumber === phone, false),
    partialByUserId: (userId) => find((account) => account.userId === userId, true),
    partialByEmail: (email) => find((account) => same(account.email, email), true),
    partialByUsername: (username) => find((account) => same(account.username, username), true),
    accounts: () => accounts,
    apply(events) {
      for (const event of events) {
        if (event.type === 'account-created') create(event.account);
        if (event.type === 'account-updated') change(event.userId, event.changes);
        if (event.type === 'credential-set') change(event.userId, { credential: event.credential });
        if (event.type === 'state-changed') {
          if (stateOf(event.userId) !== event.from) throw new Error(`${event.userId} is not ${event.from}`);
          change(event.userId, { state: event.to as Account['state'] });
        }
        if (event.type === 'account-deleted')
          accounts = accounts.filter(({ userId }) => userId !== event.userId);
      }
    },
  };
}
