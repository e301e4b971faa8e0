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
  return outcomeOf('lazy', prepared, cause, findings, state, ms);
}

export function bulkOutcome(
  prepared: PreparedUser,
  cause: Cause | null,
  findings: readonly UserFinding[],
  state: AccountState,
): UserOutcome {
  return outcomeOf('bulk', prepared, cause, findings, state, 0);
}

/** A user without a deciding cause still fails on a finding that the catalog calls an error. */
function outcomeOf(
  phase: 'lazy' | 'bulk',
  prepared: PreparedUser,
  cause: Cause | null,
  findings: readonly UserFinding[],
  state: AccountState,
  ms: number,
): UserOutcome {
  const all = distinct([...(cause === null ? [] : [asFinding(cause)]), ...findings]);
  const decided = cause ?? firstError(all);
  return {
    position: prepared.position,
    key: prepared.record.key,
    legacyId: prepared.user?.id ?? null,
    phase,
    status: decided?.status ?? 'ok',
    cause: decided?.code ?? null,
    state,
    findings: all,
    cohorts: prepared.cohorts,
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
