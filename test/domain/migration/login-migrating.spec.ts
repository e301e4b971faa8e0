import { describe, expect, test } from 'vitest';
import type { Json } from '#domain/json.ts';
import type { Account } from '#domain/migration/account.ts';
import { Secret } from '#domain/secret.ts';
import { annasAccount, calledBack, calledBackError, storeOf } from '#test/given-accounts.ts';
import { ANNA, logIn, type LoginCase } from '#test/login-flow.ts';

const profile = (changes: Record<string, Json>) =>
  calledBack({ ...(ANNA as Record<string, Json>), ...changes });
const shadow = (changes: Partial<Account> = {}) =>
  annasAccount({ state: 'shadow', origin: 'legacy-login', credential: { kind: 'none' }, ...changes });

test('everything the script returned is stored, identifiers in lower case', () => {
  const login = profile({
    email: 'Anna@Example.com',
    username: 'ANNA',
    phone_number: '+46',
    phone_verified: true,
    given_name: 'Anna',
    family_name: 'Lind',
    app_metadata: { plan: 'gold' },
    user_metadata: { lang: 'sv' },
    mfa_factors: [{ phone: { value: '+46' } }],
    department: 'x',
  });
  expect(logIn([], { login }).accounts).toEqual([
    annasAccount({
      username: 'anna',
      phoneNumber: '+46',
      phoneVerified: true,
      givenName: 'Anna',
      familyName: 'Lind',
      appMetadata: { plan: 'gold' },
      userMetadata: { lang: 'sv' },
      mfaFactors: [{ phone: { value: '+46' } }],
    }),
  ]);
});

describe('what the script may answer', () => {
  test.each<[string, LoginCase, string, string[]]>([
    [
      'an unknown user',
      { login: calledBackError('WrongUsernameOrPasswordError') },
      'state.unknown-user',
      ['fu  as the script says'],
    ],
    [
      'an empty first argument',
      { login: calledBackError('WrongUsernameOrPasswordError', { userId: '' }) },
      'state.unknown-user',
      ['fu  as the script says'],
    ],
    ['nothing', { login: calledBack() }, 'state.login-without-profile', ['fu']],
    ['an error', { login: calledBackError('Error') }, 'state.script-error', ['f  as the script says']],
    [
      'a driver error',
      { login: calledBackError('MongoServerError') },
      'state.script-error',
      ['f  as the script says'],
    ],
    [
      'UnauthorizedError',
      { login: calledBackError('UnauthorizedError') },
      'state.script-unauthorized',
      ['f  as the script says'],
    ],
    [
      'ValidationError',
      { login: calledBackError('ValidationError') },
      'state.script-validation-error',
      ['f  as the script says'],
    ],
    [
      'no callback',
      { login: { ending: 'never-called-back', value: null, error: null } },
      'script.never-called-back',
      ['f  Request to Webtask exceeded allowed execution time'],
    ],
    [
      'too late',
      { login: { ending: 'timed-out', value: null, error: null } },
      'script.timed-out',
      ['f  Request to Webtask exceeded allowed execution time'],
    ],
    [
      'a throw',
      {
        login: { ending: 'threw', value: null, error: { name: 'TypeError', message: 'x is not a function' } },
      },
      'script.threw',
      ['f  x is not a function'],
    ],
    ['a crash', { login: { ending: 'crashed', value: null, error: null } }, 'script.crashed', ['f  crashed']],
    [
      'no script',
      { options: { scripts: new Set() } },
      'state.script-missing',
      ['f  Please implement the Login script'],
    ],
    ['a list', { login: calledBack([]) }, 'profile.not-an-object', ['f']],
    ['no id', { login: profile({ user_id: null }) }, 'profile.user-id-missing', ['f']],
    ['a bad address', { login: profile({ email: 'x' }) }, 'profile.email-invalid', ['f auth0|7']],
    [
      'bad factors',
      { login: profile({ mfa_factors: [] }) },
      'profile.mfa-factors-invalid',
      ['fu auth0|7 Unable to import MFA factors.'],
    ],
    [
      'no username where required',
      { options: { requiresUsername: true } },
      'profile.username-missing',
      ['f auth0|7'],
    ],
  ])('%s', (_name, when, cause, logs) => {
    const result = logIn([], when);
    expect([result.outcome, result.logs, result.accounts]).toEqual([cause, logs, []]);
  });

  test('details hold class names and endings, never messages', () => {
    const details = [
      calledBackError('Error', { message: 'canary' }),
      calledBackError('canary with blanks', { message: 'canary' }),
      { ending: 'rejected', value: null, error: { name: 'Error', message: 'canary' } } as const,
    ].map((login) => logIn([], { login }).detail);
    expect(details).toEqual(['login: Error', 'login: Error', 'login: rejected']);
  });

  test('with import off a bad address is only reported', () => {
    const result = logIn([], { login: profile({ email: 'x' }), options: { importMode: false } });
    expect([result.outcome, result.findings]).toEqual(['ok', ['profile.email-invalid: email: no-at']]);
  });
});

