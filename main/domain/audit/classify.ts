import {
  APP_METADATA,
  type AuditGroup,
  type AuditValues,
  BLOCKED,
  EMAIL,
  type FileKnowledge,
  type LegacyPerson,
  type MatchedUser,
  PHONE,
  type TenantUser,
  USER_METADATA,
  USERNAME,
} from '#domain/audit/audit-user.ts';
import { driftOf } from '#domain/audit/drift.ts';
import { hasDoublePrefix } from '#domain/audit/identity.ts';
import type { AuditedPerson, AuditFinding } from '#domain/audit/person.ts';
import { type ImportHistory, type Standing, standingOf } from '#domain/audit/standing.ts';
import type { DiagnosticCode } from '#domain/diagnostics/catalog.ts';

export interface AuditRules {
  readonly importHistory: ImportHistory;
  /** Tenant users without a legacy user that were created from here on signed up there; null: cannot be told. */
  readonly cutover: string | null;
  /** By number of the file. */
  readonly files: readonly FileKnowledge[];
  /** Indexes of attributes to compare, by number of the file. */
  readonly compared: readonly (readonly number[])[];
}

const NO_FINDINGS: readonly AuditFinding[] = [];

/** Says where a person stands, and what differs between the two stores. */
export function classify(group: AuditGroup, rules: AuditRules): AuditedPerson {
  if (group.legacy === null) return stranger(group.stranger, group.emailShared, rules);
  const { legacy, tenants, idRepeated } = group;
  const alive = tenants.some(isDeleted) ? tenants.filter((one) => !isDeleted(one)) : tenants;
  if (idRepeated) return unmatched(legacy, 'conflict', 'audit.legacy-id-repeated', NO_FINDINGS);
  const [first] = alive;
  if (first === undefined) {
    const gone = tenants.length > 0;
    return unmatched(legacy, 'not-yet', gone ? 'audit.deleted-in-tenant' : 'audit.not-migrated', NO_FINDINGS);
  }
  return matched(legacy, first, alive, rules);
}

function isDeleted({ user }: MatchedUser): boolean {
  return user.account?.state === 'deleted';
}

function unmatched(
  legacy: LegacyPerson,
  state: 'not-yet' | 'conflict',
  why: DiagnosticCode,
  findings: readonly AuditFinding[],
): AuditedPerson {
  return {
    state,
    why,
    position: legacy.position,
    key: legacy.key,
    legacyId: legacy.id,
    email: legacy.values[EMAIL] ?? null,
    tenantIds: [],
    matchedBy: null,
    sign: null,
    migratedAt: null,
    seenAt: null,
    findings,
    drift: [],
  };
}

function matched(
  legacy: LegacyPerson,
  first: MatchedUser,
  all: readonly MatchedUser[],
  rules: AuditRules,
): AuditedPerson {
  const { user } = first;
  const file = rules.files[user.file]!;
  const compared = rules.compared[user.file]!;
  const drift = driftOf(legacy.values, user.values, compared, file.leaves, first.same);
  const standing = standingOf(user, file, rules.importHistory);
  const clash = clashOf(first, all);
  const { state, why } = clash ?? standing;
  let findings = clash === null ? standing.findings : NO_FINDINGS;
  if (drift.length > 0) findings = [...findings, ...driftFindings(legacy, user, drift, file)];
  if (hasDoublePrefix(user.userId)) findings = [...findings, noted('audit.double-prefix', user.userId)];
  if (user.linked) findings = [...findings, noted('audit.linked-identity', user.userId)];
  let seenAt = standing.at;
  for (const { user: one } of all) seenAt = later(later(seenAt, one.createdAt), one.lastLogin);
  return {
    state,
    why,
    position: legacy.position,
    key: legacy.key,
    legacyId: legacy.id,
    email: legacy.values[EMAIL] ?? null,
    tenantIds: all.map((one) => one.user.userId),
    matchedBy: first.by,
    sign: state === 'migrated' ? standing.sign : null,
    migratedAt: state === 'migrated' ? standing.at : null,
    seenAt,
    findings,
    drift,
  };
}

/** What keeps a person from being one user of the tenant, before anything else is asked. */
function clashOf(first: MatchedUser, all: readonly MatchedUser[]): Pick<Standing, 'state' | 'why'> | null {
  if (all.length > 1) return { state: 'duplicate', why: 'audit.duplicate-user' };
  if (first.by !== 'id') {
    const why = first.by === 'email' ? 'audit.id-differs' : 'audit.id-differs-by-username';
    return { state: 'conflict', why };
  }
  return first.emailShared ? { state: 'duplicate', why: 'audit.duplicate-email' } : null;
}

function driftFindings(
  legacy: LegacyPerson,
  user: TenantUser,
  drift: AuditedPerson['drift'],
  file: FileKnowledge,
): readonly AuditFinding[] {
  const findings: AuditFinding[] = [];
  if (drift.includes('email')) findings.push(noted('audit.email-differs', ''));
  if (drift.includes('blocked')) {
    const here = legacy.values[BLOCKED] === 'true';
    findings.push(noted(here ? 'audit.blocked-only-in-legacy' : 'audit.blocked-only-in-tenant', ''));
  }
  if (metadataLost(legacy.values, user.values, file)) findings.push(noted('audit.metadata-missing', ''));
  const others = drift.filter((name) => name !== 'email' && name !== 'blocked');
  if (others.length > 0) findings.push(noted('audit.attributes-differ', others.join(', ')));
  return findings;
}

/** An interrupted migration leaves a user without any of the metadata the legacy row has. */
function metadataLost(legacy: AuditValues, tenant: AuditValues, file: FileKnowledge): boolean {
  if (file.leaves !== null) return false;
  return [USER_METADATA, APP_METADATA].some(
    (index) =>
      file.attributes[index] === true && holds(legacy[index] ?? null) && !holds(tenant[index] ?? null),
  );
}

function holds(metadata: string | null): boolean {
  return metadata !== null && metadata !== '{}';
}

function stranger(user: TenantUser, emailShared: boolean, rules: AuditRules): AuditedPerson {
  const signedUp = rules.cutover !== null && user.createdAt !== null && user.createdAt >= rules.cutover;
  const bare = [EMAIL, USERNAME, PHONE].every((index) => (user.values[index] ?? null) === null);
  return {
    state: signedUp ? 'sign-up' : 'stranger',
    why: signedUp ? 'audit.sign-up' : 'audit.stranger',
    position: null,
    key: null,
    legacyId: null,
    tenantIds: [user.userId],
    matchedBy: null,
    sign: null,
    migratedAt: null,
    seenAt: later(user.createdAt, user.lastLogin),
    findings: [
      ...(emailShared ? [noted('audit.duplicate-email', '')] : NO_FINDINGS),
      ...(bare ? [noted('audit.incomplete-profile', '')] : NO_FINDINGS),
    ],
    drift: [],
    email: user.values[EMAIL] ?? null,
  };
}

function noted(code: DiagnosticCode, detail: string): AuditFinding {
  return { code, detail };
}

/** ISO dates in UTC order as texts do. */
function later(one: string | null, other: string | null): string | null {
  return other !== null && (one === null || other > one) ? other : one;
}
