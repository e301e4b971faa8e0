import { expect, test } from 'vitest';
import { validateImportRecord } from '#domain/migration/validate-import-record.ts';
import { Secret } from '#domain/secret.ts';
import { assuming } from '#test/given-accounts.ts';

const rules = (changes: Parameters<typeof assuming>[0] = {}) => ({
  requiresUsername: false,
  usernameLength: { min: 2, max: 15 },
  assumptions: assuming(changes),
});
const errors = (record: unknown, withRules = rules()) =>
  validateImportRecord(record, withRules).map(({ error }) => error);
const causes = (record: unknown, withRules = rules()) =>
  validateImportRecord(record, withRules).map(({ cause }) => cause);
const email = 'anna@example.com';
const inEmail = 'identities[0].profileData.email';

test('a full record meets the schema, typed or from a file', () => {
  const record = {
    email,
    email_verified: true,
    phone_number: '+46701234567',
    phone_verified: true,
    user_id: '7',
    username: 'anna',
    given_name: 'Anna',
    family_name: 'Lind',
    name: 'Anna Lind',
    nickname: 'annie',
    picture: 'anything',
    blocked: false,
    app_metadata: { plan: 'gold' },
    user_metadata: { lang: 'sv' },
    mfa_factors: [{ totp: { secret: 'ABC234' } }, { phone: { value: '+1' } }, { email: { value: email } }],
  };
  const hash = `$2b$10$${'a'.repeat(53)}`;
  expect([
    errors({ ...record, password_hash: hash }),
    errors({ ...record, password_hash: new Secret(hash), given_name: undefined }),
  ]).toEqual([[], []]);
});

test.each<[string, unknown, { code: string; message: string; path?: string }]>([
  ['no object', 'x', { code: 'INVALID_TYPE', message: 'Expected type object but found type string' }],
  ['a list', [], { code: 'INVALID_TYPE', message: 'Expected type object but found type array' }],
  [
    'no address',
    {},
    { code: 'OBJECT_MISSING_REQUIRED_PROPERTY', message: 'Missing required property: email' },
  ],
  [
    'null address',
    { email: null },
    {
      code: 'INVALID_TYPE',
      message: `Error in ${inEmail} property - Expected type string but found type null`,
      path: inEmail,
    },
  ],
  [
    'bad address',
    { email: 'a@b' },
    {
      code: 'INVALID_FORMAT',
      message: `Error in ${inEmail} property - Object didn't pass validation for format email: a@b`,
      path: inEmail,
    },
  ],
  [
    'unknown properties',
    { email, roles: [], created_at: 'x' },
    { code: 'OBJECT_ADDITIONAL_PROPERTIES', message: 'Additional properties not allowed: roles,created_at' },
  ],
  [
    'numeric id',
    { email, user_id: 7 },
    {
      code: 'INVALID_TYPE',
      message: 'Error in user_id property - Expected type string but found type integer',
      path: 'user_id',
    },
  ],
  [
    'flag as number',
    { email, blocked: 1.5 },
    {
      code: 'INVALID_TYPE',
      message: 'Error in blocked property - Expected type boolean but found type number',
      path: 'blocked',
    },
  ],
  [
    'metadata as list',
    { email, user_metadata: [] },
    {
      code: 'INVALID_TYPE',
      message: 'Error in user_metadata property - Expected type object but found type array',
      path: 'user_metadata',
    },
  ],
  [
    'forbidden key',
    { email, app_metadata: { user_id: 1 } },
    {
      code: 'NOT_PASSED',
      message: "Error in app_metadata property - Data matches schema from 'not'",
      path: 'app_metadata',
    },
  ],
  [
    'dot in key',
    { email, user_metadata: { 'a.b': 1 } },
    {
      code: 'NOT_PASSED',
      message: "Error in user_metadata property - Data matches schema from 'not'",
      path: 'user_metadata',
    },
  ],
  [
    'phone',
    { email, phone_number: '0701' },
    {
      code: 'PATTERN',
      message:
        'Error in identities[0].profileData.phone_number property - String does not match pattern ^\\+[0-9]{1,15}$: 0701',
      path: 'identities[0].profileData.phone_number',
    },
  ],
  [
    'cost 12',
    { email, password_hash: `$2b$12$${'a'.repeat(53)}` },
    {
      code: 'PATTERN',
      message:
        'Error in passwordHash property - String does not match pattern ^\\$2[ab]?\\$10+\\$[./A-Za-z0-9]{53}$: *****',
      path: 'passwordHash',
    },
  ],
  [
    '$2y$',
    { email, password_hash: new Secret(`$2y$10$${'a'.repeat(53)}`) },
    {
      code: 'PATTERN',
      message:
        'Error in passwordHash property - String does not match pattern ^\\$2[ab]?\\$10+\\$[./A-Za-z0-9]{53}$: *****',
      path: 'passwordHash',
    },
  ],
  [
    'no factors',
    { email, mfa_factors: [] },
    {
      code: 'ARRAY_LENGTH_SHORT',
      message: 'Error in mfa_factors property - Array is too short (0), minimum 1',
      path: 'mfa_factors',
    },
  ],
  [
    'eleven factors',
    { email, mfa_factors: Array.from({ length: 11 }, () => ({ phone: { value: '+1' } })) },
    {
      code: 'ARRAY_LENGTH_LONG',
      message: 'Error in mfa_factors property - Array is too long (11), maximum 10',
      path: 'mfa_factors',
    },
  ],
  [
    'two in one',
    { email, mfa_factors: [{ phone: { value: '+1' }, totp: { secret: 'ABC' } }] },
    {
      code: 'OBJECT_PROPERTIES_MAXIMUM',
      message: 'Error in mfa_factors[0] property - Too many properties defined (2), maximum 1',
      path: 'mfa_factors[0]',
    },
  ],
  [
    'unknown factor',
    { email, mfa_factors: [{ push: {} }] },
    {
      code: 'OBJECT_ADDITIONAL_PROPERTIES',
      message: 'Error in mfa_factors[0] property - Additional properties not allowed: push',
      path: 'mfa_factors[0]',
    },
  ],
  [
    'padded secret',
    { email, mfa_factors: [{ totp: { secret: 'ABC=' } }] },
    {
      code: 'PATTERN',
      message:
        'Error in mfa_factors[0].totp.secret property - String does not match pattern ^[A-Z2-7]+$: *****',
      path: 'mfa_factors[0].totp.secret',
    },
  ],
  [
    'empty factor',
    { email, mfa_factors: [{}] },
    { code: 'MFA_FACTORS_FAILED', message: 'Unable to import factors' },
  ],
  [
    'factor without value',
    { email, mfa_factors: [{ phone: {} }] },
    {
      code: 'OBJECT_MISSING_REQUIRED_PROPERTY',
      message: 'Error in mfa_factors[0].phone property - Missing required property: value',
      path: 'mfa_factors[0].phone',
    },
  ],
  [
    '12 KB',
    { email, user_metadata: { a: 'x'.repeat(12_000) } },
    { code: 'PROFILE_SIZE_EXCEEDED', message: 'The profile is larger than 10240 bytes' },
  ],
  [
    '12 KB of a root text',
    { email, name: 'å'.repeat(6_000) },
    { code: 'PROFILE_SIZE_EXCEEDED', message: 'The profile is larger than 10240 bytes' },
  ],
])('%s', (_name, record, error) => {
  expect(errors(record)).toEqual([error]);
});

