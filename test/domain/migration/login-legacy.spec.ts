import { expect, test } from 'vitest';
import type { Json } from '#domain/json.ts';
import { annasAccount, calledBack, storeOf } from '#test/given-accounts.ts';
import { ANNA, logIn } from '#test/login-flow.ts';

const profile = (changes: Record<string, Json>) =>
  calledBack({ ...(ANNA as Record<string, Json>), ...changes });
const importOff = { importMode: false };

test('with import off the profile is kept without a credential, the address as returned', () => {
  const { accounts } = logIn([], {
    options: importOff,
    login: profile({ email: 'Anna@Example.com', name: 'Anna' }),
  });
  expect(accounts).toEqual([
    annasAccount({
      state: 'shadow',
      origin: 'legacy-login',
      email: 'Anna@Example.com',
      name: 'Anna',
      nickname: 'Anna',
      credential: { kind: 'none' },
    }),
  ]);
});

test.each([
  ['on_each_login', 'New'],
  ['on_first_login', 'Old'],
  ['never_on_login', 'Old'],
] as const)('root attributes at a later login, %s', (setUserRootAttributes, name) => {
  const store = storeOf();
  logIn(store, { options: importOff, login: profile({ name: 'Old' }) });
  const login = profile({ name: 'New', email_verified: false, user_metadata: { a: 1 } });
  const { accounts } = logIn(store, { options: { importMode: false, setUserRootAttributes }, login });
  expect([accounts[0]?.name, accounts[0]?.emailVerified, accounts[0]?.userMetadata]).toEqual([
    name,
    false,
    { a: 1 },
  ]);
});

test('a migrated user who logs in with import off is warned about', () => {
  expect(logIn([annasAccount()], { options: importOff }).findings).toEqual([
    'state.import-off-after-migration: migrated',
  ]);
});
