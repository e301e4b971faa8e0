import type { Random } from '#sample/random.ts';

/** Every era of the sample's password column, oldest first. */
export const HASH_SCHEMES = [
  'md5',
  'sha1',
  'sha1-salted',
  'ssha',
  'sha256',
  'sha256-salted',
  'acme1',
  'pbkdf2-django',
  'pbkdf2-phc',
  'bcrypt-2a',
  'bcrypt-2y',
  'bcrypt-2b',
  'scrypt',
  'argon2id',
] as const;
export type HashScheme = (typeof HASH_SCHEMES)[number];

/** What the three password columns of a row hold. */
export interface StoredHash {
  readonly pw_hash: string;
  readonly pw_salt: string | null;
  readonly pw_scheme: string;
}

/** Work factors as stored beside the digest: bcrypt cost, iterations, log2 of N, KiB. */
export type HashCost = number;

/** The text form of each scheme around a salt and a digest, real or random. */
export const HASH_FORMATS: Readonly<
  Record<HashScheme, (salt: Buffer, digest: Buffer, cost: HashCost) => StoredHash>
> = {
  md5: (_salt, digest) => plain('md5', digest.toString('hex'), null),
  sha1: (_salt, digest) => plain('sha1', digest.toString('hex'), null),
  'sha1-salted': (salt, digest) => plain('sha1', digest.toString('hex'), saltText(salt)),
  ssha: (salt, digest) => plain('ssha', `{SSHA}${Buffer.concat([digest, salt]).toString('base64')}`, null),
  sha256: (_salt, digest) => plain('sha256', digest.toString('hex'), null),
  'sha256-salted': (salt, digest) => plain('sha256', digest.toString('hex'), saltText(salt)),
  acme1: (salt, digest, cost) =>
    plain('acme1', `AQ1!${cost}!${saltText(salt)}!${digest.toString('base64url')}`, null),
  'pbkdf2-django': (salt, digest, cost) =>
    plain('pbkdf2', `pbkdf2_sha256$${cost}$${saltText(salt)}$${digest.toString('base64')}`, null),
  'pbkdf2-phc': (salt, digest, cost) =>
    plain(
      'pbkdf2',
      `$pbkdf2-sha256$i=${cost},l=${digest.length}$${unpadded(salt)}$${unpadded(digest)}`,
      null,
    ),
  'bcrypt-2a': (salt, digest, cost) => plain('bcrypt', bcryptText('2a', cost, salt, digest), null),
  'bcrypt-2y': (salt, digest, cost) => plain('bcrypt', bcryptText('2y', cost, salt, digest), null),
  'bcrypt-2b': (salt, digest, cost) => plain('bcrypt', bcryptText('2b', cost, salt, digest), null),
  scrypt: (salt, digest, cost) =>
    plain('scrypt', `$scrypt$ln=${cost},r=8,p=1$${unpadded(salt)}$${unpadded(digest)}`, null),
  argon2id: (salt, digest, cost) =>
    plain('argon2id', `$argon2id$v=19$m=${cost},t=2,p=1$${unpadded(salt)}$${unpadded(digest)}`, null),
};

/** Bytes of salt and digest of each scheme. */
export const HASH_SIZES: Readonly<Record<HashScheme, readonly [salt: number, digest: number]>> = {
  md5: [0, 16],
  sha1: [0, 20],
  'sha1-salted': [8, 20],
  ssha: [8, 20],
  sha256: [0, 32],
  'sha256-salted': [8, 32],
  acme1: [6, 32],
  'pbkdf2-django': [9, 32],
  'pbkdf2-phc': [16, 32],
  'bcrypt-2a': [16, 23],
  'bcrypt-2y': [16, 23],
  'bcrypt-2b': [16, 23],
  scrypt: [16, 32],
  argon2id: [16, 32],
};

const COSTS: Readonly<Record<HashScheme, readonly HashCost[]>> = {
  md5: [0],
  sha1: [0],
  'sha1-salted': [0],
  ssha: [0],
  sha256: [0],
  'sha256-salted': [0],
  acme1: [400],
  'pbkdf2-django': [36_000, 120_000, 260_000],
  'pbkdf2-phc': [100_000],
  'bcrypt-2a': [8, 8, 9, 10],
  'bcrypt-2y': [10, 10, 10, 11],
  'bcrypt-2b': [10, 10, 11, 12],
  scrypt: [14],
  argon2id: [19_456, 65_536],
};

/** A well-formed stored hash of no known password. */
export function randomHash(scheme: HashScheme, random: Random): StoredHash {
  const [saltBytes, digestBytes] = HASH_SIZES[scheme];
  const cost = random.pick(COSTS[scheme]);
  return HASH_FORMATS[scheme](random.bytes(saltBytes), random.bytes(digestBytes), cost);
}

/** Salts of the older schemes are stored, and hashed, as hexadecimal text. */
export function saltText(salt: Buffer): string {
  return salt.toString('hex');
}

function plain(pw_scheme: string, pw_hash: string, pw_salt: string | null): StoredHash {
  return { pw_hash, pw_salt, pw_scheme };
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BCRYPT64 = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const TO_BCRYPT64 = new Map(BASE64.split('').map((character, index) => [character, BCRYPT64[index]!]));

function bcryptText(version: string, cost: number, salt: Buffer, digest: Buffer): string {
  return `$${version}$${String(cost).padStart(2, '0')}$${bcrypt64(salt)}${bcrypt64(digest)}`;
}

function bcrypt64(bytes: Buffer): string {
  let text = '';
  for (const character of unpadded(bytes)) text += TO_BCRYPT64.get(character)!;
  return text;
}
