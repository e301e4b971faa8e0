import type {
  CustomPasswordHash,
  HashEncoding,
  ImportAlgorithm,
  PasswordEncoding,
} from '#domain/password/custom-password-hash.ts';
import { encodeBase64 } from '#domain/password/bytes.ts';
import { Secret } from '#domain/secret.ts';

/** Builders of `custom_password_hash`, one per kind, so that every object has the same explicit fields. */

export function textObject(algorithm: 'argon2' | 'bcrypt' | 'ldap', value: string): CustomPasswordHash {
  return { algorithm, hash: { value: new Secret(value), encoding: 'utf8' } };
}

export interface DigestSalt {
  readonly value: string;
  readonly encoding: HashEncoding;
  readonly position: 'prefix' | 'suffix';
}

export type PlainDigest = Extract<ImportAlgorithm, 'md4' | 'md5' | 'sha1' | 'sha256' | 'sha512'>;

export function digestObject(
  algorithm: PlainDigest,
  value: string,
  encoding: 'hex' | 'base64',
  salt: DigestSalt | null = null,
  password: PasswordEncoding | null = null,
): CustomPasswordHash {
  return {
    algorithm,
    hash: { value: new Secret(value), encoding },
    ...(salt === null ? {} : { salt: { ...salt, value: new Secret(salt.value) } }),
    ...(password === null ? {} : { password: { encoding: password } }),
  };
}

export function hmacObject(
  digest: string,
  value: string,
  encoding: 'hex' | 'base64',
  key: { readonly value: string; readonly encoding: HashEncoding },
  password: PasswordEncoding | null = null,
): CustomPasswordHash {
  return {
    algorithm: 'hmac',
    hash: {
      value: new Secret(value),
      encoding,
      digest,
      key: { value: new Secret(key.value), encoding: key.encoding },
    },
    ...(password === null ? {} : { password: { encoding: password } }),
  };
}

/** A PBKDF2 hash in the notation the import wants: `i` and `l` always given, base64 without padding. */
export function pbkdf2Object(
  digest: string,
  iterations: number,
  salt: Uint8Array,
  key: Uint8Array,
  password: PasswordEncoding | null = null,
): CustomPasswordHash {
  const text = `$pbkdf2-${digest}$i=${iterations},l=${key.length}$${encodeBase64(salt, false)}$${encodeBase64(key, false)}`;
  return {
    algorithm: 'pbkdf2',
    hash: { value: new Secret(text), encoding: 'utf8' },
    ...(password === null ? {} : { password: { encoding: password } }),
  };
}

export interface ScryptCost {
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
}

export function scryptObject(
  value: string,
  encoding: 'hex' | 'base64',
  salt: { readonly value: string; readonly encoding: HashEncoding },
  keylen: number,
  cost: ScryptCost,
  password: PasswordEncoding | null = null,
): CustomPasswordHash {
  return {
    algorithm: 'scrypt',
    hash: { value: new Secret(value), encoding },
    salt: { value: new Secret(salt.value), encoding: salt.encoding },
    keylen,
    ...cost,
    ...(password === null ? {} : { password: { encoding: password } }),
  };
}
