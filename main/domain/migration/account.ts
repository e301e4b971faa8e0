import type { Json, JsonObject } from '#domain/json.ts';
import type { CustomPasswordHash } from '#domain/password/custom-password-hash.ts';
import type { Secret } from '#domain/secret.ts';

/**
 * Where a person stands between the legacy store and the user store. `legacy-only` is the absence of an
 * account. `shadow`: profile kept from logins with import off, no credential. `partial`: the internal row of an
 * interrupted creation, hidden from searches. `imported-hash-pending`: imported hash not yet proven by a login.
 */
export const ACCOUNT_STATES = [
  'legacy-only',
  'shadow',
  'partial',
  'migrated',
  'imported-hash-pending',
  'imported-random-password',
  'deleted',
] as const;
export type AccountState = (typeof ACCOUNT_STATES)[number];

export type AccountOrigin =
  | 'lazy-login'
  | 'legacy-login'
  | 'bulk-import'
  | 'sign-up'
  | 'password-reset'
  | 'api';

/** What the user store would check a typed password against. */
export type Credential =
  | { readonly kind: 'none' }
  /** The tenant's own bcrypt of a password it saw. `hash` is null where the rehearsal never knew the password. */
  | { readonly kind: 'tenant-bcrypt'; readonly hash: Secret | null }
  | { readonly kind: 'imported-bcrypt'; readonly hash: Secret }
  | { readonly kind: 'imported-custom'; readonly hash: CustomPasswordHash }
  /** A hash of a random password: nobody can log in before a reset. */
  | { readonly kind: 'random' };

/** A user of the replica. `userId` is the connection-level id, without the `auth0|` prefix. */
export interface Account {
  readonly userId: string;
  readonly state: Exclude<AccountState, 'legacy-only'>;
  readonly origin: AccountOrigin;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly username: string | null;
  readonly phoneNumber: string | null;
  readonly phoneVerified: boolean;
  readonly name: string | null;
  readonly nickname: string | null;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly picture: string | null;
  readonly blocked: boolean;
  readonly userMetadata: JsonObject | null;
  readonly appMetadata: JsonObject | null;
  readonly mfaFactors: readonly Json[] | null;
  readonly credential: Credential;
}
