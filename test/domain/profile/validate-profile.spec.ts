import { expect, test } from 'vitest';
import type { Json } from '#domain/json.ts';
import { profileFromScript } from '#domain/profile/profile-from-script.ts';
import { validateProfile } from '#domain/profile/validate-profile.ts';
import { assuming } from '#test/given-accounts.ts';

const base = { user_id: '7', email: 'anna@example.com', email_verified: true };
const rules = {
  importMode: true,
  requiresUsername: false,
  usernameLength: { min: 1, max: 15 },
  assumptions: assuming(),
};
const check = (value: Record<string, Json>, changes: Partial<typeof rules> = {}) => {
  const { profile } = profileFromScript({ ...base, ...value });
  const { findings, refusal } = validateProfile(profile!, { ...rules, ...changes });
  return { findings: findings.map(({ code, detail }) => `${code}: ${detail}`), refusal };
};

test('a good profile has no findings', () => {
  expect(check({})).toEqual({ findings: [], refusal: null });
});

test.each<[string, Record<string, Json>, string, string | null, string | null]>([
  [
    'no id',
    { user_id: null },
    'profile.user-id-missing: user_id',
    'profile.user-id-missing',
    'profile.user-id-missing',
  ],
  ['long id', { user_id: 'x'.repeat(256) }, 'profile.user-id-invalid: user_id: length 256', null, null],
  ['blank in id', { user_id: 'a b' }, 'profile.user-id-invalid: user_id: has white space', null, null],
  ['no address', { email: null }, 'profile.email-missing: email', 'profile.email-missing', null],
  ['bad address', { email: 'a@b' }, 'profile.email-invalid: email: domain', 'profile.email-invalid', null],
  ['unverified', { email_verified: false }, 'profile.email-unverified: email_verified', null, null],
  ['idle username', { username: 'anna' }, 'profile.username-unused: username', null, null],
  [
    'bad phone',
    { phone_number: '0701' },
    'profile.phone-invalid: phone_number: text of length 4',
    'profile.phone-invalid',
    null,
  ],
  [
    'long name',
    { name: 'x'.repeat(301) },
    'profile.attribute-too-long: name: length 301, at most 300',
    null,
    null,
  ],
  [
    'long given name',
    { given_name: 'x'.repeat(151) },
    'profile.attribute-too-long: given_name: length 151, at most 150',
    null,
    null,
  ],
  ['forbidden key', { app_metadata: { email: 1 } }, 'profile.app-metadata-forbidden: email', null, null],
  [
    'dot in key',
    { user_metadata: { a: [{ 'b.c': 1 }] } },
    'profile.metadata-key-illegal: user_metadata.a[0].b.c',
    null,
    null,
  ],
  ['dollar in key', { app_metadata: { a$: 1 } }, 'profile.metadata-key-illegal: app_metadata.a$', null, null],
  [
    'empty factors',
    { mfa_factors: [] },
    'profile.mfa-factors-invalid: mfa_factors is empty or not a list',
    'profile.mfa-factors-invalid',
    'profile.mfa-factors-invalid',
  ],
  [
    'two in one factor',
    { mfa_factors: [{ totp: { secret: 'ABC' }, phone: { value: '+1' } }] },
    'profile.mfa-factors-invalid: mfa_factors[0]',
    'profile.mfa-factors-invalid',
    'profile.mfa-factors-invalid',
  ],
  [
    'padded secret',
    { mfa_factors: [{ totp: { secret: 'ABC=' } }] },
    'profile.mfa-factors-invalid: mfa_factors[0]',
    'profile.mfa-factors-invalid',
    'profile.mfa-factors-invalid',
  ],
])('%s', (_name, value, finding, importOn, importOff) => {
  expect([check(value), check(value, { importMode: false })]).toEqual([
    { findings: [finding], refusal: importOn },
    { findings: [finding], refusal: importOff },
  ]);
});

test('usernames are checked where the connection requires them', () => {
  const required = { requiresUsername: true };
  expect([
    check({}, required),
    check({ username: 'åsa' }, required),
    check({ username: 'anna' }, required),
  ]).toEqual([
    { findings: ['profile.username-missing: username'], refusal: 'profile.username-missing' },
    { findings: ['profile.username-invalid: username: characters, length 3'], refusal: null },
    { findings: [], refusal: null },
  ]);
});

test('the limit of 10 KB counts UTF-8 bytes of the whole profile', () => {
  const empty = check({ user_metadata: { a: 'å'.repeat(6000) } });
  const size = Number(/(\d+) bytes, at most 10240/.exec(empty.findings[0]!)?.[1]);
  expect([size > 12_000, empty.refusal]).toEqual([true, null]);
  const atLimit = 'x'.repeat(6000 - Math.ceil((size - 10_240) / 2));
  expect(check({ user_metadata: { a: atLimit } }).findings).toEqual([]);
  const refused = { assumptions: assuming({ 'oversized-profile': 'refused' }) };
  expect(check({ user_metadata: { a: 'x'.repeat(10_240) } }, refused).refusal).toBe('profile.too-large');
});

test('lengths with two answers follow their assumptions', () => {
  const strict = { assumptions: assuming({ 'name-length': '150', 'nickname-length': '350' }) };
  expect(check({ name: 'x'.repeat(151), nickname: 'x'.repeat(350) }, strict).findings).toEqual([
    'profile.attribute-too-long: name: length 151, at most 150',
  ]);
});
