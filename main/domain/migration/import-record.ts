import type { UserFinding } from '#domain/diagnostics/user-finding.ts';
import { finding } from '#domain/diagnostics/user-finding.ts';
import type { Json, JsonObject } from '#domain/json.ts';
import type { CustomPasswordHash } from '#domain/password/custom-password-hash.ts';
import type { RecognisedHash } from '#domain/password/recognised-hash.ts';
import type { LegacyUser } from '#domain/profile/legacy-user.ts';
import type { Secret } from '#domain/secret.ts';

/** One record of a bulk import file, under the names of the import schema, secrets wrapped. */
export interface ImportRecord {
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly phone_number?: string;
  readonly phone_verified?: boolean;
  readonly user_id?: string;
  readonly username?: string;
  readonly given_name?: string;
  readonly family_name?: string;
  readonly name?: string;
  readonly nickname?: string;
  readonly picture?: string;
  readonly blocked?: boolean;
  readonly password_hash?: Secret;
  readonly custom_password_hash?: CustomPasswordHash;
  readonly app_metadata?: JsonObject;
  readonly user_metadata?: JsonObject;
  readonly mfa_factors?: readonly Json[];
}

/**
 * The record for one legacy user. It holds what the row says, right or wrong: whether the import takes it is the
 * validator's word. A hash that the import cannot verify is left out, and the findings say what that means.
 */
export function importRecord(
  user: LegacyUser,
  recognised: RecognisedHash,
): { readonly record: ImportRecord; readonly findings: readonly UserFinding[] } {
  const record: Mutable<ImportRecord> = { user_id: user.id, email_verified: user.emailVerified };
  if (user.email !== null) record.email = user.email;
  if (user.username !== null) record.username = user.username;
  if (user.phoneNumber !== null) {
    record.phone_number = user.phoneNumber;
    record.phone_verified = user.phoneVerified;
  }
  if (user.name !== null) record.name = user.name;
  if (user.nickname !== null) record.nickname = user.nickname;
  if (user.givenName !== null) record.given_name = user.givenName;
  if (user.familyName !== null) record.family_name = user.familyName;
  if (user.picture !== null) record.picture = user.picture;
  if (user.blocked) record.blocked = true;
  if (user.appMetadata !== null) record.app_metadata = user.appMetadata;
  if (user.userMetadata !== null) record.user_metadata = user.userMetadata;
  const { route } = recognised;
  if (route.kind === 'password-hash') record.password_hash = route.value;
  if (route.kind === 'custom') record.custom_password_hash = route.value;
  return { record, findings: hashFindings(recognised) };
}

function hashFindings({ route, warnings, format, parameters }: RecognisedHash): UserFinding[] {
  const about = parameters === '' ? format : `${format}, ${parameters}`;
  const findings = warnings.map((code): UserFinding => ({ code, detail: about }));
  if (route.kind === 'lazy-only' || route.kind === 'reset-only') {
    findings.push({ code: route.code, detail: about }, finding('import.without-password', about));
  }
  return findings;
}

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };
