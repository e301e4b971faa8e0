import { describe, expect, test } from 'vitest';
import type { Account } from '#domain/migration/account.ts';
import { accountFacts } from '#domain/migration/account-facts.ts';
import { decideImport } from '#domain/migration/decide-import.ts';
import { createFileIdentifiers } from '#domain/migration/file-identifiers.ts';
import type { ImportRecord } from '#domain/migration/import-record.ts';
import { Secret } from '#domain/secret.ts';
import { annasAccount, assuming, storeOf } from '#test/given-accounts.ts';

const custom = { algorithm: 'md5', hash: { value: new Secret('x'), encoding: 'hex' } } as const;
const other = { algorithm: 'sha1', hash: { value: new Secret('y'), encoding: 'hex' } } as const;
const record: ImportRecord = { user_id: '7', email: 'Anna@Example.com', email_verified: true };

function run(
  given: readonly Account[],
  imported: ImportRecord,
  { upsert = false, assumptions = assuming() } = {},
) {
  const store = storeOf(...given);
  const facts = accountFacts(store, {
    userId: imported.user_id ?? null,
    email: imported.email ?? null,
    username: imported.username ?? null,
    phoneNumber: imported.phone_number ?? null,
  });
  const decision = decideImport(imported, facts, { upsert, generatedUserId: 'made' }, assumptions);
  store.apply(decision.events);
  return {
    result: decision.result,
    codes: decision.refusals.map(({ cause, error }) => `${cause} ${error.code}`),
    findings: decision.findings.map(({ code, detail }) => `${code}: ${detail}`),
    accounts: store.accounts(),
  };
}

describe('inserting', () => {
  test.each<[string, ImportRecord, Account['state'], Account['credential']['kind']]>([
    ['no hash', record, 'imported-random-password', 'random'],
    [
      'password_hash',
      { ...record, password_hash: new Secret('x') },
      'imported-hash-pending',
      'imported-bcrypt',
    ],
    [
      'custom_password_hash',
      { ...record, custom_password_hash: custom },
      'imported-hash-pending',
      'imported-custom',
    ],
  ])('with %s the user is %s', (_name, imported, state, kind) => {
    const { result, accounts } = run([], imported);
    expect([
      result,
      accounts.map((account) => [account.userId, account.state, account.credential.kind]),
    ]).toEqual(['inserted', [['7', state, kind]]]);
  });

  test('identifiers are lower-cased, names generated, flags taken over', () => {
    const { accounts } = run([], {
      email: 'Anna@Example.com',
      username: 'ANNA',
      blocked: true,
      user_metadata: { a: 1 },
    });
    expect(accounts).toEqual([
      annasAccount({
        userId: 'made',
        state: 'imported-random-password',
        origin: 'bulk-import',
        username: 'anna',
        emailVerified: false,
        blocked: true,
        userMetadata: { a: 1 },
        credential: { kind: 'random' },
      }),
    ]);
  });

  test('an id that carries the prefix gets it twice', () => {
    const { accounts, findings } = run([], { ...record, user_id: 'auth0|7' });
    expect([accounts[0]?.userId, findings]).toEqual(['auth0|7', ['import.user-id-double-prefix: user_id']]);
  });

  test('verification mails are counted where assumed', () => {
    const assumptions = assuming({ 'import-verification-mail': 'yes' });
    const unverified = run([], { user_id: '7', email: 'a@example.com' }, { assumptions });
    expect([unverified.findings, run([], record, { assumptions }).findings]).toEqual([
      ['import.sends-verification-mail: email_verified'],
      [],
    ]);
  });
});

describe('collisions', () => {
  const stranger = annasAccount({ userId: '8', email: 'bo@example.com', username: 'bo', phoneNumber: '+46' });
  test.each<[string, Account, ImportRecord, string]>([
    ['e-mail in another case', annasAccount({ userId: '8' }), record, 'import.conflict CONFLICT_EMAIL'],
    ['user_id', annasAccount({ email: 'old@example.com' }), record, 'import.conflict CONFLICT'],
    ['username', stranger, { ...record, username: 'BO' }, 'import.conflict CONFLICT_USERNAME'],
    ['phone', stranger, { ...record, phone_number: '+46' }, 'import.conflict CONFLICT'],
    [
      'passwordless profile',
      annasAccount({ state: 'shadow', credential: { kind: 'none' } }),
      record,
      'import.collides-with-shadow DUPLICATED_USER',
    ],
    [
      'half-created user',
      annasAccount({ state: 'partial', credential: { kind: 'none' } }),
      record,
      'import.collides-with-partial DUPLICATED_USER',
    ],
  ])('by %s', (_name, existing, imported, code) => {
    expect(run([existing], imported)).toEqual({
      result: 'failed',
      codes: [code],
      findings: [],
      accounts: [existing],
    });
  });

  test.each<[string, Account, ImportRecord]>([
    ['user_id', annasAccount({ email: 'old@example.com' }), record],
    ['username', stranger, { ...record, username: 'bo' }],
    ['shadow', annasAccount({ state: 'shadow', credential: { kind: 'none' } }), record],
    ['partial', annasAccount({ state: 'partial', credential: { kind: 'none' } }), record],
  ])('upsert does not help against %s', (_name, existing, imported) => {
    expect(run([existing], imported, { upsert: true }).result).toBe('failed');
  });

  test('a deleted user is no collision', () => {
    expect(run([annasAccount({ state: 'deleted', credential: { kind: 'none' } })], record).result).toBe(
      'inserted',
    );
  });

  test('codes follow their assumptions', () => {
    const shadow = annasAccount({ state: 'shadow', credential: { kind: 'none' } });
    expect([
      run([annasAccount()], record, { assumptions: assuming({ 'import-conflict-code': 'duplicated-user' }) })
        .codes,
      run([shadow], record, { assumptions: assuming({ 'import-matches-on-user-id': 'yes' }) }).codes,
    ]).toEqual([['import.conflict DUPLICATED_USER'], ['import.collides-with-shadow CONFLICT_USERNAME']]);
  });

  test('a record without id slips past a passwordless profile and makes a second user', () => {
    const shadow = annasAccount({ state: 'shadow', credential: { kind: 'none' } });
    const imported: ImportRecord = { email: 'anna@example.com', email_verified: true };
    const { result, findings, accounts } = run([shadow], imported);
    expect([result, findings, accounts.map(({ userId }) => userId)]).toEqual([
      'inserted',
      ['import.duplicates-shadow: email'],
      ['7', 'made'],
    ]);
    expect(
      run([shadow], imported, { assumptions: assuming({ 'import-shadow-without-id': 'refused' }) }).result,
    ).toBe('failed');
  });
});

