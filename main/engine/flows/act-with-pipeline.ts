import type { Account } from '#domain/migration/account.ts';
import { typedFacts } from '#domain/migration/account-facts.ts';
import type { MigrationEvent, TenantLogType } from '#domain/migration/events.ts';
import type { FlowDecision } from '#domain/migration/flow.ts';
import type { Act } from '#domain/migration/stories.ts';
import type { Difference } from '#domain/pipeline/compare-runs.ts';
import type { PipelineFlow } from '#domain/pipeline/flow-triggers.ts';
import type { PipelineUser } from '#domain/pipeline/pipeline-user.ts';
import type { NormalizedProfile } from '#domain/profile/normalized-profile.ts';
import { profileFromScript } from '#domain/profile/profile-from-script.ts';
import { storedProfile } from '#domain/profile/stored-profile.ts';
import { accountAfter, metadataEvents, StepPipeline, subjectOf } from '#engine/flows/flow-pipeline.ts';
import type { FlowSession, StepNotes } from '#engine/flows/flow-session.ts';
import { type ActResult, runAct } from '#engine/flows/run-act.ts';
import { differencesToLegacy } from '#engine/pipeline/login-passes.ts';
import { differencesOf, type PipelinePass } from '#engine/pipeline/transaction.ts';

export interface PipedResult extends ActResult {
  readonly pass: PipelinePass | null;
  /** To the last login with import off. */
  readonly differences: readonly Difference[];
}

/** Carries out an act with the Actions, Rules and Hooks that the tenant runs before, within and after it. */
export async function runActWithPipeline(
  session: FlowSession,
  notes: StepNotes,
  act: Act,
  mailSent: boolean,
): Promise<PipedResult> {
  const { pipeline: host } = session;
  if (host === null) return { ...(await runAct(session, notes, act, mailSent)), pass: null, differences: [] };
  const pipe = new StepPipeline(host, session, notes);
  const refused = await beforeAct(session, pipe, act, mailSent);
  if (refused !== null) return { started: true, decision: refused, pass: pipe.pass(), differences: [] };
  const result = await runAct(session, notes, act, mailSent);
  if (!result.started || result.decision.outcome.status !== 'ok')
    return { ...result, pass: pipe.pass(), differences: [] };
  const decision = await afterAct(session, notes, pipe, act, result.decision);
  const pass = pipe.pass();
  const differences = act.act === 'login' && pass !== null ? await compared(session, notes, pipe, pass) : [];
  return { started: true, decision, pass, differences };
}

/** What can refuse an act before it does anything. */
async function beforeAct(
  session: FlowSession,
  pipe: StepPipeline,
  act: Act,
  mailSent: boolean,
): Promise<FlowDecision | null> {
  if (act.act === 'sign-up')
    return pipe.fire('sign-up', 'pre-user-registration', newcomer(session, pipe), 'fs');
  if (act.act !== 'confirm-reset' || !mailSent) return null;
  const { found } = typedFacts(session.accounts, session.identifier);
  const user = found === null ? newcomer(session, pipe) : pipe.userOf(found, false);
  return pipe.fire('password reset', 'password-reset-post-challenge', user, 'fcp');
}

/** The person as a form of a sign-up, or a reset of somebody unknown, shows them. */
function newcomer({ identifier, username }: FlowSession, pipe: StepPipeline): PipelineUser {
  const isEmail = identifier.includes('@');
  const profile: NormalizedProfile = {
    userId: null,
    email: isEmail ? identifier : null,
    emailVerified: false,
    username: isEmail ? username : identifier,
    phoneNumber: null,
    phoneVerified: false,
    name: null,
    nickname: null,
    givenName: null,
    familyName: null,
    picture: null,
    blocked: false,
    userMetadata: null,
    appMetadata: null,
    mfaFactors: null,
    other: {},
  };
  return {
    profile,
    other: {},
    connection: pipe.host.connection,
    logins: 0,
    createdMs: pipe.around.nowMs,
    passwordResetMs: null,
  };
}

async function afterAct(
  session: FlowSession,
  notes: StepNotes,
  pipe: StepPipeline,
  act: Act,
  decision: FlowDecision,
): Promise<FlowDecision> {
  const userId = subjectOf(decision.events);
  const account = userId === null ? null : accountAfter(session, decision.events, userId);
  if (account === null) return decision;
  const created = decision.events.some(({ type }) => type === 'account-created');
  switch (act.act) {
    case 'login':
      return afterLogin(session, notes, pipe, decision, account, created);
    case 'sign-up':
      return afterSignUp(pipe, decision, account);
    case 'confirm-reset':
    case 'change-password':
      return afterNewPassword(pipe, act.act, decision, account, created);
    case 'bulk-import':
      return created ? registered(pipe, 'bulk import', decision, account, 'fui') : decision;
    default:
      return decision;
  }
}

