import type { DiagnosticCode } from '#domain/diagnostics/catalog.ts';
import type { UserFinding } from '#domain/diagnostics/user-finding.ts';
import type { Assumptions } from '#domain/assumptions.ts';
import type { MigrationEvent, TenantLogType } from '#domain/migration/events.ts';
import type { PasswordPolicy } from '#domain/migration/password-policy.ts';
import type { Slot } from '#domain/migration/slots.ts';
import type { ProfileRules } from '#domain/profile/validate-profile.ts';

/** What a connection's options say about its tenant flows. */
export interface FlowOptions {
  readonly importMode: boolean;
  readonly requiresUsername: boolean;
  readonly usernameLength: { readonly min: number; readonly max: number };
  readonly passwordPolicy: PasswordPolicy;
  readonly disableSignup: boolean;
  readonly setUserRootAttributes: 'on_each_login' | 'on_first_login' | 'never_on_login';
  /** Slots that have a script. */
  readonly scripts: ReadonlySet<Slot>;
}

export type FlowOutcome =
  | { readonly status: 'ok' }
  | { readonly status: 'failed'; readonly cause: DiagnosticCode; readonly detail: string };

/** What one pass through a tenant flow leaves behind. */
export interface FlowDecision {
  readonly events: readonly MigrationEvent[];
  readonly outcome: FlowOutcome;
  readonly findings: readonly UserFinding[];
}

/** The next thing the engine has to do for a flow. */
export type ScriptStep = { readonly step: 'run-script'; readonly slot: Slot } | { readonly step: 'decide' };

export const OK: FlowOutcome = { status: 'ok' };

export function succeeded(
  events: readonly MigrationEvent[],
  findings: readonly UserFinding[] = [],
): FlowDecision {
  return { events, outcome: OK, findings };
}

export function failed(
  cause: DiagnosticCode,
  detail: string,
  events: readonly MigrationEvent[],
  findings: readonly UserFinding[] = [],
): FlowDecision {
  return { events, outcome: { status: 'failed', cause, detail }, findings };
}

/** A tenant log entry; `userId` without prefix, or null where the tenant logs none. */
export function logged(log: TenantLogType, userId: string | null, description = ''): MigrationEvent {
  return { type: 'logged', log, userId: userId === null ? '' : `auth0|${userId}`, description };
}

export function profileRules(options: FlowOptions, assumptions: Assumptions): ProfileRules {
  const { importMode, requiresUsername, usernameLength } = options;
  return { importMode, requiresUsername, usernameLength, assumptions };
}