describe('what is in the way', () => {
  const bo = annasAccount({ userId: '8', email: 'bo@example.com', username: 'bo', phoneNumber: '+46' });
  test.each<[string, readonly Account[], LoginCase, string, string]>([
    [
      'e-mail of a stranger',
      [bo],
      { login: profile({ email: 'BO@example.com' }), identifier: 'anna' },
      'state.email-taken',
      'email',
    ],
    [
      'e-mail of oneself under another id',
      [shadow({ userId: '6' })],
      { attempt: { expectedUserId: '6' } },
      'state.user-id-unstable',
      'email',
    ],
    [
      'e-mail under another id, scripts disagree',
      [shadow({ userId: '6' })],
      { assumptions: { 'get-user-at-login': 'yes' }, getUser: profile({ user_id: '5' }) },
      'state.user-id-unstable',
      'email',
    ],
    ['username', [bo], { login: profile({ username: 'Bo' }) }, 'state.username-taken', 'username'],
    ['phone', [bo], { login: profile({ phone_number: '+46' }) }, 'state.phone-taken', 'phone_number'],
    [
      'id, after the address was changed',
      [annasAccount({ email: 'new@example.com' })],
      {},
      'state.user-id-taken',
      'user_id',
    ],
    [
      'id, typed as a username that was never stored',
      [annasAccount()],
      { identifier: 'anna' },
      'state.identifier-not-stored',
      'the typed identifier',
    ],
    [
      'half a user under another id',
      [annasAccount({ userId: '6', state: 'partial', credential: { kind: 'none' } })],
      { assumptions: { 'partial-user-login': 'completed' } },
      'state.partial-user',
      'partial user',
    ],
  ])('%s', (_name, given, when, cause, detail) => {
    const result = logIn(given, when);
    expect([result.outcome, result.detail, result.accounts]).toEqual([cause, detail, given]);
  });

  test('two legacy users with one address but for case: the first to come owns it', () => {
    const store = storeOf();
    const first = logIn(store, {
      identifier: 'Anna@example.com',
      login: profile({ email: 'Anna@example.com' }),
      attempt: { expectedUserId: '7' },
    });
    const second = logIn(store, {
      identifier: 'anna@example.com',
      check: 'mismatch',
      attempt: { expectedUserId: '8', legacyAccepts: true },
    });
    expect([first.outcome, second.did, second.outcome]).toEqual([
      'ok',
      ['check'],
      'state.shadowed-by-other-user',
    ]);
  });

  test('with import off the second of two users with one address is refused', () => {
    const store = storeOf();
    const options = { importMode: false };
    const outcomes = ['7', '8'].map(
      (id) => logIn(store, { options, login: profile({ user_id: id }) }).outcome,
    );
    expect(outcomes).toEqual(['ok', 'state.email-taken']);
  });
});

describe('import switched on late', () => {
  test('a passwordless profile with the same data becomes a whole user', () => {
    const { outcome, accounts } = logIn([shadow({ name: 'Old' })], { login: profile({ name: 'New' }) });
    expect([outcome, accounts]).toEqual(['ok', [annasAccount({ origin: 'legacy-login', name: 'New' })]]);
  });

  test.each<[string, Partial<Account>, Record<string, Json>, string]>([
    ['phone', { phoneNumber: '+46' }, { phone_number: '+47' }, 'phone_number'],
    ['phone gone', { phoneNumber: '+46' }, {}, 'phone_number'],
    ['username', { username: 'anna' }, { username: 'annie' }, 'username'],
    ['address', {}, { email: 'new@example.com' }, 'email'],
  ])('another %s is a data conflict, or overwritten by assumption', (_name, changes, returned, detail) => {
    const when = { login: profile(returned) };
    const refused = logIn([shadow(changes)], when);
    const allowed = logIn([shadow(changes)], {
      ...when,
      assumptions: { 'late-import-conflict': 'migrated' },
    });
    expect([refused.outcome, refused.detail, allowed.outcome, allowed.accounts[0]?.state]).toEqual([
      'state.shadow-data-conflict',
      detail,
      'ok',
      'migrated',
    ]);
  });

  test('capitals are no conflict', () => {
    expect(logIn([shadow({ email: 'Anna@Example.com' })]).outcome).toBe('ok');
  });
});

