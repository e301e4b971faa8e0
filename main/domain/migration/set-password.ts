import type { Assumptions } from '#domain/assumptions.ts';
import type { DiagnosticCode } from '#domain/diagnostics/catalog.ts';
import { accountFromProfile, partialAccount } from '#domain/migration/account-from-profile.ts';
import type { Account, Credential } from '#domain/migration/account.ts';
import type { MigrationEvent } from '#domain/migration/events.ts';
import type { FlowDecision, FlowOptions, ScriptStep } from '#domain/migration/flow.ts';
import { failed, logged, profileRules, succeeded } from '#domain/migration/flow.ts';
import type { AccountFacts, Identifiers, TypedFacts } from '#domain/migration/account-facts.ts';
import { identifiersOf } from '#domain/migration/account-facts.ts';
import type { ScriptResultFacts } from '#domain/migration/script-result.ts';
import { scriptFailure } from '#domain/migration/script-result.ts';
import type { Slot } from '#domain/migration/slots.ts';
import { passwordVerdict } from '#domain/migration/typed-password.ts';
import { isJsonObject } from '#domain/profile/row-json.ts';
import { profileFromScript } from '#domain/profile/profile-from-script.ts';
import { storedProfile } from '#domain/profile/stored-profile.ts';
import { validateProfile } from '#domain/profile/validate-profile.ts';
import type { Secret } from '#domain/secret.ts';

export interface SetPassword {
  readonly email: string;
  readonly password: Secret;
  readonly passwordHash: Secret | null;
  /** `reset`: a user confirmed the mail of a reset; `change`: an administrator set it through API or Dashboard. */
  readonly by: 'reset' | 'change';
  readonly results: Readonly<Partial<Record<'get_user' | 'change_password', ScriptResultFacts>>>;
}

export interface SetPasswordFacts extends TypedFacts {
  /** What the profile of get_user would collide with; no accounts where it gave none. */
  readonly existing: AccountFacts;
}

/** Identifiers of the profile that get_user returned, to look up before deciding; null where it returned none. */
export function identifiersOfGetUser(command: SetPassword, assumptions: Assumptions): Identifiers | null {
  const result = command.results.get_user;
  if (result?.ending !== 'called-back') return null;
  const { profile } = profileFromScript(result.value, assumptions);
  return profile === null ? null : identifiersOf(profile);
}

/** Which script comes next: get_user for whom the store has no credential of, change_password for the legacy store. */
export function planSetPassword(
  command: SetPassword,
  typed: TypedFacts,
  options: FlowOptions,
  assumptions: Assumptions,
): ScriptStep {
  for (const slot of slotsNeeded(typed, options, assumptions)) {
    const result = command.results[slot];
    if (result === undefined)
      return options.scripts.has(slot) ? { step: 'run-script', slot } : { step: 'decide' };
    if (result.ending !== 'called-back' || (slot === 'get_user' && result.value === null))
      return { step: 'decide' };
  }
  return { step: 'decide' };
}

function slotsNeeded(
  typed: TypedFacts,
  options: FlowOptions,
  assumptions: Assumptions,
): readonly ('get_user' | 'change_password')[] {
  if (!options.importMode) return ['get_user', 'change_password'];
  if (storedHolder(typed) !== null) return [];
  return assumptions['reset-runs-change-password'] === 'yes' ? ['get_user', 'change_password'] : ['get_user'];
}

/** A user of the store, or a hidden one of an earlier reset: no script is asked about them. */
function storedHolder({ found, partial }: TypedFacts): Account | null {
  if (found !== null) return found.credential.kind === 'none' ? null : found;
  return partial !== null && partial.credential.kind !== 'none' ? partial : null;
}

/** What setting a password does: in the store, in the legacy store, or for a user who has never logged in. */
export function decideSetPassword(
  command: SetPassword,
  facts: SetPasswordFacts,
  options: FlowOptions,
  assumptions: Assumptions,
): FlowDecision {
  const { refusal, findings } = passwordVerdict(command.password, options.passwordPolicy, assumptions);
  if (refusal !== null) return refused(refusal.cause, refusal.detail);
  const holder = options.importMode ? storedHolder(facts) : null;
  if (holder !== null) return succeeded(ownPassword(command, holder), findings);
  const unanswered = scriptProblem(command, facts, options, assumptions);
  if (unanswered !== null) return unanswered;
  if (!options.importMode) return succeeded([logged('scp', facts.found?.userId ?? null)], findings);
  const decided = fromGetUser(command, facts, options, assumptions);
  return { ...decided, findings: [...findings, ...decided.findings] };
}

