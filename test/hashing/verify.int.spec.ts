import { createHash } from 'node:crypto';
import { argon2id } from 'hash-wasm';
import { describe, expect, test } from 'vitest';
import type { CustomPasswordHash } from '#domain/password/custom-password-hash.ts';
import { Secret } from '#domain/secret.ts';
import { digestOf } from '#hashing/digest.ts';
import { createPasswordVerifier } from '#hashing/verify.ts';
import { GOLDEN_VECTORS } from './golden-vectors.ts';

const verifier = createPasswordVerifier();
const s = (value: string): Secret => new Secret(value);
const MATCH = { kind: 'match' };
const MISMATCH = { kind: 'mismatch' };

describe('published vectors', () => {
  test.each(GOLDEN_VECTORS)('$name', async ({ password, object }) => {
    const results = await Promise.all([
      verifier.verifyCustomHash(s(password), object),
      verifier.verifyCustomHash(s(`${password}!`), object),
    ]);
    expect(results).toEqual([MATCH, MISMATCH]);
  });

  test('bcrypt as password_hash', async () => {
    const hash = s('$2b$10$nFguVi9LsCAcvTZFKQlRKeLVydo8ETv483lkNsSFI/Wl1Rz1Ypo1K');
    expect(await verifier.verifyBcrypt(s('hello'), hash)).toEqual(MATCH);
    expect(await verifier.verifyBcrypt(s('Hello'), hash)).toEqual(MISMATCH);
  });
});

const PHC =
  '$argon2id$v=19$m=65536,t=2,p=1$J6Q/82PCyaNpYKRELJyTZg$m04qUAB8rexWDR4+/0f+SFB+4XMFxt7YAvAq2UycYos';
const text = (algorithm: 'argon2' | 'bcrypt' | 'ldap' | 'pbkdf2', value: string): CustomPasswordHash => ({
  algorithm,
  hash: { value: s(value) },
});
const BCRYPT_BODY = 'nFguVi9LsCAcvTZFKQlRKeLVydo8ETv483lkNsSFI/Wl1Rz1Ypo1K';
const MD5 = createHash('md5').update('x').digest();

test('argon2 over a password in an encoding whose bytes are no UTF-8', async () => {
  const hash = await argon2id({
    password: Buffer.from('Größe', 'latin1'),
    salt: Buffer.alloc(16, 7),
    parallelism: 1,
    iterations: 2,
    memorySize: 1024,
    hashLength: 32,
    outputType: 'encoded',
  });
  const object: CustomPasswordHash = { ...text('argon2', hash), password: { encoding: 'latin1' } };
  expect([
    await verifier.verifyCustomHash(s('Größe'), object),
    await verifier.verifyCustomHash(s('Grösse'), object),
    await verifier.verifyCustomHash(s('Größe'), text('argon2', hash)),
  ]).toEqual([MATCH, MISMATCH, MISMATCH]);
});

/** Vectors of RFC 1320 and ISO/IEC 10118-3: the two digests that come from WebAssembly only. */
test.each([
  ['md4', 'a448017aaf21d8525fc10ae87aa6729d'],
  [
    'whirlpool',
    '4e2448a4c6f486bb16b6562c73b4020bf3043e3a731bce721ae1b303d97e6d4c7181eebdb6c57e277d0e34957114cbd6c797fc9d95d8b582d225292076d4eef5',
  ],
])('%s of abc', async (name, expected) => {
  expect(Buffer.from(await digestOf(name, [Buffer.from('abc')])).toString('hex')).toBe(expected);
});

