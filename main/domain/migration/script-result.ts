import type { Assumptions } from '#domain/assumptions.ts';
import type { DiagnosticCode } from '#domain/diagnostics/catalog.ts';
import type { Json } from '#domain/json.ts';
import type { TenantLogType } from '#domain/migration/events.ts';
import { type ScriptEndingName, scriptEndingCode } from '#domain/migration/script-ending.ts';
import type { Slot } from '#domain/migration/slots.ts';

/** What a decision needs to know about a run of a script; a `ScriptRun` of the engine fits it. */
export interface ScriptResultFacts {
  readonly ending: ScriptEndingName;
  /** What the script called back with; null where that was nothing. */
  readonly value: Json;
  readonly error: {
    readonly name: string;
    readonly message: string;
    readonly code?: string;
    /** First argument of `WrongUsernameOrPasswordError`. */
    readonly userId?: string;
  } | null;
}

/** Why a script gave no answer, for the outcome and for the tenant log. */
export interface ScriptFailure {
  readonly cause: DiagnosticCode;
  readonly detail: string;
  readonly log: TenantLogType;
  /** As the tenant logs it, without prefix; null for none. */
  readonly logUserId: string | null;
  readonly description: string;
}

const TENANT_TEXTS: Readonly<Record<string, string>> = {
  'timed-out': 'Request to Webtask exceeded allowed execution time',
  'never-called-back': 'Request to Webtask exceeded allowed execution time',
  threw: 'Script generated an unhandled synchronous exception.',
  blocked: 'Blocked event loop.',
};

/** The failure of a run, or null where the script called back without error. `log` is the flow's own. */
export function scriptFailure(
  slot: Slot,
  result: ScriptResultFacts,
  log: TenantLogType,
): ScriptFailure | null {
  if (result.ending === 'called-back') return null;
  const message = result.error?.message ?? TENANT_TEXTS[result.ending] ?? result.ending;
  const base = { log, logUserId: null, description: message };
  if (result.ending === 'called-back-error') {
    return { ...base, cause: errorCause(result.error?.name), detail: `${slot}: ${errorName(result)}` };
  }
  return { ...base, cause: scriptEndingCode(result.ending), detail: `${slot}: ${result.ending}` };
}

/**
 * The same for `login`, where wrong credentials have logs of their own: `fp` with the id that the script gives,
 * or `fu` without one when its first argument is missing or empty.
 */
export function loginFailure(result: ScriptResultFacts, assumptions: Assumptions): ScriptFailure | null {
  if (result.ending === 'called-back-error' && result.error?.name === 'WrongUsernameOrPasswordError') {
    const { userId, message } = result.error;
    const known = userId !== undefined && userId !== '';
    return {
      cause: known ? 'state.wrong-password' : 'state.unknown-user',
      detail: 'login: WrongUsernameOrPasswordError',
      log: known ? 'fp' : 'fu',
      logUserId: known ? userId : null,
      description: message,
    };
  }
  const failure = scriptFailure('login', result, assumptions['error-log-type']);
  if (failure !== null) return failure;
  if (result.value !== null) return null;
  return {
    cause: 'state.login-without-profile',
    detail: 'login: called back without error and profile',
    log: assumptions['no-profile-log-type'],
    logUserId: null,
    description: '',
  };
}

function errorCause(name: string | undefined): DiagnosticCode {
  switch (name) {
    case 'WrongUsernameOrPasswordError':
      return 'state.credentials-error-elsewhere';
    case 'ValidationError':
      return 'state.script-validation-error';
    case 'UnauthorizedError':
      return 'state.script-unauthorized';
    default:
      return 'state.script-error';
  }
}

/** Names of error classes are code; anything that does not look like one is left out. */
function errorName(result: ScriptResultFacts): string {
  const name = result.error?.name ?? 'Error';
  return /^[A-Za-z_$][\w$]{0,60}$/.test(name) ? name : 'Error';
}
