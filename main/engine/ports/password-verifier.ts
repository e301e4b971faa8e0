import type { CustomPasswordHash } from '#domain/password/custom-password-hash.ts';
import type { Secret } from '#domain/secret.ts';

export type VerifyResult =
  | { readonly kind: 'match' }
  | { readonly kind: 'mismatch' }
  /** The verifier of the target would refuse this object outright; `code` is of the catalog. */
  | { readonly kind: 'unusable'; readonly code: string; readonly reason: string };

/** Checks passwords the way the user store does, on the host's thread pool, with the store's limits modelled. */
export interface PasswordVerifier {
  verifyCustomHash(password: Secret, hash: CustomPasswordHash): Promise<VerifyResult>;
  /** bcrypt as `password_hash`. */
  verifyBcrypt(password: Secret, hash: Secret): Promise<VerifyResult>;
  /** The store's own hash of a password that was typed: bcrypt, cost 10, of the first 72 bytes. */
  hashBcrypt(password: Secret): Promise<Secret>;
}
