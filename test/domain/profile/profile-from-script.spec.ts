import { expect, test } from 'vitest';
import type { Json } from '#domain/json.ts';
import { profileFromScript } from '#domain/profile/profile-from-script.ts';
import { assuming } from '#test/given-accounts.ts';

const codes = (value: Json, assumptions = assuming()) =>
  profileFromScript(value, assumptions).findings.map(({ code, detail }) => `${code}: ${detail}`);
const verified = { user_id: '7', email_verified: true };

test('a clean profile is read whole and unknown attributes pass through', () => {
  const value = {
    user_id: '7',
    email: 'anna@example.com',
    email_verified: true,
    username: 'anna',
    phone_number: '+4670',
    phone_verified: true,
    name: 'Anna Lind',
    nickname: 'annie',
    given_name: 'Anna',
    family_name: 'Lind',
    picture: 'https://example.com/a.png',
    blocked: true,
    user_metadata: { lang: 'sv' },
    app_metadata: { plan: 'gold' },
    mfa_factors: [{ totp: { secret: 'ABC' } }],
    access_token: 'kept on purpose',
    department: 'x',
  };
  expect(profileFromScript(value)).toEqual({
    profile: {
      userId: '7',
      email: 'anna@example.com',
      emailVerified: true,
      username: 'anna',
      phoneNumber: '+4670',
      phoneVerified: true,
      name: 'Anna Lind',
      nickname: 'annie',
      givenName: 'Anna',
      familyName: 'Lind',
      picture: 'https://example.com/a.png',
      blocked: true,
      userMetadata: { lang: 'sv' },
      appMetadata: { plan: 'gold' },
      mfaFactors: [{ totp: { secret: 'ABC' } }],
      other: { access_token: 'kept on purpose', department: 'x' },
    },
    findings: [],
  });
});

test.each<[string, Json, string]>([
  ['nothing', null, 'nothing'],
  ['a list', [1], 'a list'],
  ['a text', 'anna', 'a string'],
  ['true', true, 'a boolean'],
])('%s is no profile', (_name, value, kind) => {
  expect(profileFromScript(value)).toEqual({
    profile: null,
    findings: [{ code: 'profile.not-an-object', detail: `the script returned ${kind}` }],
  });
});

test.each<[string, Json, string | null, string[]]>([
  ['id stands in for user_id', { ...verified, user_id: null, id: '9' }, '9', []],
  ['user_id wins over id', { ...verified, id: '9' }, '7', []],
  [
    'a prefix is kept and reported',
    { ...verified, user_id: 'auth0|7' },
    'auth0|7',
    ['profile.user-id-prefixed: user_id'],
  ],
  ['a number becomes text', { ...verified, user_id: 7 }, '7', ['profile.user-id-not-text: a number']],
  ['an object is none', { ...verified, user_id: { a: 1 } }, null, ['profile.user-id-not-text: a object']],
  ['an empty text is none', { ...verified, user_id: '' }, null, []],
])('user_id: %s', (_name, value, userId, findings) => {
  expect([profileFromScript(value).profile?.userId, codes(value)]).toEqual([userId, findings]);
});

test('a numeric user_id counts as missing where that is assumed', () => {
  const read = profileFromScript({ ...verified, user_id: 7 }, assuming({ 'numeric-user-id': 'refused' }));
  expect(read.profile?.userId).toBeNull();
});

test.each<[Json, boolean, boolean]>([
  [1, true, false],
  [0, false, false],
  ['false', true, false],
  ['', false, false],
])('email_verified %o is read by the assumption', (flag, truthy, strict) => {
  const value = { user_id: '7', email_verified: flag };
  const read = (rule: 'as-truthy' | 'as-false') =>
    profileFromScript(value, assuming({ 'email-verified-not-boolean': rule })).profile?.emailVerified;
  expect([read('as-truthy'), read('as-false'), codes(value)[0]?.split(':')[0]]).toEqual([
    truthy,
    strict,
    'profile.verified-not-boolean',
  ]);
});

test('a missing email_verified is reported', () => {
  expect(codes({ user_id: '7' })).toEqual(['profile.email-verified-missing: email_verified']);
});

test.each<['both' | 'app_metadata' | 'metadata', Json, Json]>([
  ['both', { ...verified, app_metadata: { a: 1 } }, { a: 1 }],
  ['both', { ...verified, metadata: { m: 1 } }, { m: 1 }],
  ['both', { ...verified, app_metadata: { a: 1 }, metadata: { m: 1 } }, { a: 1 }],
  ['app_metadata', { ...verified, metadata: { m: 1 } }, null],
  ['metadata', { ...verified, app_metadata: { a: 1 }, metadata: { m: 1 } }, { m: 1 }],
  ['metadata', { ...verified, app_metadata: { a: 1 } }, null],
])('metadata-property %s: %j gives app_metadata %j', (rule, value, expected) => {
  expect(profileFromScript(value, assuming({ 'metadata-property': rule })).profile?.appMetadata).toEqual(
    expected,
  );
});

test('the metadata name that is not read passes through as an ordinary attribute', () => {
  const value = { ...verified, app_metadata: { a: 1 }, metadata: { m: 1 } };
  expect([profileFromScript(value).profile?.other, codes(value)]).toEqual([
    { metadata: { m: 1 } },
    ['profile.both-metadata-names: both are returned', 'profile.metadata-name-open: metadata'],
  ]);
});

test('secret-like attributes are named and their values are gone, at any depth', () => {
  const value = {
    ...verified,
    password_hash: 'canary-1',
    PasswordSalt: 'canary-2',
    user_metadata: { resetToken: 'canary-3', deep: { secret: 'canary-4' }, tokens_left: 3 },
    refresh_token: 'kept',
  };
  const read = profileFromScript(value);
  expect(JSON.stringify(read)).not.toContain('canary');
  expect(codes(value)).toEqual([
    'profile.secret-returned: password_hash',
    'profile.secret-returned: PasswordSalt',
    'profile.secret-returned: user_metadata.resetToken',
    'profile.secret-returned: user_metadata.deep.secret',
  ]);
});

test('wrong types are reported with their kind', () => {
  const value = { ...verified, name: 5, nickname: ['x'], user_metadata: 'x', app_metadata: [1] };
  const { profile } = profileFromScript(value);
  expect([
    profile?.name,
    profile?.nickname,
    profile?.userMetadata,
    profile?.appMetadata,
    codes(value),
  ]).toEqual([
    '5',
    null,
    null,
    null,
    [
      'profile.attribute-not-text: name: a number',
      'profile.attribute-not-text: nickname: a object',
      'profile.metadata-not-an-object: user_metadata: a string',
      'profile.metadata-not-an-object: app_metadata: a list',
    ],
  ]);
});

test('mfa_factors that are no list are not taken for none', () => {
  expect(
    profileFromScript({ ...verified, mfa_factors: { totp: { secret: 'ABC' } } }).profile?.mfaFactors,
  ).toEqual([]);
});
