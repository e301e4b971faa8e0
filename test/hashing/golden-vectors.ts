import type { CustomPasswordHash, HashEncoding } from '#domain/password/custom-password-hash.ts';
import { Secret } from '#domain/secret.ts';

export interface Vector {
  readonly name: string;
  readonly password: string;
  readonly object: CustomPasswordHash;
}

const s = (value: string): Secret => new Secret(value);

function text(algorithm: 'argon2' | 'bcrypt' | 'ldap' | 'pbkdf2', value: string): CustomPasswordHash {
  return { algorithm, hash: { value: s(value) } };
}

function bytes(
  algorithm: 'md4' | 'md5' | 'sha256',
  value: string,
  encoding: HashEncoding,
  salt?: CustomPasswordHash['salt'],
): CustomPasswordHash {
  return { algorithm, hash: { value: s(value), encoding }, ...(salt === undefined ? {} : { salt }) };
}

/** The example hashes of the import documentation, with the passwords that were recovered for them. */
export const GOLDEN_VECTORS: readonly Vector[] = [
  { name: 'md4 base64', password: 'shh', object: bytes('md4', 'AbuUujgF0pPPkJPSFRTpmA==', 'base64') },
  {
    name: 'sha256 with prefix salt',
    password: 'shh',
    object: bytes('sha256', 'd24e794fce503c3ddb1cd1ba1dd5d9b250cf9917336a0316fefd87fecf79200f', 'hex', {
      value: s('abc123'),
      position: 'prefix',
    }),
  },
  {
    name: 'bcrypt 2b',
    password: 'shh',
    object: text('bcrypt', '$2b$10$C9hB01.YxRSTcn/ZOOo4j.TW7xCKKFKBSF.C7E0xiUwumqIDqWUXG'),
  },
  {
    name: 'bcrypt of the text',
    password: 'hello',
    object: text('bcrypt', '$2b$10$nFguVi9LsCAcvTZFKQlRKeLVydo8ETv483lkNsSFI/Wl1Rz1Ypo1K'),
  },
  {
    name: 'argon2id',
    password: 'shh',
    object: text(
      'argon2',
      '$argon2id$v=19$m=65536,t=2,p=1$J6Q/82PCyaNpYKRELJyTZg$m04qUAB8rexWDR4+/0f+SFB+4XMFxt7YAvAq2UycYos',
    ),
  },
  {
    name: 'pbkdf2-md4',
    password: 'shh',
    object: text(
      'pbkdf2',
      '$pbkdf2-md4$i=100000,l=64$+N375B8q0Fw$fp2R9KAM4hK/votGHC5Fu+jhqbxUD8+Nic/EMSGvNC3UP/k7wSHI0uXluHRSkZfl/BOheYqNOemayG90ZaSSQw',
    ),
  },
  {
    name: 'pbkdf2-sha512',
    password: 'shh',
    object: text(
      'pbkdf2',
      '$pbkdf2-sha512$i=100000,l=64$KNyFsA2rWoE$I2CQGI9H0JxdDf3kERRI97kPCGxh0KWBIV3MxyaS191gDGfzVBGyS4BibhgqWQ0/ails8mHuU9ckASxHOOq58w',
    ),
  },
  {
    name: 'ldap ssha384',
    password: 'shh',
    object: text(
      'ldap',
      '{SSHA384}/cgEjdoZh85DhurDeOQEMO1rMlAur93SVPbYe5XSD4lF7nNuvrBju5hUeg9A6agRemgSXGl5YuE=',
    ),
  },
  {
    name: 'hmac sha1 with hex key',
    password: 'test',
    object: {
      algorithm: 'hmac',
      hash: {
        value: s('cg7f42jH39/2EaAU4wNd4s2lKIk='),
        encoding: 'base64',
        digest: 'sha1',
        key: { value: s('736868'), encoding: 'hex' },
      },
    },
  },
  {
    name: 'scrypt',
    password: 'password',
    object: {
      algorithm: 'scrypt',
      hash: { value: s('097f6197e1b41538f723e32aa7a68e8d76227d8e432ce5faa4882a913032db29'), encoding: 'hex' },
      salt: { value: s('abc123'), encoding: 'utf8' },
      keylen: 32,
      cost: 4096,
    },
  },
  {
    name: 'md5 of salt and password, upper case hex',
    password: 'password',
    object: bytes('md5', '67A1E09BB1F83F5007DC119C14D663AA', 'hex', { value: s('salt') }),
  },
];