describe('objects the target could not use', () => {
  test.each<[string, string, CustomPasswordHash]>([
    ['argon2d', 'password.argon2-unsupported', text('argon2', PHC.replace('argon2id', 'argon2d'))],
    ['argon2 without version', 'password.argon2-unsupported', text('argon2', PHC.replace('v=19$', ''))],
    ['argon2 version 16', 'password.argon2-unsupported', text('argon2', PHC.replace('v=19', 'v=16'))],
    [
      'argon2 order',
      'password.argon2-unsupported',
      text('argon2', PHC.replace('m=65536,t=2', 't=2,m=65536')),
    ],
    ['argon2 padding', 'password.argon2-unsupported', text('argon2', `${PHC}=`)],
    ['argon2 with salt', 'password.salt-not-allowed', { ...text('argon2', PHC), salt: { value: s('x') } }],
    ['bcrypt 2x', 'password.bcrypt-prefix-unsupported', text('bcrypt', `$2x$10$${BCRYPT_BODY}`)],
    ['bcrypt 2', 'password.bcrypt-prefix-unsupported', text('bcrypt', `$2$10$${BCRYPT_BODY}`)],
    ['bcrypt cost', 'password.bcrypt-cost-impossible', text('bcrypt', `$2b$99$${BCRYPT_BODY}`)],
    ['bcrypt cut', 'password.hash-undecodable', text('bcrypt', `$2b$10$${BCRYPT_BODY.slice(1)}`)],
    ['ldap crypt', 'password.ldap-scheme-unsupported', text('ldap', '{CRYPT}$6$a$b')],
    ['ldap short', 'password.hash-undecodable', text('ldap', '{SHA256}AAAA')],
    ['pbkdf2 mdc2', 'password.digest-unavailable', text('pbkdf2', '$pbkdf2-mdc2$i=1,l=3$AAAA$AAAA')],
    [
      'pbkdf2 unknown digest',
      'password.pbkdf2-digest-unsupported',
      text('pbkdf2', '$pbkdf2-sha3$i=1,l=3$AAAA$AAAA'),
    ],
    ['pbkdf2 default length', 'password.hash-undecodable', text('pbkdf2', '$pbkdf2-sha1$i=1$AAAA$AAAA')],
    ['pbkdf2 zero rounds', 'password.object-invalid', text('pbkdf2', '$pbkdf2-sha1$i=0,l=3$AAAA$AAAA')],
    [
      'md5 as text',
      'password.object-invalid',
      { algorithm: 'md5', hash: { value: s(MD5.toString('hex')), encoding: 'utf8' } },
    ],
    [
      'md5 of the wrong length',
      'password.hash-undecodable',
      { algorithm: 'md5', hash: { value: s('abcd'), encoding: 'hex' } },
    ],
    [
      'salt that is no hex',
      'password.hash-undecodable',
      {
        algorithm: 'md5',
        hash: { value: s(MD5.toString('hex')), encoding: 'hex' },
        salt: { value: s('zz'), encoding: 'hex' },
      },
    ],
    [
      'hmac without key',
      'password.hmac-key-missing',
      { algorithm: 'hmac', hash: { value: s(MD5.toString('hex')), encoding: 'hex', digest: 'md5' } },
    ],
    [
      'hmac with unknown digest',
      'password.object-invalid',
      {
        algorithm: 'hmac',
        hash: { value: s('aa'), encoding: 'hex', digest: 'sha3-256', key: { value: s('k') } },
      },
    ],
    [
      'scrypt without keylen',
      'password.object-invalid',
      { algorithm: 'scrypt', hash: { value: s('aa'), encoding: 'hex' } },
    ],
    [
      'scrypt with odd cost',
      'password.object-invalid',
      { algorithm: 'scrypt', hash: { value: s('aa'), encoding: 'hex' }, keylen: 1, cost: 1000 },
    ],
    [
      'scrypt beyond all memory',
      'password.scrypt-memory',
      { algorithm: 'scrypt', hash: { value: s('aa'), encoding: 'hex' }, keylen: 1, cost: 2 ** 24 },
    ],
    ['bcrypt for hours', 'password.cost-high', text('bcrypt', `$2b$31$${BCRYPT_BODY}`)],
    [
      'argon2 beyond all memory',
      'password.cost-high',
      text('argon2', PHC.replace('m=65536', 'm=4294967295')),
    ],
    ['argon2 for hours', 'password.cost-high', text('argon2', PHC.replace('t=2', 't=4000000000'))],
    ['pbkdf2 for hours', 'password.cost-high', text('pbkdf2', '$pbkdf2-sha1$i=4000000000,l=3$AAAA$AAAA')],
    [
      'scrypt for hours',
      'password.cost-high',
      {
        algorithm: 'scrypt',
        hash: { value: s('aa'), encoding: 'hex' },
        keylen: 1,
        cost: 2 ** 17,
        parallelization: 1000,
      },
    ],
  ])('%s', async (_name, code, object) => {
    expect(await verifier.verifyCustomHash(s('shh'), object)).toMatchObject({ kind: 'unusable', code });
  });

  test.each([
    ['$2y$10$', 'password.hash-undecodable'],
    ['$2b$12$', 'password.hash-undecodable'],
    ['$2$10$', 'password.bcrypt-prefix-unsupported'],
  ])('password_hash %s', async (prefix, code) => {
    const result = await verifier.verifyBcrypt(s('hello'), s(prefix + BCRYPT_BODY));
    expect(result).toMatchObject({ kind: 'unusable', code });
  });

  test('a result never holds a value of the object', async () => {
    const object = { ...text('argon2', 'canary-hash'), salt: { value: s('canary-salt') } };
    const result = await verifier.verifyCustomHash(s('canary-password'), object);
    expect(JSON.stringify(result)).not.toContain('canary');
  });
});

describe('bcrypt reads 72 bytes', () => {
  const long = 'é'.repeat(40);

  test('of the password', async () => {
    const { hash } = await import('@node-rs/bcrypt');
    const object = text('bcrypt', await hash(Buffer.from(long).subarray(0, 72), 4));
    const results = [long, `${long} and more`, `${'é'.repeat(35)}x`];
    expect(await Promise.all(results.map((p) => verifier.verifyCustomHash(s(p), object)))).toEqual([
      MATCH,
      MATCH,
      MISMATCH,
    ]);
  });

  test('of salt and password together', async () => {
    const { hash } = await import('@node-rs/bcrypt');
    const salt = 'saltsaltsa';
    const value = await hash(Buffer.from((salt + 'p'.repeat(62)).slice(0, 72)), 4);
    const object: CustomPasswordHash = { ...text('bcrypt', value), salt: { value: s(salt) } };
    const results = ['p'.repeat(62), `${'p'.repeat(62)}ignored`, 'p'.repeat(61)];
    expect(await Promise.all(results.map((p) => verifier.verifyCustomHash(s(p), object)))).toEqual([
      MATCH,
      MATCH,
      MISMATCH,
    ]);
  });
});

test('a long check leaves the event loop free', async () => {
  const slow = GOLDEN_VECTORS.find((vector) => vector.name === 'pbkdf2-md4')!;
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await verifier.verifyCustomHash(s(slow.password), slow.object);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(3);
});
