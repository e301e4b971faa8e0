import type { Secret } from '#domain/secret.ts';

export const IMPORT_ALGORITHMS = [
  'argon2',
  'bcrypt',
  'hmac',
  'ldap',
  'md4',
  'md5',
  'sha1',
  'sha256',
  'sha512',
  'pbkdf2',
  'scrypt',
] as const;
export type ImportAlgorithm = (typeof IMPORT_ALGORITHMS)[number];

export type HashEncoding = 'base64' | 'hex' | 'utf8';
export type PasswordEncoding = 'ascii' | 'utf8' | 'utf16le' | 'ucs2' | 'latin1' | 'binary';

/**
 * `custom_password_hash` of the import schema, secrets wrapped. The shape mirrors the schema's names so that
 * `toImportJson` is a plain unwrapping.
 */
export interface CustomPasswordHash {
  readonly algorithm: ImportAlgorithm;
  readonly hash: {
    readonly value: Secret;
    readonly encoding?: HashEncoding;
    readonly digest?: string;
    readonly key?: { readonly value: Secret; readonly encoding?: HashEncoding };
  };
  readonly salt?: {
    readonly value: Secret;
    readonly encoding?: HashEncoding;
    readonly position?: 'prefix' | 'suffix';
  };
  readonly password?: { readonly encoding: PasswordEncoding };
  /** scrypt only, bytes. */
  readonly keylen?: number;
  readonly cost?: number;
  readonly blockSize?: number;
  readonly parallelization?: number;
}
