import assert from 'node:assert/strict';
import type { Json, JsonObject } from '#domain/json.ts';
import type { Account, Credential } from '#domain/migration/account.ts';
import type { CustomPasswordHash } from '#domain/password/custom-password-hash.ts';
import { Secret } from '#domain/secret.ts';

/** A row of `accounts`, with the value of `credentials` beside it. */
export interface AccountRow {
  readonly user_id: string;
  readonly state: Account['state'];
  readonly origin: Account['origin'];
  readonly email: string | null;
  readonly email_verified: number;
  readonly username: string | null;
  readonly phone_number: string | null;
  readonly phone_verified: number;
  readonly name: string | null;
  readonly nickname: string | null;
  readonly given_name: string | null;
  readonly family_name: string | null;
  readonly picture: string | null;
  readonly blocked: number;
  readonly user_metadata: string | null;
  readonly app_metadata: string | null;
  readonly mfa_factors: string | null;
  readonly credential: Credential['kind'];
  readonly secret: string | null;
}

/** The form lookups by e-mail and username go by. */
export function lookupKey(text: string | null): string | null {
  return text === null ? null : text.toLowerCase();
}

export function accountOf(row: AccountRow): Account {
  return {
    userId: row.user_id,
    state: row.state,
    origin: row.origin,
    email: row.email,
    emailVerified: row.email_verified === 1,
    username: row.username,
    phoneNumber: row.phone_number,
    phoneVerified: row.phone_verified === 1,
    name: row.name,
    nickname: row.nickname,
    givenName: row.given_name,
    familyName: row.family_name,
    picture: row.picture,
    blocked: row.blocked === 1,
    userMetadata: parsed(row.user_metadata) as JsonObject | null,
    appMetadata: parsed(row.app_metadata) as JsonObject | null,
    mfaFactors: parsed(row.mfa_factors) as readonly Json[] | null,
    credential: credentialOf(row.credential, row.secret),
  };
}

function parsed(text: string | null): Json {
  return text === null ? null : (JSON.parse(text) as Json);
}

export function jsonText(value: Json): string | null {
  return value === null ? null : JSON.stringify(value);
}

/** What `credentials.value` holds for a credential; null where there is no secret to keep. */
export function secretOf(credential: Credential): string | null {
  switch (credential.kind) {
    case 'tenant-bcrypt':
      return credential.hash === null ? null : credential.hash.reveal();
    case 'imported-bcrypt':
      return credential.hash.reveal();
    case 'imported-custom':
      return JSON.stringify(credential.hash, revealSecrets);
    default:
      return null;
  }
}

/** `JSON.stringify` asks `toJSON` first, which masks: the holder still has the secret itself. */
function revealSecrets(this: unknown, key: string, value: unknown): unknown {
  const original = (this as Record<string, unknown>)[key];
  return original instanceof Secret ? { secret: original.reveal() } : value;
}

function credentialOf(kind: Credential['kind'], secret: string | null): Credential {
  switch (kind) {
    case 'tenant-bcrypt':
      return { kind, hash: secret === null ? null : new Secret(secret) };
    case 'imported-bcrypt':
      return { kind, hash: new Secret(stored(secret)) };
    case 'imported-custom':
      return { kind, hash: JSON.parse(stored(secret), wrapSecrets) as CustomPasswordHash };
    default:
      return { kind };
  }
}

function stored(secret: string | null): string {
  assert(secret !== null, 'our bug: an imported credential was stored without its hash');
  return secret;
}

function wrapSecrets(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { secret } = value as { readonly secret?: unknown };
  return typeof secret === 'string' ? new Secret(secret) : value;
}