test('all errors of a record are reported at once', () => {
  expect(causes({ email: 'x', email_verified: 'true', blocked: 0, extra: 1 })).toEqual([
    'import.email-invalid',
    'import.invalid-type',
    'import.invalid-type',
    'import.unknown-property',
  ]);
});

test('both hashes at once are refused', () => {
  const hash = `$2b$10$${'a'.repeat(53)}`;
  const custom = { algorithm: 'bcrypt', hash: { value: hash } };
  expect(causes({ email, password_hash: hash, custom_password_hash: custom })).toEqual(['import.two-hashes']);
});

test.each<[Parameters<typeof assuming>[0], Record<string, unknown>, string[]]>([
  [{ 'import-requires-email': 'no' }, { user_id: '7' }, []],
  [
    { 'import-accepts-phone': 'no' },
    { email, phone_number: '+1', phone_verified: true },
    ['import.unknown-property'],
  ],
  [
    { 'import-length-limits': 'as-create-api' },
    { email, name: 'x'.repeat(301), picture: 'x'.repeat(999) },
    ['import.too-long'],
  ],
  [{ 'import-length-limits': 'not-checked' }, { email, name: 'x'.repeat(301) }, []],
  [{ 'import-username-rules': 'connection-rules' }, { email, username: 'anna' }, ['import.username-refused']],
  [{ 'import-oversized-profile': 'accepted' }, { email, user_metadata: { a: 'x'.repeat(12_000) } }, []],
  [{ 'import-metadata-key-rules': 'accepted' }, { email, user_metadata: { 'a.b': 1 } }, []],
])('assuming %o', (assumptions, record, expected) => {
  expect(causes(record, rules(assumptions))).toEqual(expected);
});

test.each([
  ['a', 'MIN_LENGTH'],
  ['a'.repeat(16), 'MAX_LENGTH'],
  ['anna lind', 'PATTERN'],
  ['a@example.com', 'PATTERN'],
  ['anna', undefined],
])('with usernames required and their rules applied, %s gives %s', (username, code) => {
  const required = { ...rules({ 'import-username-rules': 'connection-rules' }), requiresUsername: true };
  expect(errors({ email, username }, required)[0]?.code).toBe(code);
});