function ownPassword(command: SetPassword, account: Account): MigrationEvent[] {
  const { userId, state } = account;
  const events: MigrationEvent[] = [{ type: 'credential-set', userId, credential: ownCredential(command) }];
  // A half-created user stays hidden until the first login with the new password.
  if (state !== 'migrated' && state !== 'partial') {
    events.push({ type: 'state-changed', userId, from: state, to: 'migrated' });
  }
  if (command.by === 'change' && account.blocked) {
    events.push({ type: 'account-updated', userId, changes: { blocked: false } });
  }
  return [...events, logged('scp', userId)];
}

const ownCredential = (command: SetPassword): Credential => ({
  kind: 'tenant-bcrypt',
  hash: command.passwordHash,
});

function scriptProblem(
  command: SetPassword,
  typed: TypedFacts,
  options: FlowOptions,
  assumptions: Assumptions,
): FlowDecision | null {
  for (const slot of slotsNeeded(typed, options, assumptions)) {
    const problem = problemOf(slot, command.results[slot], options);
    if (problem !== null) return problem;
  }
  return null;
}

function problemOf(
  slot: Slot,
  result: ScriptResultFacts | undefined,
  options: FlowOptions,
): FlowDecision | null {
  if (!options.scripts.has(slot)) return refused('state.script-missing', slot);
  if (result === undefined) throw new Error(`our bug: a password is set before ${slot} ran`);
  const failure = scriptFailure(slot, result, 'fcp');
  if (failure !== null) return refused(failure.cause, failure.detail, failure.description);
  if (slot === 'get_user' && result.value === null) {
    return failed('state.unknown-user', 'get_user: no profile', [
      logged('fcpr', null, 'User does not exist.'),
    ]);
  }
  if (slot === 'change_password' && !wasChanged(result)) {
    return refused('state.password-not-updated', 'change_password: false', 'Password was not updated');
  }
  return null;
}

/** `true`, or an object with what changed; nothing counts as false. */
function wasChanged({ value }: ScriptResultFacts): boolean {
  return value === true || isJsonObject(value);
}

/** Import on, and the store holds no credential: what get_user returned becomes the user. */
function fromGetUser(
  command: SetPassword,
  { found, partial, existing }: SetPasswordFacts,
  options: FlowOptions,
  assumptions: Assumptions,
): FlowDecision {
  const read = profileFromScript(command.results.get_user!.value, assumptions);
  if (read.profile?.userId == null) return refused('profile.user-id-missing', 'get_user');
  const { findings: checked, refusal } = validateProfile(read.profile, profileRules(options, assumptions));
  const findings = [...read.findings, ...checked];
  if (refusal !== null) return { ...refused(refusal, 'get_user'), findings };
  const { userId } = read.profile;
  const known = found ?? partial;
  if (known !== null) {
    const unstable = known.userId !== userId;
    if (unstable) return { ...refused('state.user-id-unstable', 'user_id'), findings };
    return succeeded(ownPassword(command, known), findings);
  }
  const collision = newUserCollision(existing);
  if (collision !== null) return { ...refused(collision, 'get_user', 'The user already exists'), findings };
  const profile = storedProfile(read.profile, true, assumptions);
  const start = { userId, origin: 'password-reset', credential: ownCredential(command) } as const;
  const account =
    assumptions['reset-creates-user'] === 'at-next-login'
      ? partialAccount(profile, start)
      : accountFromProfile(profile, { ...start, state: 'migrated' });
  return succeeded([{ type: 'account-created', account }, logged('scp', userId)], findings);
}

/** What keeps the profile of get_user from becoming a user, where the typed address finds nobody. */
function newUserCollision({
  byUserId,
  byEmail,
  byUsername,
  byPhone,
  partial,
}: AccountFacts): DiagnosticCode | null {
  if (byUserId !== null) return 'state.user-id-taken';
  if (partial !== null) return 'state.partial-user';
  if (byEmail !== null) return 'state.email-taken';
  if (byUsername !== null) return 'state.username-taken';
  return byPhone === null ? null : 'state.phone-taken';
}

function refused(cause: DiagnosticCode, detail: string, description = ''): FlowDecision {
  return failed(cause, detail, [logged('fcp', null, description)]);
}
