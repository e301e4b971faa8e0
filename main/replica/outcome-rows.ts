import type { AccountState } from '#domain/migration/account.ts';
import type { UserFinding, UserOutcome } from '#domain/migration/outcome.ts';
import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import type { Labels } from './labels.ts';
import { PHASES, STATUSES } from './phases.ts';

export const OUTCOME_COLUMNS = `o.phase, o.position, o.legacy_key, o.legacy_id, o.status, o.cause, o.state, o.hash_format,
  o.last_login, o.email_domain, o.findings, o.ms`;

export interface OutcomeRow {
  readonly phase: number;
  readonly position: number;
  readonly legacy_key: string;
  readonly legacy_id: string | null;
  readonly status: number;
  readonly cause: number | null;
  readonly state: number;
  readonly hash_format: number;
  readonly last_login: number;
  readonly email_domain: number;
  readonly findings: string | null;
  readonly ms: number;
}

export function outcomeOf(row: OutcomeRow, labels: Labels): UserOutcome {
  return {
    position: row.position,
    key: JSON.parse(row.legacy_key) as LegacyKey,
    legacyId: row.legacy_id,
    phase: PHASES[row.phase]!,
    status: STATUSES[row.status]!,
    cause: row.cause === null ? null : labels.textOf(row.cause),
    state: labels.textOf(row.state) as AccountState,
    findings: row.findings === null ? [] : (JSON.parse(row.findings) as readonly UserFinding[]),
    cohorts: {
      hashFormat: labels.textOf(row.hash_format),
      lastLogin: labels.textOf(row.last_login),
      emailDomain: labels.textOf(row.email_domain),
    },
    ms: row.ms,
  };
}
