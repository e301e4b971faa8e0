import type { TraceStep } from '#contract/traces.ts';
import type { DiagnosticCode } from '#domain/diagnostics/catalog.ts';
import { type TypedFacts, typedFacts } from '#domain/migration/account-facts.ts';
import { credentialHolder } from '#domain/migration/login.ts';
import type { UserOutcome } from '#domain/migration/outcome.ts';
import { usesOfText } from '#domain/projections/script-uses.ts';
import type { Replica } from '#engine/ports/replica.ts';
import { ownAccount } from '#engine/traces/account-steps.ts';
import { facts, noted, step } from '#engine/traces/step.ts';
import type { Subject, TraceContext } from '#engine/traces/subject.ts';

export interface Prediction {
  readonly code: DiagnosticCode;
  readonly detail: string;
  /** Null where it cannot be told without trying. */
  readonly status: TraceStep['status'];
}

/** What this person types into the login form; null where there is nothing to type. */
export function identifierOf({ replica }: TraceContext, subject: Subject): string | null {
  const user = subject.live?.user ?? (replica === null ? null : ownAccount(replica, subject));
  return user?.email ?? user?.username ?? null;
}

/** What the next login with the right password meets, by what the trial left behind. */
export function nextLoginStep(context: TraceContext, subject: Subject): TraceStep {
  const identifier = identifierOf(context, subject);
  const { code, detail, status } = predicted(context, subject, identifier);
  return step('next-login', 'Next login', {
    status,
    facts: facts([['identifier', context.personal(identifier)]]),
    findings: [noted(code, detail)],
  });
}

function predicted(context: TraceContext, subject: Subject, identifier: string | null): Prediction {
  const { replica, project } = context;
  if (identifier === null) return { code: 'trace.login-no-identifier', detail: '', status: 'failed' };
  if (!project.connection.importMode) {
    return { code: 'trace.login-import-off', detail: '', status: lazyStatus(replica, subject) };
  }
  if (replica === null) return { code: 'trace.login-not-rehearsed', detail: '', status: null };
  const typed = typedFacts(replica, identifier);
  const holder = credentialHolder(typed);
  return holder === null ? byScripts(replica, subject) : byStore(replica, subject, typed);
}

function byStore(replica: Replica, subject: Subject, typed: TypedFacts): Prediction {
  const holder = credentialHolder(typed)!;
  const own = ownAccount(replica, subject);
  if (own === null || own.userId !== holder.userId) {
    return { code: 'trace.login-other-account', detail: `auth0|${holder.userId}`, status: 'failed' };
  }
  const detail = `${holder.state}, ${holder.credential.kind}`;
  if (holder.credential.kind === 'random')
    return { code: 'trace.login-needs-reset', detail, status: 'failed' };
  if (holder.blocked) return { code: 'trace.login-blocked', detail, status: 'failed' };
  return holder.credential.kind === 'tenant-bcrypt'
    ? { code: 'trace.login-own-hash', detail, status: 'ok' }
    : { code: 'trace.login-imported-hash', detail, status: null };
}

function byScripts(replica: Replica, subject: Subject): Prediction {
  const lazy = lazyOutcome(subject);
  const status = lazyStatus(replica, subject);
  if (lazy === undefined || status === null) {
    return { code: 'trace.login-not-rehearsed', detail: lazy?.cause ?? '', status: null };
  }
  return status === 'ok'
    ? { code: 'trace.login-migrates', detail: '', status }
    : { code: 'trace.login-fails', detail: lazy.cause ?? '', status };
}

function lazyOutcome({ outcomes }: Subject): UserOutcome | undefined {
  return outcomes.find(({ phase }) => phase === 'lazy');
}

/** How the rehearsed login ended; null where none was. */
function lazyStatus(replica: Replica | null, subject: Subject): TraceStep['status'] {
  const lazy = lazyOutcome(subject);
  if (replica === null || lazy === undefined || lazy.status === 'skipped') return null;
  if (lazy.status === 'failed') return 'failed';
  const uses = replica.evidenceOf('lazy', lazy.key)?.uses ?? usesOfText('login/right-password=not-run');
  const login = uses.find(({ scenario }) => scenario === 'right-password');
  return login?.outcome === 'profile' ? 'ok' : null;
}