async function afterLogin(
  session: FlowSession,
  notes: StepNotes,
  pipe: StepPipeline,
  decision: FlowDecision,
  account: Account,
  created: boolean,
): Promise<FlowDecision> {
  const flow: PipelineFlow = !notes.importMode
    ? 'login, import off'
    : created
      ? 'login that migrates'
      : 'login, migrated already';
  const base = created ? await registered(pipe, flow, decision, account, 'f') : decision;
  if (base.outcome.status !== 'ok') return base;
  const user = {
    ...pipe.userOf(account, created),
    other: notes.importMode ? {} : otherAttributes(session, notes),
  };
  const refusal = await pipe.fire(flow, 'post-login', user, 'f');
  session.logins.set(account.userId, (session.logins.get(account.userId) ?? (created ? 0 : 1)) + 1);
  return ended(base, refusal, account, pipe);
}

async function afterSignUp(
  pipe: StepPipeline,
  decision: FlowDecision,
  account: Account,
): Promise<FlowDecision> {
  const user = pipe.userOf(account, true);
  await pipe.fire('sign-up', 'post-user-registration', user, 'f');
  const refusal = await pipe.fire('sign-up', 'post-login', user, 'f');
  return ended(decision, refusal, account, pipe);
}

async function afterNewPassword(
  pipe: StepPipeline,
  act: 'confirm-reset' | 'change-password',
  decision: FlowDecision,
  account: Account,
  created: boolean,
): Promise<FlowDecision> {
  const flow: PipelineFlow =
    act === 'change-password'
      ? 'password set by an administrator'
      : created
        ? 'password reset that creates the user'
        : 'password reset';
  const base =
    created && act === 'confirm-reset' ? await registered(pipe, flow, decision, account, 'fcp') : decision;
  if (base.outcome.status !== 'ok') return base;
  await pipe.fire(flow, 'post-change-password', pipe.userOf(account, created, pipe.around.nowMs), 'fcp');
  return ended(base, null, account, pipe);
}

/** Where the assumptions say so, a user is registered only if the Actions before it let them. */
async function registered(
  pipe: StepPipeline,
  flow: PipelineFlow,
  decision: FlowDecision,
  account: Account,
  log: TenantLogType,
): Promise<FlowDecision> {
  const user = pipe.userOf(account, true);
  const refusal = await pipe.fire(flow, 'pre-user-registration', user, log);
  if (refusal !== null) return refusal;
  await pipe.fire(flow, 'post-user-registration', user, log);
  return flow === 'bulk import' ? ended(decision, null, account, pipe) : decision;
}

/** A refusal comes after what was decided: the user stays stored, but the login fails. Metadata are written anyhow. */
function ended(
  decision: FlowDecision,
  refusal: FlowDecision | null,
  account: Account,
  pipe: StepPipeline,
): FlowDecision {
  const writes = metadataEvents(account, pipe.metadata);
  if (refusal === null) return { ...decision, events: [...decision.events, ...writes] };
  const isSuccess = (event: MigrationEvent): boolean => event.type === 'logged' && event.log === 's';
  const kept = decision.events.filter((event) => !isSuccess(event));
  return {
    events: [...kept, ...writes, ...refusal.events],
    outcome: refusal.outcome,
    findings: decision.findings,
  };
}

/** What the login script returned beside the attributes that a tenant knows. */
function otherAttributes(session: FlowSession, notes: StepNotes): NormalizedProfile['other'] {
  const login = notes.runs.findLast(({ slot }) => slot === 'login');
  return login === undefined
    ? {}
    : (profileFromScript(login.run.value, session.assumptions).profile?.other ?? {});
}

/**
 * A login after the migration against the last one with import off; where the story had none, against what the same
 * answer of the script would have been with import off.
 */
async function compared(
  session: FlowSession,
  notes: StepNotes,
  pipe: StepPipeline,
  pass: PipelinePass,
): Promise<readonly Difference[]> {
  if (!notes.importMode) {
    session.legacyPass = pass;
    return [];
  }
  if (session.legacyPass !== null) return differencesOf(session.legacyPass, pass);
  const login = notes.runs.findLast(({ slot }) => slot === 'login');
  const read = login === undefined ? null : profileFromScript(login.run.value, session.assumptions).profile;
  if (read === null || pass.user === null) return [];
  const profile = storedProfile(read, false, session.assumptions);
  const legacy = { ...pass.user, profile, other: read.other };
  return differencesToLegacy(pipe.host, pipe.around, legacy, pass);
}
