import { accountFacts, NO_ACCOUNTS, typedFacts } from '#domain/migration/account-facts.ts';
import type { Account } from '#domain/migration/account.ts';
import {
  admitLogin,
  afterLogin,
  FAILURES_ALLOWED,
  freshHistory,
} from '#domain/migration/attack-protection.ts';
import { decideLogin } from '#domain/migration/decide-login.ts';
import { failed, type FlowDecision } from '#domain/migration/flow.ts';
import {
  identifiersOfLogin,
  type LoginAttempt,
  type LoginPlan,
  planLogin,
  type StoreCheck,
} from '#domain/migration/login.ts';
import type { Act, PasswordRole } from '#domain/migration/stories.ts';
import type { Secret } from '#domain/secret.ts';
import { type FlowSession, generatedUserId, optionsFor, type StepNotes } from '#engine/flows/flow-session.ts';
import { runSlot } from '#engine/flows/run-slot.ts';
import { asFacts } from '#engine/trials/script-findings.ts';

export type LoginAct = Extract<Act, { readonly act: 'login' }>;

/** A login from the login page on: what protects accounts, the store's own check, the scripts, the decision. */
export async function logIn(session: FlowSession, notes: StepNotes, act: LoginAct): Promise<FlowDecision> {
  const identifier = act.newAddress === true ? session.newEmail : session.identifier;
  const key = identifier.toLowerCase();
  const typed = typedFacts(session.accounts, identifier);
  const history = session.histories.get(key) ?? freshHistory(notes.atMs);
  const { bruteForceProtection } = session.project.connection;
  const allowed = bruteForceProtection === false ? Infinity : FAILURES_ALLOWED;
  const admitted = admitLogin(history, notes.atMs, typed.found?.userId ?? null, allowed);
  if (admitted.blocked !== null) {
    session.histories.set(key, admitted.history);
    const { cause, detail, events } = admitted.blocked;
    notes.decisions.push('The tenant blocks the login before it looks at anything');
    return failed(cause, detail, events);
  }
  const decision = await decidedLogin(session, notes, act, identifier);
  session.histories.set(key, afterLogin(admitted.history, decision.outcome.status === 'ok'));
  return decision;
}

async function decidedLogin(
  session: FlowSession,
  notes: StepNotes,
  act: LoginAct,
  identifier: string,
): Promise<FlowDecision> {
  const { accounts, assumptions, passwords } = session;
  const options = optionsFor(session, notes);
  const typed = typedFacts(accounts, identifier);
  const password = passwords.of(act.password);
  let attempt: LoginAttempt = {
    identifier,
    password,
    passwordHash: null,
    storeCheck: null,
    getUser: null,
    login: null,
    expectedUserId: session.legacyUser?.user?.id ?? null,
    legacyAccepts: passwords.legacyAccepts(act.password),
    interrupted: act.interrupted ?? false,
    generatedUserId: generatedUserId(session),
  };
  noteWhatIsFound(notes, typed.found ?? typed.partial);
  let plan = planLogin(attempt, typed, options, assumptions);
  if (plan.step === 'check-password') {
    const storeCheck = await checkInStore(session, notes, plan.account, act.password, password);
    attempt = { ...attempt, storeCheck };
    plan = planLogin(attempt, typed, options, assumptions);
  }
  if (plan.step === 'run-scripts') attempt = await withScripts(session, notes, attempt, plan, act, password);
  if (attempt.login?.ending === 'called-back' && attempt.login.value !== null && act.password === 'own')
    passwords.proveOwn();
  attempt = { ...attempt, passwordHash: await newHash(session, notes, attempt, password) };
  const identifiers = identifiersOfLogin(attempt, assumptions);
  const existing = identifiers === null ? NO_ACCOUNTS : accountFacts(accounts, identifiers);
  const deletedBefore = identifiers?.userId != null && accounts.wasDeleted(identifiers.userId);
  return decideLogin(attempt, { ...typed, existing, deletedBefore }, options, assumptions);
}

function noteWhatIsFound(notes: StepNotes, account: Account | null): void {
  if (!notes.importMode) {
    notes.decisions.push('Import is off: only the login script counts');
  } else if (account === null) {
    notes.decisions.push('The user store has nobody under the identifier');
  } else {
    notes.decisions.push(
      `The user store has auth0|${account.userId}, ${account.state}, credential ${account.credential.kind}`,
    );
  }
}

async function withScripts(
  session: FlowSession,
  notes: StepNotes,
  attempt: LoginAttempt,
  plan: Extract<LoginPlan, { readonly step: 'run-scripts' }>,
  act: LoginAct,
  password: Secret,
): Promise<LoginAttempt> {
  const { identifier } = plan;
  const { scripts } = session.project;
  let after = attempt;
  if (plan.slots.includes('get_user') && scripts.has('get_user')) {
    const getUser = asFacts(await runSlot(session, notes, 'get_user', { identifier }));
    after = { ...after, getUser };
    if (getUser.ending !== 'called-back' || getUser.value === null) return after;
  }
  if (!scripts.has('login')) return after;
  const checks = session.passwords.planFor(act.password);
  const run = await runSlot(session, notes, 'login', { identifier, password }, checks);
  return { ...after, login: asFacts(run) };
}

/** Costs a tenth of a second, so it is made only where a decision can need it. */
async function newHash(
  session: FlowSession,
  notes: StepNotes,
  attempt: LoginAttempt,
  password: Secret,
): Promise<Secret | null> {
  const accepted = attempt.login?.ending === 'called-back' && attempt.login.value !== null;
  const needed = notes.importMode && (accepted || attempt.storeCheck === 'match');
  return needed ? session.ports.passwords.hashBcrypt(password) : null;
}

/** The store's own check: a true one wherever the password and the hash are known. */
async function checkInStore(
  session: FlowSession,
  notes: StepNotes,
  account: Account,
  role: PasswordRole,
  password: Secret,
): Promise<StoreCheck> {
  const { ports, passwords } = session;
  const { credential, userId } = account;
  const known = passwords.source !== 'assumed' || session.ownCredentials.has(userId) || role === 'wrong';
  const hash = credential.kind === 'none' || credential.kind === 'random' ? null : credential.hash;
  if (!known || hash === null) {
    const check = role === 'own' ? 'match' : 'mismatch';
    notes.decisions.push(`The store checks the password; the rehearsal answers for it: ${check}`);
    return check;
  }
  const { kind } =
    credential.kind === 'imported-custom'
      ? await ports.passwords.verifyCustomHash(password, credential.hash)
      : await ports.passwords.verifyBcrypt(password, hash as Secret);
  notes.decisions.push(`The store checks the password against its ${credential.kind} hash: ${kind}`);
  return kind;
}
