import { accountFacts, NO_ACCOUNTS, typedFacts } from '#domain/migration/account-facts.ts';
import type { Account } from '#domain/migration/account.ts';
import { decideLogin } from '#domain/migration/decide-login.ts';
import type { MigrationEvent } from '#domain/migration/events.ts';
import type { FlowDecision } from '#domain/migration/flow.ts';
import {
  identifiersOfLogin,
  type LoginAttempt,
  planLogin,
  type StoreCheck,
} from '#domain/migration/login.ts';
import type { UserFinding, UserOutcome } from '#domain/migration/outcome.ts';
import { profileFromScript } from '#domain/profile/profile-from-script.ts';
import { flowOptions } from '#engine/trials/flow-options.ts';
import { getUserVerdict } from '#engine/trials/get-user-verdict.ts';
import type { LazyRuns } from '#engine/trials/lazy-runs.ts';
import { identityVerdict } from '#engine/trials/identity-verdict.ts';
import { type LoginIdentity, loginIdentity } from '#engine/trials/login-identifier.ts';
import { pipelineCause } from '#engine/trials/lazy-pipeline.ts';
import { leftOut } from '#engine/trials/lazy-window.ts';
import { loginVerdict, wrongPasswordVerdict } from '#engine/trials/login-verdicts.ts';
import { type Cause, lazyOutcome } from '#engine/trials/outcomes.ts';
import { asFacts, scriptFindings } from '#engine/trials/script-findings.ts';
import type { AccountLookup } from '#engine/ports/replica.ts';
import type { LazyContext } from '#engine/trials/phase-context.ts';
import type { PreparedUser } from '#engine/trials/prepare-user.ts';

/** What the store's own check said for the account that was there before the batch. */
export interface StoreAnswer {
  readonly userId: string;
  readonly check: StoreCheck;
}

export interface LazyDecision {
  readonly events: readonly MigrationEvent[];
  readonly outcome: UserOutcome;
  /** The runs that were this user's own. */
  readonly seen: Pick<Nullable<LazyRuns>, 'getUser' | 'login' | 'wrongPassword'>;
}

type Nullable<T> = { readonly [K in keyof T]: T[K] | null };

/** One user's outcome from the runs of the scripts and from what the replica holds at this moment. */
export function decideLazyUser(
  context: LazyContext,
  accounts: AccountLookup,
  prepared: PreparedUser,
  runs: LazyRuns | null,
  answers: ReadonlyMap<number, StoreAnswer>,
  pipeline: readonly UserFinding[] = [],
): LazyDecision {
  const { user } = prepared;
  if (user === null)
    return undecided(prepared, {
      status: 'failed',
      code: prepared.findings[0]?.code ?? 'profile.id-missing',
    });
  const skipped = leftOut(context, prepared);
  if (skipped !== null) return undecided(prepared, { status: 'skipped', code: skipped });
  if (runs === null) return undecided(prepared, { status: 'failed', code: 'trial.no-identifier' });
  const { identifier, known } = loginIdentity(context, user) ?? { identifier: '', known: null };
  const lookup = getUserVerdict(context, user, runs.getUser);
  if (context.options.depth === 'proven' && runs.login === null) {
    const cause = lookup.cause ?? ({ status: 'skipped', code: 'trial.password-unknown' } as const);
    const outcome = lazyOutcome(prepared, cause, lookup.findings, 'legacy-only', runs);
    return { events: [], outcome, seen: runs };
  }
  const typed = typedFacts(accounts, identifier);
  const identity = identityVerdict(user.id, lookup.userId, loginUserId(context, runs));
  const expected = identity === null ? lookup.userId : user.id;
  const attempt = loginAttempt(prepared, runs, { identifier, known }, expected);
  const flow = decideFlow(context, accounts, attempt, prepared, answers);
  // A user whom the store itself answers never meets the login script, whatever its runs showed.
  const seen = flow.usedStore ? { ...runs, login: null, wrongPassword: null } : runs;
  const wrong = wrongPasswordVerdict(seen);
  const scripts = lookup.cause ?? identity ?? wrong.cause ?? loginVerdict(flow.decision, seen);
  // Only who gets through the login meets what comes after it.
  const after = scripts === null && flow.decision.outcome.status === 'ok' ? pipeline : [];
  const cause = scripts ?? pipelineCause(after);
  const findings = [
    ...lookup.findings,
    ...(seen.login === null ? [] : scriptFindings('login', seen.login)),
    ...flow.decision.findings,
    ...wrong.findings,
    ...clashFindings(context, flow.decision, typed.found),
    ...after,
  ];
  const refused = cause?.code === 'pipeline.registration-denied';
  const migrated = flow.decision.outcome.status === 'ok' && !refused;
  const state = migrated ? 'migrated' : (typed.found?.state ?? 'legacy-only');
  return {
    events: refused ? [] : flow.decision.events,
    outcome: lazyOutcome(prepared, cause, findings, state, runs),
    seen,
  };
}

