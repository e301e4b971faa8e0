import { createHash, createHmac, pbkdf2, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { hash as argon2Hash, verify as argon2Verify } from '@node-rs/argon2';
import { hash as bcryptHash, verify as bcryptVerify } from '@node-rs/bcrypt';
import { createMD4 } from 'hash-wasm';
import type { CustomPasswordHash } from '#domain/password/custom-password-hash.ts';
import { Secret } from '#domain/secret.ts';

export interface Algorithm {
  readonly object: CustomPasswordHash;
  /** The library alone: the computation and a comparison, no reading of formats. */
  readonly bare: () => Promise<boolean>;
  readonly checks: number;
}

const hex = (value: string): CustomPasswordHash['hash'] => ({ value: new Secret(value), encoding: 'hex' });

/** One stored hash of each algorithm that imports know. */
export async function algorithms(password: string): Promise<Readonly<Record<string, Algorithm>>> {
  const SALT = 'NaCl-of-the-bench';
  const digests = ['md5', 'sha1', 'sha256', 'sha512'] as const;
  const plain = digests.map((algorithm): [string, Algorithm] => {
    const of = () => createHash(algorithm).update(password).digest('hex');
    const stored = of();
    return [
      algorithm,
      { object: { algorithm, hash: hex(stored) }, bare: async () => of() === stored, checks: 20_000 },
    ];
  });
  const md4Of = async () => (await createMD4()).init().update(password).digest('hex');
  const md4 = await md4Of();
  const mac = () => createHmac('sha256', 'key').update(password).digest('hex');
  const stored = mac();
  const ldapOf = () => createHash('sha1').update(password).update(SALT).digest('base64');
  const ldap = ldapOf();
  const ldapText = Buffer.concat([Buffer.from(ldap, 'base64'), Buffer.from(SALT)]).toString('base64');
  const derive = promisify(pbkdf2);
  const key = await derive(password, SALT, 100_000, 32, 'sha256');
  const phc = (data: Uint8Array | string) =>
    Buffer.from(data as string)
      .toString('base64')
      .replaceAll('=', '');
  const bcrypt = await bcryptHash(password, 10);
  const argon2 = await argon2Hash(password);
  const scryptOf = promisify<string, string, number, { readonly N: number }, Buffer>(scrypt);
  const scrypted = await scryptOf(password, SALT, 64, { N: 16_384 });
  return {
    md4: {
      object: { algorithm: 'md4', hash: hex(md4) },
      bare: async () => (await md4Of()) === md4,
      checks: 5_000,
    },
    ...Object.fromEntries(plain),
    hmac: {
      object: {
        algorithm: 'hmac',
        hash: { ...hex(stored), digest: 'sha256', key: { value: new Secret('key'), encoding: 'utf8' } },
      },
      bare: async () => mac() === stored,
      checks: 20_000,
    },
    ldap: {
      object: { algorithm: 'ldap', hash: { value: new Secret(`{SSHA}${ldapText}`) } },
      bare: async () => ldapOf() === ldap,
      checks: 20_000,
    },
    'pbkdf2 (sha256, 100,000)': {
      object: {
        algorithm: 'pbkdf2',
        hash: { value: new Secret(`$pbkdf2-sha256$i=100000,l=32$${phc(SALT)}$${phc(key)}`) },
      },
      bare: async () => (await derive(password, SALT, 100_000, 32, 'sha256')).equals(key),
      checks: 10,
    },
    'scrypt (N 16,384)': {
      object: {
        algorithm: 'scrypt',
        hash: hex(scrypted.toString('hex')),
        salt: { value: new Secret(SALT) },
        keylen: 64,
      },
      bare: async () => (await scryptOf(password, SALT, 64, { N: 16_384 })).equals(scrypted),
      checks: 10,
    },
    'bcrypt (cost 10)': {
      object: { algorithm: 'bcrypt', hash: { value: new Secret(bcrypt) } },
      bare: () => bcryptVerify(password, bcrypt),
      checks: 10,
    },
    'argon2id (19 MiB)': {
      object: { algorithm: 'argon2', hash: { value: new Secret(argon2) } },
      bare: () => argon2Verify(argon2, password),
      checks: 20,
    },
  };
}
