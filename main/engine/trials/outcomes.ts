import { catalogEntry } from '#domain/diagnostics/catalog.ts';
import type { AccountState } from '#domain/migration/account.ts';
import type { UserFinding, UserOutcome } from '#domain/migration/outcome.ts';
import type { LazyRuns } from '#engine/trials/lazy-runs.ts';
import type { PreparedUser } from '#engine/trials/prepare-user.ts';

/** What decided an outcome that is not ok. */
export interface Cause {
  readonly status: 'failed' | 'skipped';
  readonly code: string;
  /** Where and what, without values; empty where the code says it all. */
  readonly detail?: string;
  readonly line?: number;
}

/** Whom an outcome is about. */
export type OutcomeSubject = Pick<UserOutcome, 'position' | 'key' | 'legacyId' | 'cohorts'>;

export function lazyOutcome(
  prepared: PreparedUser,
  cause: Cause | null,
  findings: readonly UserFinding[],
  state: AccountState,
  runs: LazyRuns | null,
): UserOutcome {
  const ms = [runs?.getUser, runs?.login, runs?.wrongPassword].reduce(
    (sum, run) => sum + (run?.ms.total ?? 0),
    0,
  );
  const { position, record, user, cohorts } = prepared;
  const subject = { position, key: record.key, legacyId: user?.id ?? null, cohorts };
  return outcomeOf('lazy', subject, cause, findings, state, ms);
}

export function bulkOutcome(
  subject: OutcomeSubject,
  cause: Cause | null,
  findings: readonly UserFinding[],
  state: AccountState,
): UserOutcome {
  return outcomeOf('bulk', subject, cause, findings, state, 0);
}

/** A user without a deciding cause still fails on a finding that the catalog calls an error. */
function outcomeOf(
  phase: 'lazy' | 'bulk',
  { position, key, legacyId, cohorts }: OutcomeSubject,
  cause: Cause | null,
  findings: readonly UserFinding[],
  state: AccountState,
  ms: number,
): UserOutcome {
  const all = distinct([...(cause === null ? [] : [asFinding(cause)]), ...findings]);
  const decided = cause ?? firstError(all);
  return {
    position,
    key,
    legacyId,
    phase,
    status: decided?.status ?? 'ok',
    cause: decided?.code ?? null,
    state,
    findings: all,
    cohorts,
    ms,
  };
}

function asFinding({ code, detail, line }: Cause): UserFinding {
  return { code, detail: detail ?? '', ...(line === undefined ? {} : { line }) };
}

function firstError(findings: readonly UserFinding[]): Cause | null {
  const error = findings.find(({ code }) => catalogEntry(code)?.severity === 'error');
  return error === undefined ? null : { status: 'failed', code: error.code };
}

/** One finding a code: the first says where; a user is counted once under each code. */
function distinct(findings: readonly UserFinding[]): UserFinding[] {
  const seen = new Set<string>();
  return findings.filter(({ code }) => !seen.has(code) && seen.add(code) !== undefined);
}