describe('interruption between the two steps', () => {
  const interrupted = { attempt: { interrupted: true }, login: profile({ app_metadata: { plan: 'gold' } }) };
  test('leaves a hidden half of the user that refuses every further login', () => {
    const store = storeOf();
    const first = logIn(store, interrupted);
    const second = logIn(store);
    expect([first.outcome, first.accounts, second.outcome]).toEqual([
      'state.creation-interrupted',
      [annasAccount({ state: 'partial', credential: { kind: 'none' } })],
      'state.partial-user',
    ]);
  });

  test('by assumption the next login completes it', () => {
    const store = storeOf();
    logIn(store, interrupted);
    const again = logIn(store, {
      login: interrupted.login,
      assumptions: { 'partial-user-login': 'completed' },
    });
    expect([again.outcome, again.accounts]).toEqual([
      'ok',
      [annasAccount({ appMetadata: { plan: 'gold' } })],
    ]);
  });
});

describe('open points of a migrating login', () => {
  const weak = { attempt: { password: new Secret('abc') }, options: { passwordPolicy: 'good' } } as const;
  const long = { attempt: { password: new Secret('å'.repeat(37)) } };
  test.each<[string, LoginCase, string, string[]]>([
    ['weak password, policy not applied', weak, 'ok', []],
    [
      'weak password, policy applied',
      { ...weak, assumptions: { 'policy-at-migration': 'yes' } },
      'state.password-policy',
      [],
    ],
    ['74 bytes, cut', long, 'ok', ['state.password-truncated: password: 74 bytes, 72 count']],
    [
      '74 bytes, refused',
      { ...long, assumptions: { 'password-over-72-bytes': 'refused' } },
      'state.password-too-long',
      [],
    ],
    ['74 bytes, taken whole', { ...long, assumptions: { 'password-over-72-bytes': 'unlimited' } }, 'ok', []],
    [
      'oversized, warned',
      { login: profile({ user_metadata: { a: 'x'.repeat(10_240) } }) },
      'ok',
      ['profile.too-large: 10329 bytes, at most 10240'],
    ],
    [
      'oversized, refused',
      {
        login: profile({ user_metadata: { a: 'x'.repeat(10_240) } }),
        assumptions: { 'oversized-profile': 'refused' },
      },
      'profile.too-large',
      ['profile.too-large: 10329 bytes, at most 10240'],
    ],
    [
      'id made up',
      { login: profile({ user_id: null }), assumptions: { 'missing-user-id': 'generated' } },
      'ok',
      [],
    ],
  ])('%s', (_name, when, outcome, findings) => {
    const result = logIn([], when);
    expect([result.outcome, result.findings]).toEqual([outcome, findings]);
  });

  test('log types of silent and failing scripts', () => {
    const assumptions = { 'error-log-type': 'fu', 'no-profile-log-type': 'fp' } as const;
    expect([
      logIn([], { login: calledBack(), assumptions }).logs,
      logIn([], { login: calledBackError('Error'), assumptions }).logs,
    ]).toEqual([['fp'], ['fu  as the script says']]);
  });

  test('get_user before login: it runs first, and whom it does not find cannot log in', () => {
    const assumptions = { 'get-user-at-login': 'yes' } as const;
    const found = logIn([], { assumptions, identifier: 'Anna@Example.com' });
    const unknown = logIn([], { assumptions, getUser: calledBack() });
    const failing = logIn([], { assumptions, getUser: calledBackError('Error') });
    const differing = logIn([], { assumptions, getUser: profile({ name: 'A' }) });
    expect([found.did, found.outcome, unknown.outcome, failing.outcome, differing.findings]).toEqual([
      ['get_user(Anna@Example.com)', 'login(Anna@Example.com)'],
      'ok',
      'state.unknown-user',
      'state.script-error',
      ['profile.attributes-differ: get_user and login: name'],
    ]);
  });

  test('the identifier reaches scripts as typed, or in lower case by assumption', () => {
    const assumptions = { 'identifier-case': 'lower-cased' } as const;
    expect(logIn([], { identifier: 'Anna@Example.com', assumptions }).did).toEqual([
      'login(anna@example.com)',
    ]);
  });
});
