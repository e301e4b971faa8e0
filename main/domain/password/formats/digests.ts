import type { PlainDigest } from '#domain/password/import-object.ts';
import type { PasswordCode } from '#domain/password/recognition.ts';

/** Digests that occur bare, by what the import calls them; `ldap` for those it knows only as an LDAP scheme. */
export interface DigestKind {
  readonly name: string;
  readonly bytes: number;
  readonly algorithm: PlainDigest | 'ldap' | null;
}

export const DIGESTS = {
  md4: { name: 'md4', bytes: 16, algorithm: 'md4' },
  md5: { name: 'md5', bytes: 16, algorithm: 'md5' },
  sha1: { name: 'sha1', bytes: 20, algorithm: 'sha1' },
  sha224: { name: 'sha224', bytes: 28, algorithm: 'ldap' },
  sha256: { name: 'sha256', bytes: 32, algorithm: 'sha256' },
  sha384: { name: 'sha384', bytes: 48, algorithm: 'ldap' },
  sha512: { name: 'sha512', bytes: 64, algorithm: 'sha512' },
  ripemd160: { name: 'ripemd160', bytes: 20, algorithm: null },
  whirlpool: { name: 'whirlpool', bytes: 64, algorithm: null },
} as const satisfies Record<string, DigestKind>;
export type DigestName = keyof typeof DIGESTS;

export function isDigestName(name: string): name is DigestName {
  return Object.hasOwn(DIGESTS, name);
}

/** The digest most often behind a bare value of this many bytes. */
export function usualDigest(bytes: number): DigestName | null {
  switch (bytes) {
    case 16:
      return 'md5';
    case 20:
      return 'sha1';
    case 28:
      return 'sha224';
    case 32:
      return 'sha256';
    case 48:
      return 'sha384';
    case 64:
      return 'sha512';
    default:
      return null;
  }
}

/** What always has to be said about a digest that was made to be fast. */
export function digestWarnings(salted: boolean): PasswordCode[] {
  return salted ? ['password.fast-digest'] : ['password.fast-digest', 'password.unsalted'];
}
