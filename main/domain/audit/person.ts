import type { AuditAttribute, MatchedBy } from '#domain/audit/audit-user.ts';
import type { DiagnosticCode } from '#domain/diagnostics/catalog.ts';
import type { LegacyKey } from '#domain/profile/legacy-user.ts';

/** Where a person stands. The first seven are of legacy users, the last two of tenant users without a legacy user. */
export const PERSON_STATES = [
  'migrated',
  'not-yet',
  'shadow',
  'indeterminate',
  'partial',
  'conflict',
  'duplicate',
  'stranger',
  'sign-up',
] as const;
export type PersonState = (typeof PERSON_STATES)[number];

export const TENANT_ONLY: ReadonlySet<PersonState> = new Set(['stranger', 'sign-up']);

/** What shows that a user was migrated. */
export const MIGRATION_SIGNS = [
  'login-marker',
  'get-user-marker',
  'marker',
  'import-always-on',
  'created-after-import',
  'never-logged-in',
  'replica-login',
  'replica-bulk',
  'replica-other',
] as const;
export type MigrationSign = (typeof MIGRATION_SIGNS)[number];

export interface AuditFinding {
  readonly code: DiagnosticCode;
  /** Names attributes and ids, never values. */
  readonly detail: string;
}

/** What the audit says about one person. Values are kept apart, for lists that ask for them. */
export interface AuditedPerson {
  readonly state: PersonState;
  /** The catalog code behind the state; null for a migrated user. */
  readonly why: DiagnosticCode | null;
  readonly position: number | null;
  readonly key: LegacyKey | null;
  readonly legacyId: string | null;
  readonly tenantIds: readonly string[];
  readonly matchedBy: MatchedBy | null;
  readonly sign: MigrationSign | null;
  /** When it was migrated, by its sign; ISO 8601 UTC. */
  readonly migratedAt: string | null;
  /** Latest thing known to have happened to it in the tenant; ISO 8601 UTC. */
  readonly seenAt: string | null;
  readonly findings: readonly AuditFinding[];
  readonly drift: readonly AuditAttribute[];
  readonly email: string | null;
}
