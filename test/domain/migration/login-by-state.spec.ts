import { describe, expect, test } from 'vitest';
import type { Account } from '#domain/migration/account.ts';
import { Secret } from '#domain/secret.ts';
import { annasAccount, calledBackError, OWN_HASH, storeOf } from '#test/given-accounts.ts';
import { logIn } from '#test/login-flow.ts';

const own = { kind: 'tenant-bcrypt', hash: OWN_HASH } as const;
const bcrypt = { kind: 'imported-bcrypt', hash: new Secret('x') } as const;
const custom = {
  kind: 'imported-custom',
  hash: { algorithm: 'md5', hash: { value: new Secret('x') } },
} as const;
const shadow = annasAccount({ state: 'shadow', origin: 'legacy-login', credential: { kind: 'none' } });
const partial = annasAccount({ state: 'partial', credential: { kind: 'none' } });
const deleted = annasAccount({ state: 'deleted', credential: { kind: 'none' } });
const pending = (credential: Account['credential']) =>
  annasAccount({ state: 'imported-hash-pending', origin: 'bulk-import', credential });
const random = annasAccount({
  state: 'imported-random-password',
  origin: 'bulk-import',
  credential: { kind: 'random' },
});
const seen = (result: ReturnType<typeof logIn>) => [
  result.did,
  result.outcome,
  result.logs,
  result.accounts.map(({ state, credential }) => `${state} ${credential.kind}`),
];
const script = ['login(anna@example.com)'];

describe('a right password, import on', () => {
  test.each<[string, readonly Account[], unknown[]]>([
    ['legacy only', [], [script, 'ok', ['s auth0|7'], ['migrated tenant-bcrypt']]],
    ['shadow', [shadow], [script, 'ok', ['s auth0|7'], ['migrated tenant-bcrypt']]],
    [
      'partial',
      [partial],
      [script, 'state.partial-user', ['f auth0|7 The user already exists'], ['partial none']],
    ],
    ['migrated', [annasAccount()], [['check'], 'ok', ['s auth0|7'], ['migrated tenant-bcrypt']]],
    ['imported with bcrypt', [pending(bcrypt)], [['check'], 'ok', ['s auth0|7'], ['migrated tenant-bcrypt']]],
    [
      'imported with another hash',
      [pending(custom)],
      [['check'], 'ok', ['s auth0|7'], ['migrated tenant-bcrypt']],
    ],
    [
      'imported without hash',
      [random],
      [
        [],
        'state.random-password',
        ['fp auth0|7 Wrong email or password.'],
        ['imported-random-password random'],
      ],
    ],
    ['deleted', [deleted], [script, 'ok', ['s auth0|7'], ['migrated tenant-bcrypt']]],
  ])('%s', (_name, given, expected) => {
    expect(seen(logIn(given))).toEqual(expected);
  });
});

describe('a right password, import off', () => {
  test.each<[string, readonly Account[], unknown[]]>([
    ['legacy only', [], [script, 'ok', ['s auth0|7'], ['shadow none']]],
    ['shadow', [shadow], [script, 'ok', ['s auth0|7'], ['shadow none']]],
    [
      'partial',
      [partial],
      [script, 'state.partial-user', ['f auth0|7 The user already exists'], ['partial none']],
    ],
    ['migrated', [annasAccount()], [script, 'ok', ['s auth0|7'], ['migrated tenant-bcrypt']]],
    [
      'imported with another hash',
      [pending(custom)],
      [script, 'ok', ['s auth0|7'], ['imported-hash-pending imported-custom']],
    ],
    ['imported without hash', [random], [script, 'ok', ['s auth0|7'], ['imported-random-password random']]],
    ['deleted', [deleted], [script, 'ok', ['s auth0|7'], ['shadow none']]],
  ])('%s', (_name, given, expected) => {
    expect(seen(logIn(given, { options: { importMode: false } }))).toEqual(expected);
  });
});

