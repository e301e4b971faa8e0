import type { CustomPasswordHash } from '#domain/password/custom-password-hash.ts';
import type { Secret } from '#domain/secret.ts';

/**
 * What the target can do with a stored hash:
 * `password-hash`: importable as bcrypt `password_hash`; `custom`: importable as `custom_password_hash`;
 * `lazy-only`: only the legacy login script can verify it; `reset-only`: nobody can verify it, or there is none.
 */
export type HashRoute =
  | { readonly kind: 'password-hash'; readonly value: Secret }
  | { readonly kind: 'custom'; readonly value: CustomPasswordHash }
  | { readonly kind: 'lazy-only'; readonly code: string }
  | { readonly kind: 'reset-only'; readonly code: string };

export interface RecognisedHash {
  /** Stable short name for cohorts and reports: `bcrypt-2y`, `argon2id`, `sha1-salted`, `ldap-ssha`, `unknown`, `none`. */
  readonly format: string;
  /** Parameters for people: "cost 12", "m=19456 t=2 p=1". Never part of a hash or salt. */
  readonly parameters: string;
  /** `certain`: the text says what it is; `likely`: told by length, alphabet or column; `guess`: several fit. */
  readonly confidence: 'certain' | 'likely' | 'guess';
  readonly route: HashRoute;
  /** Raw digest bytes inside the stored value: what a script's own computation would have to give. */
  readonly digest: Uint8Array | null;
  /** Catalog codes of what deserves a warning: weak algorithm, bcrypt 72 bytes, cost too low. */
  readonly warnings: readonly string[];
}
