import { createHash, createHmac, pbkdf2Sync, scryptSync } from 'node:crypto';
import { hashSync as argon2 } from '@node-rs/argon2';
import { hashSync as bcrypt } from '@node-rs/bcrypt';
import { expect, test } from 'vitest';
import { recogniseHash } from '#domain/password/recognise-hash.ts';
import { Secret } from '#domain/secret.ts';
import { createPasswordVerifier } from '#hashing/verify.ts';

/** What each framework would have stored for this password, and what has to be made of it. */
const PASSWORD = 'Gürtel7!';
const SALT = Buffer.from('0123456789abcdef');
const TEXT_SALT = 'kX3p9QzRw1';
const utf16 = Buffer.from(PASSWORD, 'utf16le');

type Data = string | Uint8Array;
const digest = (name: string, ...parts: Data[]): Buffer => {
  const hash = createHash(name);
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const hex = (name: string, ...parts: Data[]): string => digest(name, ...parts).toString('hex');
const b64 = (bytes: Buffer): string => bytes.toString('base64');
const bare = (bytes: Buffer): string => b64(bytes).replace(/=+$/, '');
const adapted = (bytes: Buffer): string => bare(bytes).replaceAll('+', '.');
const derive = (name: string, salt: Data, rounds: number, length: number): Buffer =>
  pbkdf2Sync(PASSWORD, salt, rounds, length, name);
const stretch = (salt: Data, length = 64): Buffer =>
  scryptSync(PASSWORD, salt, length, { N: 2048, r: 8, p: 1 });
const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const identityV3 = (prf: number, name: string): string =>
  b64(
    Buffer.concat([Buffer.of(1), uint32(prf), uint32(2000), uint32(16), SALT, derive(name, SALT, 2000, 32)]),
  );
const membershipKey = Buffer.alloc(64, SALT);

interface Stored {
  readonly format: string;
  readonly hash: string;
  readonly salt?: string;
  readonly scheme?: string;
}

const SHAPES: readonly Stored[] = [
  { format: 'bcrypt-2b', hash: bcrypt(PASSWORD, 10) },
  { format: 'bcrypt-2y', hash: bcrypt(PASSWORD, 4).replace('$2b$', '$2y$') },
  { format: 'bcrypt-2a', hash: `bcrypt$${bcrypt(PASSWORD, 4).replace('$2b$', '$2a$')}` },
  { format: 'bcrypt-2a', hash: `{bcrypt}${bcrypt(PASSWORD, 4).replace('$2b$', '$2a$')}` },
  { format: 'bcrypt-2y', hash: `{CRYPT}${bcrypt(PASSWORD, 4).replace('$2b$', '$2y$')}` },
  { format: 'argon2id', hash: argon2(PASSWORD, { memoryCost: 64, timeCost: 1 }) },
  { format: 'argon2id', hash: `argon2${argon2(PASSWORD, { memoryCost: 64, timeCost: 1 })}` },
  { format: 'argon2i', hash: argon2(PASSWORD, { memoryCost: 64, timeCost: 1, algorithm: 1, salt: SALT }) },
  {
    format: 'argon2id',
    hash: argon2(PASSWORD, { memoryCost: 64, timeCost: 2, salt: SALT }).replace(
      'm=64,t=2,p=1',
      'p=1,t=2,m=64',
    ),
  },
  {
    format: 'django-pbkdf2',
    hash: `pbkdf2_sha256$1000$${TEXT_SALT}$${b64(derive('sha256', TEXT_SALT, 1000, 32))}`,
  },
  {
    format: 'django-pbkdf2',
    hash: `pbkdf2_sha1$1000$${TEXT_SALT}$${b64(derive('sha1', TEXT_SALT, 1000, 20))}`,
  },
  { format: 'django-scrypt', hash: `scrypt$2048$${TEXT_SALT}$8$1$${b64(stretch(TEXT_SALT))}` },
  { format: 'django-sha1', hash: `sha1$${TEXT_SALT}$${hex('sha1', TEXT_SALT, PASSWORD)}` },
  { format: 'django-unsalted-md5', hash: `md5$$${hex('md5', PASSWORD)}` },
  {
    format: 'pbkdf2-passlib',
    hash: `$pbkdf2-sha256$1000$${adapted(SALT)}$${adapted(derive('sha256', SALT, 1000, 32))}`,
  },
  {
    format: 'pbkdf2-passlib',
    hash: `$pbkdf2$1000$${adapted(SALT)}$${adapted(derive('sha1', SALT, 1000, 20))}`,
  },
  {
    format: 'pbkdf2-sha512',
    hash: `$pbkdf2-sha512$i=500,l=64$${bare(SALT)}$${bare(derive('sha512', SALT, 500, 64))}`,
  },
  {
    format: 'pbkdf2-sha256',
    hash: `$pbkdf2-sha256$i=500$${b64(SALT)}$${b64(derive('sha256', SALT, 500, 32))}`,
  },
  {
    format: 'werkzeug-pbkdf2',
    hash: `pbkdf2:sha256:900$${TEXT_SALT}$${derive('sha256', TEXT_SALT, 900, 32).toString('hex')}`,
  },
  { format: 'werkzeug-scrypt', hash: `scrypt:2048:8:1$${TEXT_SALT}$${stretch(TEXT_SALT).toString('hex')}` },
  {
    format: 'werkzeug-hmac-sha256',
    hash: `sha256$kX3p9QzR$${createHmac('sha256', 'kX3p9QzR').update(PASSWORD).digest('hex')}`,
  },
  { format: 'scrypt-phc', hash: `$scrypt$ln=11,r=8,p=1$${bare(SALT)}$${bare(stretch(SALT, 32))}` },
  { format: 'scrypt-s0', hash: `$s0$b0801$${b64(SALT)}$${b64(stretch(SALT, 32))}` },
  { format: 'spring-scrypt', hash: `{scrypt}$b0801$${b64(SALT)}$${b64(stretch(SALT, 32))}` },
  {
    format: 'spring-pbkdf2',
    hash: `{pbkdf2}${Buffer.concat([SALT.subarray(0, 8), derive('sha1', SALT.subarray(0, 8), 185_000, 32)]).toString('hex')}`,
  },
  {
    format: 'spring-pbkdf2',
    hash: `{pbkdf2@SpringSecurity_v5_8}${Buffer.concat([SALT, derive('sha256', SALT, 310_000, 32)]).toString('hex')}`,
  },
  { format: 'spring-md5', hash: `{MD5}{${TEXT_SALT}}${hex('md5', PASSWORD, `{${TEXT_SALT}}`)}` },
  { format: 'spring-sha256', hash: `{SHA-256}{${TEXT_SALT}}${hex('sha256', PASSWORD, `{${TEXT_SALT}}`)}` },
  { format: 'ldap-sha', hash: `{SHA}${b64(digest('sha1', PASSWORD))}` },
  { format: 'ldap-ssha', hash: `{ssha}${b64(Buffer.concat([digest('sha1', PASSWORD, SALT), SALT]))}` },
  {
    format: 'ldap-ssha512',
    hash: `{SSHA512}${b64(Buffer.concat([digest('sha512', PASSWORD, SALT), SALT]))}`,
  },
  { format: 'ldap-smd5', hash: `{SMD5}${b64(Buffer.concat([digest('md5', PASSWORD, SALT), SALT]))}` },
  {
    format: 'ldap-pbkdf2',
    hash: `{PBKDF2-SHA512}700$${adapted(SALT)}$${adapted(derive('sha512', SALT, 700, 64))}`,
  },
  {
    format: 'ldap-389ds-pbkdf2',
    hash: `{PBKDF2_SHA256}${b64(Buffer.concat([uint32(300), Buffer.alloc(64, SALT), derive('sha256', Buffer.alloc(64, SALT), 300, 256)]))}`,
  },
  {
    format: 'aspnet-identity-v2',
    hash: b64(Buffer.concat([Buffer.of(0), SALT, derive('sha1', SALT, 1000, 32)])),
  },
  { format: 'aspnet-identity-v3', hash: identityV3(1, 'sha256') },
  { format: 'aspnet-identity-v3', hash: identityV3(2, 'sha512') },
  { format: 'aspnet-membership-sha1', hash: b64(digest('sha1', SALT, utf16)), salt: b64(SALT), scheme: '1' },
  {
    format: 'aspnet-membership-hmac-sha256',
    hash: createHmac('sha256', membershipKey).update(utf16).digest('base64'),
    salt: b64(SALT),
  },
  {
    format: 'mssql-2012',
    hash: `0x0200A1B2C3D4${hex('sha512', utf16, Buffer.from('A1B2C3D4', 'hex')).toUpperCase()}`,
  },
  {
    format: 'mssql-2005',
    hash: `0x0100A1B2C3D4${hex('sha1', utf16, Buffer.from('A1B2C3D4', 'hex')).toUpperCase()}`,
  },
  {
    format: 'oracle-11g',
    hash: `S:${hex('sha1', PASSWORD, SALT.subarray(0, 10))}${SALT.subarray(0, 10).toString('hex')};H:${'0'.repeat(32)}`.replace(
      /S:\w+/,
      (s) => `S:${s.slice(2).toUpperCase()}`,
    ),
  },
  { format: 'md5-colon-salt', hash: `${hex('md5', PASSWORD, 'a'.repeat(32))}:${'a'.repeat(32)}` },
  { format: 'magento2-sha256', hash: `${hex('sha256', TEXT_SALT, PASSWORD)}:${TEXT_SALT}:1` },
  { format: 'md5', hash: hex('md5', PASSWORD).toUpperCase() },
  { format: 'sha256', hash: hex('sha256', PASSWORD).toUpperCase().match(/../g)!.join('-') },
  { format: 'pbkdf2-defuse', hash: `sha1:6400:18:${b64(SALT)}:${b64(derive('sha1', SALT, 6400, 18))}` },
  {
    format: 'pbkdf2-defuse',
    hash: `1000:${SALT.toString('hex')}:${derive('sha1', SALT, 1000, 24).toString('hex')}`,
  },
  { format: 'ruby-scrypt', hash: `800$8$1$${SALT.toString('hex')}$${stretch(SALT, 32).toString('hex')}` },
  { format: 'sha256', hash: `\\x${hex('sha256', PASSWORD)}` },
  { format: 'sha224', hash: hex('sha224', PASSWORD) },
  { format: 'sha384-salted', hash: hex('sha384', PASSWORD, TEXT_SALT), salt: TEXT_SALT },
  { format: 'sha512-salted', hash: b64(digest('sha512', SALT, PASSWORD)), salt: b64(SALT), scheme: 'sha512' },
  { format: 'sha1-salted', hash: `${hex('sha1', SALT, PASSWORD)}   `, salt: SALT.toString('hex') },
  {
    format: 'pbkdf2-columns',
    hash: b64(derive('sha256', SALT, 27_500, 64)),
    salt: b64(SALT),
    scheme: 'pbkdf2-sha256:27500',
  },
  {
    format: 'keycloak-pbkdf2',
    hash: JSON.stringify({
      value: b64(derive('sha256', SALT, 800, 64)),
      salt: b64(SALT),
      additionalParameters: {},
    }),
    scheme: JSON.stringify({ hashIterations: 800, algorithm: 'pbkdf2-sha256', additionalParameters: {} }),
  },
];

const verifier = createPasswordVerifier();

test.each(SHAPES)('$format', async ({ format, hash, salt, scheme }) => {
  const found = recogniseHash(new Secret(hash), salt === undefined ? null : new Secret(salt), scheme ?? null);
  const check = (password: string) => {
    if (found.route.kind === 'password-hash')
      return verifier.verifyBcrypt(new Secret(password), found.route.value);
    if (found.route.kind === 'custom')
      return verifier.verifyCustomHash(new Secret(password), found.route.value);
    return Promise.resolve({ kind: found.route.code });
  };
  const [right, wrong] = [await check(PASSWORD), await check('Gürtel8!')];
  expect([found.format, right, wrong]).toEqual([format, { kind: 'match' }, { kind: 'mismatch' }]);
});

test.each([
  ['libxcrypt', 'pleaseletmein', '$7$C6..../....SodiumChloride$kBGj9fHznVYFQMEn/qDCfrDevf9YDtcDdKvEqHJLV8D'],
  [
    'ruby',
    'my grand secret',
    '400$8$36$78f4ae6983f76119$37ec6ce55a2b928dc56ff9a7d0cdafbd7dbde49d9282c38a40b1434e88f24cf5',
  ],
])('scrypt of %s', async (_name, password, hash) => {
  const found = recogniseHash(new Secret(hash), null, null);
  const value = found.route.kind === 'custom' ? found.route.value : null;
  expect(value).not.toBeNull();
  expect(await verifier.verifyCustomHash(new Secret(password), value!)).toEqual({ kind: 'match' });
});

test('NT hash by its scheme', async () => {
  const found = recogniseHash(new Secret('8846F7EAEE8FB117AD06BDD830B7586C'), null, 'NTLM');
  const value = found.route.kind === 'custom' ? found.route.value : null;
  expect(found.format).toBe('nt-hash');
  expect(await verifier.verifyCustomHash(new Secret('password'), value!)).toEqual({ kind: 'match' });
});