describe('a wrong password', () => {
  const login = calledBackError('WrongUsernameOrPasswordError', {
    userId: 'anna@example.com',
    message: 'no',
  });
  test.each<[string, readonly Account[], string, string[]]>([
    ['legacy only', [], 'state.wrong-password', ['fp auth0|anna@example.com no']],
    ['shadow', [shadow], 'state.wrong-password', ['fp auth0|anna@example.com no']],
    ['partial', [partial], 'state.wrong-password', ['fp auth0|anna@example.com no']],
    ['migrated', [annasAccount()], 'state.wrong-password', ['fp auth0|7 Wrong email or password.']],
    [
      'imported with bcrypt',
      [pending(bcrypt)],
      'state.wrong-password',
      ['fp auth0|7 Wrong email or password.'],
    ],
    [
      'imported with another hash',
      [pending(custom)],
      'state.wrong-password',
      ['fp auth0|7 Password change required'],
    ],
    ['imported without hash', [random], 'state.random-password', ['fp auth0|7 Wrong email or password.']],
    ['deleted', [deleted], 'state.wrong-password', ['fp auth0|anna@example.com no']],
  ])('%s: nothing changes', (_name, given, cause, logs) => {
    const result = logIn(given, { login, check: 'mismatch' });
    expect([result.outcome, result.logs, result.accounts]).toEqual([cause, logs, given]);
  });

  test('with import off a migrated user fails in the script, and the cause is the switch', () => {
    const result = logIn([annasAccount()], { login, options: { importMode: false } });
    expect([result.did, result.outcome, result.accounts]).toEqual([
      script,
      'state.import-switched-off',
      [annasAccount()],
    ]);
  });
});

describe('the store says no to what the legacy store accepts', () => {
  test.each<[string, Account, 'mismatch' | 'unusable', string]>([
    ['migrated', annasAccount(), 'mismatch', 'state.legacy-password-changed'],
    ['imported hash', pending(custom), 'mismatch', 'state.imported-hash-mismatch'],
    ['imported bcrypt', pending(bcrypt), 'mismatch', 'state.imported-hash-mismatch'],
    ['imported hash that no password fits', pending(custom), 'unusable', 'state.imported-hash-unusable'],
    ['reset before the first login', { ...partial, credential: own }, 'mismatch', 'state.wrong-password'],
  ])('%s', (_name, account, check, cause) => {
    const result = logIn([account], { check, attempt: { legacyAccepts: true, expectedUserId: '7' } });
    expect([result.outcome, result.accounts]).toEqual([cause, [account]]);
  });

  test('asking the legacy store again is an assumption', () => {
    const result = logIn([annasAccount()], {
      check: 'mismatch',
      assumptions: { 'migrated-wrong-password': 'asks-legacy' },
    });
    expect(seen(result)).toEqual([['check', ...script], 'ok', ['s auth0|7'], ['migrated tenant-bcrypt']]);
  });
});

test('blocked users are refused after their password was right, in both modes', () => {
  const blocked = annasAccount({ blocked: true });
  const blockedShadow = { ...shadow, blocked: true };
  expect(
    [
      logIn([blocked]),
      logIn([blocked], { options: { importMode: false } }),
      logIn([blockedShadow]),
      logIn([blocked], { check: 'mismatch' }),
    ].map(({ outcome, logs }) => [outcome, logs[0]]),
  ).toEqual([
    ['state.blocked', 'f auth0|7 user is blocked'],
    ['state.blocked', 'f auth0|7 user is blocked'],
    ['state.blocked', 'f auth0|7 user is blocked'],
    ['state.wrong-password', 'fp auth0|7 Wrong email or password.'],
  ]);
});

test('a login after a reset before the first login makes the hidden user whole', () => {
  const hidden = annasAccount({ state: 'partial', origin: 'password-reset' });
  const result = logIn([hidden]);
  expect([result.did, result.outcome, result.accounts]).toEqual([
    ['check'],
    'ok',
    [{ ...hidden, state: 'migrated' }],
  ]);
});

test('a second login never runs the script again', () => {
  const store = storeOf();
  expect([logIn(store).did, logIn(store, { identifier: 'ANNA@EXAMPLE.COM' }).did]).toEqual([
    script,
    ['check'],
  ]);
});

test('a deleted user who comes back is told apart from a first migration', () => {
  expect(logIn([deleted], { deletedBefore: true }).findings).toEqual(['state.resurrected: deleted earlier']);
});
