import type { Assumptions } from '#domain/assumptions.ts';
import type { DiagnosticCode } from '#domain/diagnostics/catalog.ts';
import type { AccountFacts, Identifiers } from '#domain/migration/account-facts.ts';
import { identifiersOf } from '#domain/migration/account-facts.ts';
import { accountFromProfile } from '#domain/migration/account-from-profile.ts';
import type { FlowDecision, FlowOptions, ScriptStep } from '#domain/migration/flow.ts';
import { failed, logged, succeeded } from '#domain/migration/flow.ts';
import { decideLegacyLogin } from '#domain/migration/legacy-login.ts';
import type { ScriptResultFacts } from '#domain/migration/script-result.ts';
import { scriptFailure } from '#domain/migration/script-result.ts';
import type { Slot } from '#domain/migration/slots.ts';
import { passwordVerdict } from '#domain/migration/typed-password.ts';
import { emailProblem } from '#domain/profile/email.ts';
import type { NormalizedProfile } from '#domain/profile/normalized-profile.ts';
import { profileFromScript } from '#domain/profile/profile-from-script.ts';
import { storedProfile } from '#domain/profile/stored-profile.ts';
import { usernameProblem } from '#domain/profile/username.ts';
import type { Secret } from '#domain/secret.ts';

export interface SignUp {
  readonly email: string;
  readonly username: string | null;
  readonly password: Secret;
  readonly passwordHash: Secret | null;
  /** Public sign-up, or an administrator through the API, who may create users where sign-up is off. */
  readonly by: 'user' | 'administrator';
  readonly generatedUserId: string;
  readonly results: Readonly<Partial<Record<'get_user' | 'create' | 'login', ScriptResultFacts>>>;
}

/** Which script comes next: get_user in both modes, then create and login with import off. */
export function planSignUp(signUp: SignUp, existing: AccountFacts, options: FlowOptions): ScriptStep {
  const { results } = signUp;
  if (signUp.by === 'user' && options.disableSignup) return { step: 'decide' };
  if (identifierRefusal(signUp, options) !== null) return { step: 'decide' };
  if (existing.byEmail !== null || existing.byUsername !== null || existing.partial !== null)
    return { step: 'decide' };
  const order: readonly ('get_user' | 'create' | 'login')[] = options.importMode
    ? ['get_user']
    : ['get_user', 'create', 'login'];
  for (const slot of order) {
    const result = results[slot];
    if (result === undefined)
      return options.scripts.has(slot) ? { step: 'run-script', slot } : { step: 'decide' };
    if (result.ending !== 'called-back') return { step: 'decide' };
    if (slot === 'get_user' && result.value !== null) return { step: 'decide' };
  }
  return { step: 'decide' };
}

/** Identifiers of the profile that login returned after create, to look up before deciding; null for none. */
export function identifiersOfCreated(signUp: SignUp, assumptions: Assumptions): Identifiers | null {
  const { login } = signUp.results;
  if (login?.ending !== 'called-back') return null;
  const { profile } = profileFromScript(login.value, assumptions);
  return profile === null ? null : identifiersOf(profile);
}

/**
 * What a sign-up does once `planSignUp` has nothing more to run. `existing` is about what was typed, `created`
 * about the profile that login returned after create.
 */
export function decideSignUp(
  signUp: SignUp,
  existing: AccountFacts,
  created: AccountFacts,
  options: FlowOptions,
  assumptions: Assumptions,
): FlowDecision {
  if (signUp.by === 'user' && options.disableSignup)
    return refused('state.sign-up-disabled', 'disable_signup');
  const wrong = identifierRefusal(signUp, options);
  if (wrong !== null) return refused(...wrong);
  if (existing.byEmail !== null) return refused('state.user-exists', 'email', 'The user already exists.');
  if (existing.byUsername !== null)
    return refused('state.username-taken', 'username', 'The username already exists.');
  if (existing.partial !== null)
    return refused('state.partial-user', 'partial user', 'The user already exists.');
  const { refusal, findings } = passwordVerdict(signUp.password, options.passwordPolicy, assumptions);
  if (refusal !== null) return failed(refusal.cause, refusal.detail, [logged('fs', null)], findings);
  const { get_user: getUser } = signUp.results;
  const getUserFailure = problemOf('get_user', getUser, options);
  if (getUserFailure !== null) return getUserFailure;
  if (getUser !== undefined && getUser.value !== null) {
    return refused('state.legacy-user-exists', 'get_user: a profile', 'The user already exists.');
  }
  if (!options.importMode) return createdByScript(signUp, created, options, assumptions);
  const account = accountFromProfile(storedProfile(newProfile(signUp), true, assumptions), {
    userId: signUp.generatedUserId,
    state: 'migrated',
    origin: signUp.by === 'user' ? 'sign-up' : 'api',
    credential: { kind: 'tenant-bcrypt', hash: signUp.passwordHash },
  });
  return succeeded([{ type: 'account-created', account }, logged('ss', account.userId)], findings);
}

/** What the sign-up form itself refuses: an address that is none, a username that is missing or against the rules. */
function identifierRefusal(
  { email, username }: SignUp,
  { requiresUsername, usernameLength }: FlowOptions,
): readonly [cause: DiagnosticCode, detail: string] | null {
  const address = emailProblem(email);
  if (address !== null) return ['profile.email-invalid', `email: ${address}`];
  if (!requiresUsername) return null;
  if (username === null) return ['profile.username-missing', 'username'];
  const problem = usernameProblem(username, usernameLength);
  return problem === null
    ? null
    : ['profile.username-invalid', `username: ${problem}, length ${username.length}`];
}

/** Import off: create writes the legacy store, and the login that follows makes the profile. */
function createdByScript(
  signUp: SignUp,
  existing: AccountFacts,
  options: FlowOptions,
  assumptions: Assumptions,
): FlowDecision {
  const { create, login } = signUp.results;
  const failure = problemOf('create', create, options) ?? problemOf('login', login, options);
  if (failure !== null) return failure;
  const returned = login === undefined ? null : profileFromScript(login.value, assumptions);
  if (returned?.profile?.userId == null) {
    return refused('state.created-user-not-found', 'login: no profile after create');
  }
  const stored = storedProfile(returned.profile, false, assumptions);
  const facts = { existing, found: null, partial: null, deletedBefore: false };
  const decided = decideLegacyLogin(stored, facts, options);
  if (decided.outcome.status === 'failed') return decided;
  return { ...decided, events: [logged('ss', stored.userId), ...decided.events] };
}

/** A script that is missing or did not call back well, as a failed sign-up. */
function problemOf(
  slot: Slot,
  result: ScriptResultFacts | undefined,
  options: FlowOptions,
): FlowDecision | null {
  if (!options.scripts.has(slot)) return refused('state.script-missing', slot);
  if (result === undefined) throw new Error(`our bug: a sign-up is decided before ${slot} ran`);
  if (slot === 'create' && result.error?.name === 'ValidationError' && result.error.code === 'user_exists') {
    return refused('state.legacy-user-exists', 'create: user_exists', result.error.message);
  }
  const failure = scriptFailure(slot, result, 'fs');
  return failure === null ? null : refused(failure.cause, failure.detail, failure.description);
}

function refused(cause: DiagnosticCode, detail: string, description = ''): FlowDecision {
  return failed(cause, detail, [logged('fs', null, description)]);
}

function newProfile({ email, username }: SignUp): NormalizedProfile {
  return {
    userId: null,
    email,
    emailVerified: false,
    username,
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
}
