import type { DiagnosticCode } from '#domain/diagnostics/catalog.ts';
import type { MigrationEvent } from '#domain/migration/events.ts';
import { logged } from '#domain/migration/flow.ts';

/** Limits of a tenant as they are set unless somebody changed them. */
export const FAILURES_ALLOWED = 10;
const BURST = 20;
const REFILL_PER_MS = 10 / 60_000;

/** What the tenant remembers about one identifier from one address. Times are milliseconds. */
export interface LoginHistory {
  /** Failed logins since the last success, password change or release. */
  readonly failures: number;
  /** Logins that may still happen at once, and when that was counted. */
  readonly tokens: number;
  readonly countedAtMs: number;
}

export interface ProtectionVerdict {
  readonly history: LoginHistory;
  /** Null where the login may go on. */
  readonly blocked: {
    readonly cause: DiagnosticCode;
    readonly detail: string;
    readonly events: readonly MigrationEvent[];
  } | null;
}

export function freshHistory(atMs: number): LoginHistory {
  return { failures: 0, tokens: BURST, countedAtMs: atMs };
}

/**
 * Whether a login may start: 20 at once for one user from one address, 10 a minute after that, right or wrong; and
 * none after 10 failures in a row.
 */
export function admitLogin(
  history: LoginHistory,
  atMs: number,
  userId: string | null,
  failuresAllowed: number = FAILURES_ALLOWED,
): ProtectionVerdict {
  const elapsed = Math.max(0, atMs - history.countedAtMs);
  const tokens = Math.min(BURST, history.tokens + elapsed * REFILL_PER_MS);
  const counted = { ...history, tokens, countedAtMs: atMs };
  if (history.failures >= failuresAllowed) {
    const events = [logged('limit_wc', userId, 'too_many_attempts')];
    const detail = `${failuresAllowed} failed logins`;
    return { history: counted, blocked: { cause: 'state.too-many-failures', detail, events } };
  }
  if (tokens < 1) {
    const events = [logged('limit_sul', userId, 'too_many_logins')];
    return { history: counted, blocked: { cause: 'state.too-many-logins', detail: '10 a minute', events } };
  }
  return { history: { ...counted, tokens: tokens - 1 }, blocked: null };
}

/** The history after an admitted login has ended. */
export function afterLogin(history: LoginHistory, success: boolean): LoginHistory {
  return { ...history, failures: success ? 0 : history.failures + 1 };
}

/** A changed password or an administrator releases the user. */
export function released(history: LoginHistory): LoginHistory {
  return { ...history, failures: 0 };
}
