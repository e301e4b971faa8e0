import type { Json } from '#domain/json.ts';
import type { Account } from '#domain/migration/account.ts';
import { accountFacts, NO_ACCOUNTS, typedFacts } from '#domain/migration/account-facts.ts';
import { decideLogin } from '#domain/migration/decide-login.ts';
import type { FlowDecision } from '#domain/migration/flow.ts';
import type { LoginAttempt, StoreCheck } from '#domain/migration/login.ts';
import { identifiersOfLogin, planLogin } from '#domain/migration/login.ts';
import type { ScriptResultFacts } from '#domain/migration/script-result.ts';
import { assuming, calledBack, connection, OWN_HASH, storeOf } from '#test/given-accounts.ts';

export const ANNA: Json = { user_id: '7', email: 'anna@example.com', email_verified: true };

export interface LoginCase {
  readonly identifier?: string;
  readonly options?: Parameters<typeof connection>[0];
  readonly assumptions?: Parameters<typeof assuming>[0];
  readonly check?: StoreCheck;
  readonly getUser?: ScriptResultFacts;
  readonly login?: ScriptResultFacts;
  readonly attempt?: Partial<LoginAttempt>;
  readonly deletedBefore?: boolean;
}

/** One login as the engine carries it out: plan, do what the plan says, decide, apply. */
export function logIn(given: readonly Account[] | ReturnType<typeof storeOf>, when: LoginCase = {}) {
  const store = 'byUserId' in given ? given : storeOf(...given);
  const options = connection(when.options);
  const assumptions = assuming(when.assumptions);
  const identifier = when.identifier ?? 'anna@example.com';
  const typed = typedFacts(store, identifier);
  const did: string[] = [];
  let attempt: LoginAttempt = {
    identifier,
    password: null,
    passwordHash: OWN_HASH,
    storeCheck: null,
    getUser: null,
    login: null,
    expectedUserId: null,
    legacyAccepts: null,
    interrupted: false,
    generatedUserId: 'made',
    ...when.attempt,
  };
  let plan = planLogin(attempt, typed, options, assumptions);
  if (plan.step === 'check-password') {
    did.push('check');
    attempt = { ...attempt, storeCheck: when.check ?? 'match' };
    plan = planLogin(attempt, typed, options, assumptions);
  }
  if (plan.step === 'run-scripts') {
    did.push(...plan.slots.map((slot) => `${slot}(${plan.step === 'run-scripts' ? plan.identifier : ''})`));
    if (plan.slots.includes('get_user')) attempt = { ...attempt, getUser: when.getUser ?? calledBack(ANNA) };
    attempt = { ...attempt, login: when.login ?? calledBack(ANNA) };
  }
  const identifiers = identifiersOfLogin(attempt, assumptions);
  const existing = identifiers === null ? NO_ACCOUNTS : accountFacts(store, identifiers);
  const facts = { ...typed, existing, deletedBefore: when.deletedBefore ?? false };
  const decision = decideLogin(attempt, facts, options, assumptions);
  store.apply(decision.events);
  return { ...told(decision), did, store, accounts: store.accounts() };
}

/** A decision in short: cause or ok, log lines, findings that are not about the profile itself. */
export function told({ outcome, events, findings }: FlowDecision) {
  return {
    outcome: outcome.status === 'ok' ? 'ok' : outcome.cause,
    detail: outcome.status === 'ok' ? '' : outcome.detail,
    logs: events.flatMap((event) =>
      event.type === 'logged' ? [`${event.log} ${event.userId} ${event.description}`.trim()] : [],
    ),
    findings: findings.map(({ code, detail }) => `${code}: ${detail}`),
  };
}
