import { createHash, createHmac, pbkdf2Sync, scryptSync } from 'node:crypto';
import { hashSync } from '@node-rs/bcrypt';
import { Secret } from '#domain/secret.ts';
import type { LabSample } from '#hashing/lab/sample.ts';

export const PASSWORD = 'Tröub4dor&3';

export function sampleOf(
  stored: string,
  more: {
    readonly salt?: string;
    readonly pepper?: string;
    readonly username?: string;
    readonly password?: string;
  } = {},
): LabSample {
  return {
    password: new Secret(more.password ?? PASSWORD),
    stored: new Secret(stored),
    ...(more.salt === undefined ? {} : { salt: new Secret(more.salt) }),
    ...(more.pepper === undefined ? {} : { pepper: new Secret(more.pepper) }),
    ...(more.username === undefined ? {} : { hints: { username: new Secret(more.username) } }),
  };
}

type Data = string | Uint8Array;
export const bytes = (name: string, ...parts: Data[]): Buffer => {
  const hash = createHash(name);
  for (const part of parts) hash.update(part);
  return hash.digest();
};
export const hex = (name: string, ...parts: Data[]): string => bytes(name, ...parts).toString('hex');
const b64 = (name: string, ...parts: Data[]): string => bytes(name, ...parts).toString('base64');
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
const SALT = 'kX3p9QzR';
const HEX_SALT = '9f86d081884c7d65';
const B64_SALT = 'AQIDBAUGBwgJCgsMDQ4PEA==';
const PEPPER = 'squeamish ossifrage';

export interface LabStory {
  readonly name: string;
  readonly sample: LabSample;
  readonly mapping: string;
}

/** Ways to store passwords that the import can express, once they are known. */
export const IMPORTABLE: readonly LabStory[] = [
  {
    name: 'unsalted upper-case hex',
    sample: sampleOf(hex('md5', PASSWORD).toUpperCase()),
    mapping: 'md5(password)',
  },
  {
    name: 'salt first',
    sample: sampleOf(hex('sha1', SALT, PASSWORD), { salt: SALT }),
    mapping: 'sha1(salt + password)',
  },
  {
    name: 'salt last',
    sample: sampleOf(hex('sha256', PASSWORD, SALT), { salt: SALT }),
    mapping: 'sha256(password + salt)',
  },
  {
    name: 'salt as hex bytes, hash as URL-safe base64',
    sample: sampleOf(bytes('sha512', Buffer.from(HEX_SALT, 'hex'), PASSWORD).toString('base64url'), {
      salt: HEX_SALT,
    }),
    mapping: 'sha512(salt decoded from hex + password)',
  },
  {
    name: 'UTF-16 and base64, as ASP.NET Membership',
    sample: sampleOf(b64('sha1', Buffer.from(B64_SALT, 'base64'), utf16(PASSWORD)), { salt: B64_SALT }),
    mapping: 'sha1(salt decoded from base64 + password in UTF-16)',
  },
  {
    name: 'Latin-1 password',
    sample: sampleOf(hex('md5', Buffer.from(PASSWORD, 'latin1'))),
    mapping: 'md5(password in Latin-1)',
  },
  {
    name: 'separator',
    sample: sampleOf(hex('sha256', `${SALT}:${PASSWORD}`), { salt: SALT }),
    mapping: 'sha256(salt + ":" + password)',
  },
  {
    name: 'salt and pepper before the password',
    sample: sampleOf(hex('sha256', PEPPER, SALT, PASSWORD), { salt: SALT, pepper: PEPPER }),
    mapping: 'sha256(pepper + salt + password)',
  },
  {
    name: 'user name as salt',
    sample: sampleOf(hex('md5', `anna:${PASSWORD}`), { username: 'anna' }),
    mapping: 'md5(username + ":" + password)',
  },
  {
    name: 'salt in the value',
    sample: sampleOf(`${hex('md5', PASSWORD, SALT)}:${SALT}`),
    mapping: 'md5(password + salt)',
  },
  {
    name: 'binary salt behind the digest',
    sample: sampleOf(
      Buffer.concat([bytes('sha256', PASSWORD, 'abcd1234'), Buffer.from('abcd1234')]).toString('base64'),
    ),
    mapping: 'sha256(password + salt inside the stored value)',
  },
  {
    name: 'NT hash',
    sample: sampleOf('8846f7eaee8fb117ad06bdd830b7586c', { password: 'password' }),
    mapping: 'md4(password in UTF-16)',
  },
  {
    name: 'SHA-384 through LDAP',
    sample: sampleOf(hex('sha384', PASSWORD, SALT), { salt: SALT }),
    mapping: 'sha384(password + salt)',
  },
  {
    name: 'hex with dashes',
    sample: sampleOf(hex('md5', PASSWORD).toUpperCase().match(/../g)!.join('-')),
    mapping: 'md5(password)',
  },
  {
    name: 'bytes in a text column',
    sample: sampleOf(bytes('sha1', PASSWORD).toString('latin1')),
    mapping: 'sha1(password)',
  },
  {
    name: 'HMAC keyed by the pepper',
    sample: sampleOf(createHmac('sha256', PEPPER).update(PASSWORD).digest('base64'), { pepper: PEPPER }),
    mapping: 'HMAC-sha256(key: pepper; password)',
  },
  {
    name: 'HMAC keyed by a repeated salt',
    sample: sampleOf(
      createHmac('sha256', Buffer.alloc(64, Buffer.from(B64_SALT, 'base64')))
        .update(utf16(PASSWORD))
        .digest('base64'),
      { salt: B64_SALT },
    ),
    mapping: 'HMAC-sha256(key: salt decoded from base64 repeated to 64 bytes; password in UTF-16)',
  },
  {
    name: 'PBKDF2 with columns',
    sample: sampleOf(
      pbkdf2Sync(PASSWORD, Buffer.from(B64_SALT, 'base64'), 1000, 32, 'sha1').toString('hex'),
      { salt: B64_SALT },
    ),
    mapping: 'PBKDF2-sha1 with 1000 rounds of password, salt: salt decoded from base64',
  },
  {
    name: 'scrypt with columns',
    sample: sampleOf(scryptSync(PASSWORD, SALT, 64, { N: 4096, r: 8, p: 1 }).toString('hex'), { salt: SALT }),
    mapping: 'scrypt N=4096 r=8 p=1 of password, salt: salt',
  },
  { name: 'bcrypt', sample: sampleOf(hashSync(PASSWORD, 4)), mapping: 'bcrypt(password)' },
  {
    name: 'bcrypt with pepper, as Devise',
    sample: sampleOf(hashSync(PASSWORD + PEPPER, 4), { pepper: PEPPER }),
    mapping: 'bcrypt(password + pepper)',
  },
];