describe('upsert', () => {
  const pending = annasAccount({
    state: 'imported-hash-pending',
    credential: { kind: 'imported-custom', hash: custom },
    userMetadata: { a: 1, b: 2 },
    appMetadata: { plan: 'gold' },
  });

  test('changes what is upsertable, replaces metadata as a whole, and names what it ignores', () => {
    const { result, findings, accounts } = run(
      [pending],
      {
        user_id: '9',
        email: 'anna@example.com',
        username: 'anna',
        phone_number: '+46',
        blocked: true,
        name: 'Anna',
        given_name: 'A',
        user_metadata: { b: 3 },
      },
      { upsert: true },
    );
    expect([result, findings, accounts]).toEqual([
      'updated',
      [
        'import.not-applied-on-upsert: phone_number, username, blocked, user_id',
        'import.metadata-replaced: user_metadata.a',
      ],
      [{ ...pending, name: 'Anna', givenName: 'A', userMetadata: { b: 3 } }],
    ]);
  });

  test('a new custom hash replaces one that was never used', () => {
    const { result, accounts } = run([pending], { ...record, custom_password_hash: other }, { upsert: true });
    expect([result, accounts[0]?.credential, accounts[0]?.state]).toEqual([
      'updated',
      { kind: 'imported-custom', hash: other },
      'imported-hash-pending',
    ]);
  });

  test.each<[string, Partial<Account>]>([
    ['migrated', {}],
    [
      'imported with bcrypt',
      { state: 'imported-hash-pending', credential: { kind: 'imported-bcrypt', hash: new Secret('x') } },
    ],
    ['imported without hash', { state: 'imported-random-password', credential: { kind: 'random' } }],
  ])('a custom hash for a user that is %s fails the whole record', (_name, changes) => {
    const { result, codes, accounts } = run(
      [annasAccount(changes)],
      { ...record, name: 'X', custom_password_hash: other },
      { upsert: true },
    );
    expect([result, codes, accounts]).toEqual([
      'failed',
      ['import.hash-already-set NOT_PASSED'],
      [annasAccount(changes)],
    ]);
  });

  test('email_verified and mfa_factors follow their assumptions', () => {
    const factors = [{ phone: { value: '+1' } }];
    const imported: ImportRecord = { user_id: '7', email: 'anna@example.com', mfa_factors: factors };
    const plain = run([annasAccount()], imported, { upsert: true });
    const turned = run([annasAccount()], imported, {
      upsert: true,
      assumptions: assuming({ 'upsert-resets-email-verified': 'yes', 'upsert-mfa-factors': 'ignored' }),
    });
    expect(
      [plain, turned].map(({ accounts, findings }) => [
        accounts[0]?.emailVerified,
        accounts[0]?.mfaFactors,
        findings,
      ]),
    ).toEqual([
      [true, factors, ['import.mfa-on-upsert-open: mfa_factors']],
      [
        false,
        null,
        [
          'import.not-applied-on-upsert: mfa_factors',
          'import.mfa-on-upsert-open: mfa_factors',
          'import.email-verified-lost: email_verified',
        ],
      ],
    ]);
  });
});

test('inside one file the second record with an identifier fails, and takes none of its others', () => {
  const seen = createFileIdentifiers();
  const claim = (claimed: ImportRecord) => seen.claim(claimed)?.error.message ?? 'taken';
  expect([
    claim({ user_id: '1', email: 'anna@example.com', username: 'anna' }),
    claim({ user_id: '2', email: 'ANNA@example.com', username: 'bo' }),
    claim({ user_id: '3', email: 'bo@example.com', username: 'Anna' }),
    claim({ user_id: '1', email: 'cy@example.com' }),
    claim({ user_id: '2', email: 'bo@example.com', username: 'bo' }),
    claim({ email: 'dan@example.com' }),
    claim({ user_id: 'A' }),
    claim({ user_id: 'a' }),
  ]).toEqual([
    'taken',
    'A user with this email was already provided.',
    'A user with this username was already provided.',
    'A user with this user_id was already provided.',
    'taken',
    'taken',
    'taken',
    'taken',
  ]);
});
