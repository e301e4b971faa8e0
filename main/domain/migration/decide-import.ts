import type { Assumptions } from '#domain/assumptions.ts';
import type { UserFinding } from '#domain/diagnostics/user-finding.ts';
import { finding } from '#domain/diagnostics/user-finding.ts';
import type { Account, Credential } from '#domain/migration/account.ts';
import type { AccountFacts } from '#domain/migration/account-facts.ts';
import type { ImportDecision } from '#domain/migration/import-decision.ts';
import { importCollision } from '#domain/migration/import-collision.ts';
import type { ImportRecord } from '#domain/migration/import-record.ts';
import { upsertDecision } from '#domain/migration/import-upsert.ts';
import type { NormalizedProfile } from '#domain/profile/normalized-profile.ts';
import { storedProfile } from '#domain/profile/stored-profile.ts';
import { accountFromProfile } from '#domain/migration/account-from-profile.ts';

export interface ImportOptions {
  readonly upsert: boolean;
  /** Id for a record that brings none. */
  readonly generatedUserId: string;
}

/** What an import job does with one record that its schema accepts, against the accounts it collides with. */
export function decideImport(
  record: ImportRecord,
  existing: AccountFacts,
  options: ImportOptions,
  assumptions: Assumptions,
): ImportDecision {
  if (options.upsert && existing.byEmail !== null && existing.byEmail.state !== 'shadow') {
    return upsertDecision(record, existing.byEmail, assumptions);
  }
  const refusal = importCollision(record, existing, assumptions);
  if (refusal !== null) return { events: [], result: 'failed', refusals: [refusal], findings: [] };
  const account = importedAccount(record, options.generatedUserId, assumptions);
  return {
    events: [{ type: 'account-created', account }],
    result: 'inserted',
    refusals: [],
    findings: insertFindings(record, existing, assumptions),
  };
}

function importedAccount(record: ImportRecord, generatedUserId: string, assumptions: Assumptions): Account {
  const credential = importedCredential(record);
  return accountFromProfile(storedProfile(recordProfile(record), true, assumptions), {
    userId: record.user_id ?? generatedUserId,
    state: credential.kind === 'random' ? 'imported-random-password' : 'imported-hash-pending',
    origin: 'bulk-import',
    credential,
  });
}

/** Without a hash the tenant stores the hash of a random password. */
function importedCredential({ password_hash, custom_password_hash }: ImportRecord): Credential {
  if (password_hash !== undefined) return { kind: 'imported-bcrypt', hash: password_hash };
  if (custom_password_hash !== undefined) return { kind: 'imported-custom', hash: custom_password_hash };
  return { kind: 'random' };
}

/** The record's attributes in the terms of a profile. */
export function recordProfile(record: ImportRecord): NormalizedProfile {
  return {
    userId: record.user_id ?? null,
    email: record.email ?? null,
    emailVerified: record.email_verified ?? false,
    username: record.username ?? null,
    phoneNumber: record.phone_number ?? null,
    phoneVerified: record.phone_verified ?? false,
    name: record.name ?? null,
    nickname: record.nickname ?? null,
    givenName: record.given_name ?? null,
    familyName: record.family_name ?? null,
    picture: record.picture ?? null,
    blocked: record.blocked ?? false,
    userMetadata: record.user_metadata ?? null,
    appMetadata: record.app_metadata ?? null,
    mfaFactors: record.mfa_factors ?? null,
    other: {},
  };
}

function insertFindings(
  record: ImportRecord,
  existing: AccountFacts,
  assumptions: Assumptions,
): UserFinding[] {
  const findings: UserFinding[] = [];
  if (record.user_id?.startsWith('auth0|')) findings.push(finding('import.user-id-double-prefix', 'user_id'));
  if (existing.byEmail !== null) findings.push(finding('import.duplicates-shadow', 'email'));
  if (record.email_verified !== true && assumptions['import-verification-mail'] === 'yes') {
    findings.push(finding('import.sends-verification-mail', 'email_verified'));
  }
  return findings;
}