function iterate(rounds: number, start: Buffer, next: (x: Buffer) => Buffer): Buffer {
  let x = start;
  for (let i = 1; i < rounds; i++) x = next(x);
  return x;
}

/** Ways that only a script can verify. */
export const NOT_IMPORTABLE: readonly LabStory[] = [
  { name: 'plain text', sample: sampleOf(PASSWORD), mapping: 'password' },
  {
    name: 'plain text in base64',
    sample: sampleOf(Buffer.from(PASSWORD).toString('base64')),
    mapping: 'base64 of the password',
  },
  {
    name: 'md5 of md5',
    sample: sampleOf(hex('md5', hex('md5', PASSWORD))),
    mapping: 'md5(hex md5(password))',
  },
  {
    name: 'sha1 of md5',
    sample: sampleOf(hex('sha1', hex('md5', PASSWORD))),
    mapping: 'sha1(hex md5(password))',
  },
  {
    name: 'MySQL PASSWORD()',
    sample: sampleOf(`*${hex('sha1', bytes('sha1', PASSWORD)).toUpperCase()}`),
    mapping: 'sha1(binary sha1(password))',
  },
  {
    name: 'vBulletin',
    sample: sampleOf(hex('md5', hex('md5', PASSWORD), SALT), { salt: SALT }),
    mapping: 'md5(hex md5(password) + salt)',
  },
  {
    name: 'digested salt and password',
    sample: sampleOf(hex('md5', hex('md5', SALT), hex('md5', PASSWORD)), { salt: SALT }),
    mapping: 'md5(hex md5(salt) + hex md5(password))',
  },
  {
    name: 'three steps with salt',
    sample: sampleOf(hex('sha1', SALT, hex('sha1', SALT, hex('sha1', PASSWORD))), { salt: SALT }),
    mapping: 'sha1(salt + hex sha1(salt + hex sha1(password)))',
  },
  {
    name: 'salt on both sides',
    sample: sampleOf(hex('sha256', SALT, PASSWORD, SALT), { salt: SALT }),
    mapping: 'sha256(salt + password + salt)',
  },
  {
    name: 'HMAC keyed by the password',
    sample: sampleOf(createHmac('sha1', PASSWORD).update(SALT).digest('hex'), { salt: SALT }),
    mapping: 'HMAC-sha1(key: password; salt)',
  },
  {
    name: 'Symfony',
    sample: sampleOf(
      iterate(90, bytes('sha512', `${PASSWORD}{${SALT}}`), (x) =>
        bytes('sha512', x, `${PASSWORD}{${SALT}}`),
      ).toString('base64'),
      { salt: SALT },
    ),
    mapping: 'sha512(password + salt in braces), 90 rounds over the bytes, then password + salt in braces',
  },
  {
    name: 'hex texts in a loop',
    sample: sampleOf(
      iterate(20, bytes('sha256', PASSWORD + SALT), (x) => bytes('sha256', x.toString('hex'))).toString(
        'hex',
      ),
      { salt: SALT },
    ),
    mapping: 'sha256(password + salt), 20 rounds over the hex text again',
  },
  {
    name: 'bytes in a long loop',
    sample: sampleOf(iterate(1024, bytes('sha1', PASSWORD), (x) => bytes('sha1', x)).toString('hex')),
    mapping: 'sha1(password), 1024 rounds over the bytes again',
  },
  {
    name: 'bcrypt of sha1',
    sample: sampleOf(hashSync(hex('sha1', PASSWORD), 4)),
    mapping: 'bcrypt(hex sha1(password))',
  },
  {
    name: 'Django bcrypt_sha256',
    sample: sampleOf(`bcrypt_sha256$${hashSync(hex('sha256', PASSWORD), 4)}`),
    mapping: 'bcrypt(hex sha256(password))',
  },
  {
    name: 'WordPress 6.8',
    sample: sampleOf(
      `$wp${hashSync(createHmac('sha384', 'wp-sha384').update(PASSWORD).digest('base64'), 4).replace('$2b$', '$2y$')}`,
    ),
    mapping: 'bcrypt(base64 HMAC-sha384(key: "wp-sha384"; password))',
  },
  {
    name: 'phpass',
    sample: sampleOf('$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0', { password: 'test12345' }),
    mapping: 'phpass: md5(salt + password), then 2048 rounds over the bytes and password',
  },
];