/** The id that login gave, where it ran and gave a profile; else null. */
function loginUserId(context: LazyContext, { login }: LazyRuns): string | null {
  if (login === null || login.ending !== 'called-back' || login.value === null) return null;
  return profileFromScript(login.value, context.assumptions).profile?.userId ?? null;
}

function loginAttempt(
  prepared: PreparedUser,
  runs: LazyRuns,
  { identifier, known }: LoginIdentity,
  expectedUserId: string | null,
): LoginAttempt {
  return {
    identifier,
    password: known,
    passwordHash: null,
    storeCheck: null,
    getUser: asFacts(runs.getUser),
    // Without a login run the profile of get_user stands for the one that login would return.
    login: asFacts(runs.login ?? runs.getUser),
    expectedUserId,
    legacyAccepts: true,
    interrupted: false,
    generatedUserId: `position-${prepared.position}`,
  };
}

function decideFlow(
  context: LazyContext,
  accounts: AccountLookup,
  attempt: LoginAttempt,
  prepared: PreparedUser,
  answers: ReadonlyMap<number, StoreAnswer>,
): { readonly decision: FlowDecision; readonly usedStore: boolean } {
  const options = flowOptions(context.project);
  const typed = typedFacts(accounts, attempt.identifier);
  let current = attempt;
  let plan = planLogin(current, typed, options, context.assumptions);
  if (plan.step === 'check-password') {
    current = { ...current, storeCheck: storeCheck(plan.account, attempt, answers.get(prepared.position)) };
    plan = planLogin(current, typed, options, context.assumptions);
  }
  const usedStore = plan.step === 'decide';
  if (usedStore) current = { ...current, login: null };
  const identifiers = usedStore ? null : identifiersOfLogin(current, context.assumptions);
  const existing = identifiers === null ? NO_ACCOUNTS : accountFacts(accounts, identifiers);
  const deletedBefore = identifiers?.userId != null && accounts.wasDeleted(identifiers.userId);
  const facts = { ...typed, existing, deletedBefore };
  return { decision: decideLogin(current, facts, options, context.assumptions), usedStore };
}

/** A true answer where there is one; else the own account takes the own password and a stranger's does not. */
function storeCheck(account: Account, attempt: LoginAttempt, answer: StoreAnswer | undefined): StoreCheck {
  if (answer?.userId === account.userId) return answer.check;
  return account.userId === attempt.expectedUserId ? 'match' : 'mismatch';
}

function clashFindings(context: LazyContext, decision: FlowDecision, found: Account | null): UserFinding[] {
  const clashes =
    context.afterOtherPhase && decision.outcome.status === 'failed' && found?.origin === 'bulk-import';
  return clashes ? [{ code: 'trial.clash-with-first-phase', detail: 'an imported account' }] : [];
}

function undecided(prepared: PreparedUser, cause: Cause): LazyDecision {
  const outcome = lazyOutcome(prepared, cause, [], 'legacy-only', null);
  return { events: [], outcome, seen: { getUser: null, login: null, wrongPassword: null } };
}
