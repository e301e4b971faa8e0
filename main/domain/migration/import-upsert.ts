import type { Assumptions } from '#domain/assumptions.ts';
import type { UserFinding } from '#domain/diagnostics/user-finding.ts';
import { finding } from '#domain/diagnostics/user-finding.ts';
import type { Account } from '#domain/migration/account.ts';
import type { ImportDecision } from '#domain/migration/import-decision.ts';
import type { AccountChanges, MigrationEvent } from '#domain/migration/events.ts';
import type { ImportRecord } from '#domain/migration/import-record.ts';
import { withoutSecrets } from '#domain/profile/mfa-factors.ts';

const HASH_ALREADY_SET =
  'A custom_password_hash was provided, but the user already has password hash defined';

const UPSERTABLE = [
  ['name', 'name'],
  ['nickname', 'nickname'],
  ['given_name', 'givenName'],
  ['family_name', 'familyName'],
  ['picture', 'picture'],
  ['email_verified', 'emailVerified'],
  ['user_metadata', 'userMetadata'],
  ['app_metadata', 'appMetadata'],
] as const;
const NOT_UPSERTABLE = ['phone_number', 'phone_verified', 'username', 'blocked', 'password_hash'] as const;

/** An upsert of a record whose e-mail an account has. Metadata are replaced, not merged. */
export function upsertDecision(
  record: ImportRecord,
  account: Account,
  assumptions: Assumptions,
): ImportDecision {
  const { userId, credential } = account;
  const custom = record.custom_password_hash;
  if (custom !== undefined && credential.kind !== 'imported-custom') {
    const refusal = {
      cause: 'import.hash-already-set',
      error: { code: 'NOT_PASSED', message: HASH_ALREADY_SET },
    } as const;
    return { events: [], result: 'failed', refusals: [refusal], findings: [] };
  }
  const events: MigrationEvent[] = [
    { type: 'account-updated', userId, changes: changesOf(record, assumptions) },
  ];
  if (custom !== undefined) {
    events.push({ type: 'credential-set', userId, credential: { kind: 'imported-custom', hash: custom } });
  }
  return { events, result: 'updated', refusals: [], findings: upsertFindings(record, account, assumptions) };
}

function changesOf(record: ImportRecord, assumptions: Assumptions): AccountChanges {
  const given = UPSERTABLE.filter(([name]) => record[name] !== undefined).map(
    ([name, attribute]) => [attribute, record[name]] as const,
  );
  const resets = assumptions['upsert-resets-email-verified'] === 'yes' && record.email_verified === undefined;
  const factors = assumptions['upsert-mfa-factors'] === 'applied' ? record.mfa_factors : undefined;
  return {
    ...Object.fromEntries(given),
    ...(resets ? { emailVerified: false } : {}),
    ...(factors === undefined ? {} : { mfaFactors: withoutSecrets(factors) }),
  };
}

function upsertFindings(record: ImportRecord, account: Account, assumptions: Assumptions): UserFinding[] {
  const ignored: string[] = NOT_UPSERTABLE.filter((name) => record[name] !== undefined);
  const factors = record.mfa_factors !== undefined;
  if (factors && assumptions['upsert-mfa-factors'] === 'ignored') ignored.push('mfa_factors');
  if (record.user_id !== undefined && record.user_id !== account.userId) ignored.push('user_id');
  const findings = ignored.length > 0 ? [finding('import.not-applied-on-upsert', ignored.join(', '))] : [];
  const lost = [
    ...lostKeys(account.userMetadata, record.user_metadata, 'user_metadata'),
    ...lostKeys(account.appMetadata, record.app_metadata, 'app_metadata'),
  ];
  if (lost.length > 0) findings.push(finding('import.metadata-replaced', lost.join(', ')));
  if (factors) findings.push(finding('import.mfa-on-upsert-open', 'mfa_factors'));
  const resets = assumptions['upsert-resets-email-verified'] === 'yes' && record.email_verified === undefined;
  if (resets && account.emailVerified) findings.push(finding('import.email-verified-lost', 'email_verified'));
  return findings;
}

/** Metadata keys of the account that the record would drop. */
function lostKeys(stored: object | null, given: object | undefined, path: string): string[] {
  if (stored === null || given === undefined) return [];
  return Object.keys(stored)
    .filter((key) => !Object.hasOwn(given, key))
    .map((key) => `${path}.${key}`);
}
