import { expect, test } from 'vitest';
import { customHashRefusals } from '#domain/migration/validate-custom-hash.ts';
import { assuming } from '#test/given-accounts.ts';

const errors = (custom: unknown, assumptions = assuming()) =>
  customHashRefusals(custom, 'customPasswordHash', assumptions).map(
    ({ error }) => `${error.code} ${error.path}`,
  );
const md5 = { algorithm: 'md5', hash: { value: '67a1e09bb1f83f5007dc119c14d663aa', encoding: 'hex' } };
const hmac = {
  algorithm: 'hmac',
  hash: { value: 'aa'.repeat(20), encoding: 'hex', digest: 'sha1', key: { value: 'k' } },
};

test.each<[string, unknown]>([
  [
    'digest with salt',
    { ...md5, salt: { value: 'salt', position: 'prefix' }, password: { encoding: 'utf16le' } },
  ],
  ['bcrypt', { algorithm: 'bcrypt', hash: { value: `$2y$12$${'a'.repeat(53)}` } }],
  [
    'pbkdf2',
    { algorithm: 'pbkdf2', hash: { value: '$pbkdf2-sha256$i=1000,l=4$c2FsdA$c2FsdA', encoding: 'utf8' } },
  ],
  ['hmac', hmac],
  ['hmac with salt', { ...hmac, salt: { value: 's' } }],
  [
    'scrypt',
    {
      algorithm: 'scrypt',
      hash: { value: 'aa'.repeat(32), encoding: 'hex' },
      salt: { value: 's' },
      keylen: 32,
      cost: 4096,
    },
  ],
  ['members of inner objects that the schema leaves open', { ...md5, salt: { value: 's', note: 1 } }],
])('%s is accepted', (_name, custom) => {
  expect(errors(custom)).toEqual([]);
});

test.each<[string, unknown, string[]]>([
  ['text', 'x', ['INVALID_TYPE customPasswordHash']],
  [
    'empty',
    {},
    [
      'OBJECT_MISSING_REQUIRED_PROPERTY customPasswordHash',
      'OBJECT_MISSING_REQUIRED_PROPERTY customPasswordHash',
    ],
  ],
  ['unknown member', { ...md5, iterations: 3 }, ['OBJECT_ADDITIONAL_PROPERTIES customPasswordHash']],
  ['unknown algorithm', { ...md5, algorithm: 'whirlpool' }, ['ENUM_MISMATCH customPasswordHash.algorithm']],
  ['no value', { algorithm: 'md5', hash: {} }, ['OBJECT_MISSING_REQUIRED_PROPERTY customPasswordHash.hash']],
  ['numeric value', { algorithm: 'md5', hash: { value: 1 } }, ['INVALID_TYPE customPasswordHash.hash.value']],
  [
    'encoding',
    { algorithm: 'md5', hash: { value: 'aa', encoding: 'HEX' } },
    ['ENUM_MISMATCH customPasswordHash.hash.encoding'],
  ],
  ['salt as text', { ...md5, salt: 's' }, ['INVALID_TYPE customPasswordHash.salt']],
  ['salt without value', { ...md5, salt: {} }, ['OBJECT_MISSING_REQUIRED_PROPERTY customPasswordHash.salt']],
  [
    'position',
    { ...md5, salt: { value: 's', position: 'middle' } },
    ['ENUM_MISMATCH customPasswordHash.salt.position'],
  ],
  [
    'password encoding',
    { ...md5, password: { encoding: 'utf-16' } },
    ['ENUM_MISMATCH customPasswordHash.password.encoding'],
  ],
  [
    'zero keylen',
    { ...md5, keylen: 0, cost: 1.5 },
    ['MINIMUM customPasswordHash.keylen', 'INVALID_TYPE customPasswordHash.cost'],
  ],
  [
    'digest of another length',
    { algorithm: 'md5', hash: { value: 'aabb', encoding: 'hex' } },
    ['NOT_PASSED customPasswordHash'],
  ],
  ['no encoding', { algorithm: 'md5', hash: { value: 'aa'.repeat(16) } }, ['NOT_PASSED customPasswordHash']],
  [
    'argon2 with salt',
    {
      algorithm: 'argon2',
      hash: { value: '$argon2id$v=19$m=16,t=2,p=1$c2FsdHNhbHQ$c2FsdHNhbHRzYWx0c2FsdA' },
      salt: { value: 's' },
    },
    ['NOT_PASSED customPasswordHash'],
  ],
  [
    'scrypt cost',
    { algorithm: 'scrypt', hash: { value: 'aa', encoding: 'hex' }, keylen: 1, cost: 1000 },
    ['NOT_PASSED customPasswordHash'],
  ],
  [
    'hmac without key',
    { algorithm: 'hmac', hash: { value: 'aa'.repeat(20), encoding: 'hex', digest: 'sha1' } },
    ['NOT_PASSED customPasswordHash'],
  ],
])('%s is refused', (_name, custom, expected) => {
  expect(errors(custom)).toEqual(expected);
});

test('open points follow their assumptions', () => {
  const withoutEncoding = { algorithm: 'md5', hash: { value: 'aa'.repeat(16) } };
  expect([
    errors(withoutEncoding, assuming({ 'hash-encoding-missing': 'utf8' })),
    errors({ ...hmac, salt: { value: 's' } }, assuming({ 'hmac-salt': 'refused' })),
  ]).toEqual([[], ['NOT_PASSED customPasswordHash']]);
});

test('no error holds a value of the hash', () => {
  const canary = {
    algorithm: 'md5',
    hash: { value: 'canary', encoding: 'hex', key: { value: 'canary' } },
    salt: { value: 'canary', encoding: 'hex' },
  };
  expect(JSON.stringify(customHashRefusals(canary, 'customPasswordHash', assuming()))).not.toContain(
    'canary',
  );
});
