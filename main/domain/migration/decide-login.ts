import type { Assumptions } from '#domain/assumptions.ts';
import type { UserFinding } from '#domain/diagnostics/user-finding.ts';
import type { FlowDecision, FlowOptions } from '#domain/migration/flow.ts';
import { failed, logged, profileRules } from '#domain/migration/flow.ts';
import { decideLegacyLogin } from '#domain/migration/legacy-login.ts';
import type { LoginAttempt, LoginFacts } from '#domain/migration/login.ts';
import { asksLegacyAgain, credentialHolder, withGeneratedId } from '#domain/migration/login.ts';
import { decideMigratingLogin } from '#domain/migration/migrating-login.ts';
import { loginFailure, scriptFailure } from '#domain/migration/script-result.ts';
import { decideStoreLogin } from '#domain/migration/store-login.ts';
import { compareProfiles } from '#domain/profile/compare-profiles.ts';
import type { NormalizedProfile } from '#domain/profile/normalized-profile.ts';
import { profileFromScript } from '#domain/profile/profile-from-script.ts';
import { storedProfile } from '#domain/profile/stored-profile.ts';
import { validateProfile } from '#domain/profile/validate-profile.ts';

/** What one login does: the store's own check, or what the scripts said, against the accounts there are. */
export function decideLogin(
  attempt: LoginAttempt,
  facts: LoginFacts,
  options: FlowOptions,
  assumptions: Assumptions,
): FlowDecision {
  const holder = options.importMode ? credentialHolder(facts) : null;
  if (holder !== null && attempt.login === null) {
    const check = holder.credential.kind === 'random' ? 'mismatch' : attempt.storeCheck;
    if (check === null) throw new Error('our bug: a login of a stored user is decided before its check');
    if (asksLegacyAgain(holder, check, assumptions)) throw new Error('our bug: login has to run first');
    return decideStoreLogin(attempt, holder, check);
  }
  return decideByScripts(attempt, facts, options, assumptions);
}

function decideByScripts(
  attempt: LoginAttempt,
  facts: LoginFacts,
  options: FlowOptions,
  assumptions: Assumptions,
): FlowDecision {
  if (!options.scripts.has('login')) {
    return failed('state.script-missing', 'login', [logged('f', null, 'Please implement the Login script')]);
  }
  const refusedByGetUser = getUserRefusal(attempt, options, assumptions);
  if (refusedByGetUser !== null) return refusedByGetUser;
  if (attempt.login === null) throw new Error('our bug: a login is decided before its script ran');
  const failure = loginFailure(attempt.login, assumptions);
  if (failure !== null) {
    const { cause, detail, log, logUserId, description } = failure;
    const switchedOff = !options.importMode && facts.found !== null && facts.found.state !== 'shadow';
    const lost = switchedOff && (cause === 'state.unknown-user' || cause === 'state.wrong-password');
    return failed(lost ? 'state.import-switched-off' : cause, detail, [logged(log, logUserId, description)]);
  }
  const read = profileFromScript(attempt.login.value, assumptions);
  if (read.profile === null) {
    return failed(
      'profile.not-an-object',
      read.findings[0]?.detail ?? '',
      [logged('f', null)],
      read.findings,
    );
  }
  const profile = withGeneratedId(read.profile, attempt.generatedUserId, assumptions);
  const { findings: checked, refusal } = validateProfile(profile, profileRules(options, assumptions));
  const findings = [...read.findings, ...checked, ...getUserFindings(attempt, profile, assumptions)];
  if (refusal !== null) {
    const detail = checked.find(({ code }) => code === refusal)?.detail ?? '';
    return failed(refusal, detail, [refusalLog(refusal, profile)], findings);
  }
  const stored = storedProfile(profile, options.importMode, assumptions);
  const decided = options.importMode
    ? decideMigratingLogin(attempt, stored, facts, options, assumptions)
    : decideLegacyLogin(stored, facts, options);
  return withProfileFindings(decided, findings, stored);
}

/** Findings about the profile go first; the tenant itself warns about one of them. */
function withProfileFindings(
  decided: FlowDecision,
  findings: readonly UserFinding[],
  { userId }: NormalizedProfile,
): FlowDecision {
  const tooLarge = findings.some(({ code }) => code === 'profile.too-large');
  const warned = tooLarge && decided.outcome.status === 'ok';
  return {
    ...decided,
    events: warned ? [...decided.events, logged('w', userId, 'Profile exceeds 10 KB')] : decided.events,
    findings: [...findings, ...decided.findings],
  };
}

function getUserRefusal(
  { getUser }: LoginAttempt,
  options: FlowOptions,
  assumptions: Assumptions,
): FlowDecision | null {
  if (getUser === null || !options.importMode || assumptions['get-user-at-login'] === 'no') return null;
  const failure = scriptFailure('get_user', getUser, 'f');
  if (failure !== null)
    return failed(failure.cause, failure.detail, [logged('f', null, failure.description)]);
  if (getUser.value !== null) return null;
  return failed('state.unknown-user', 'get_user: no profile', [logged('fu', null)]);
}

/** What get_user said about the same person, where it ran, compared with what login said. */
function getUserFindings(
  { getUser }: LoginAttempt,
  profile: NormalizedProfile,
  assumptions: Assumptions,
): readonly UserFinding[] {
  if (getUser?.ending !== 'called-back' || getUser.value === null) return [];
  const other = profileFromScript(getUser.value, assumptions).profile;
  if (other === null) return [];
  return compareProfiles({ name: 'get_user', profile: other }, { name: 'login', profile }).findings;
}

function refusalLog(refusal: string, profile: NormalizedProfile) {
  return refusal === 'profile.mfa-factors-invalid'
    ? logged('fu', profile.userId, 'Unable to import MFA factors.')
    : logged('f', profile.userId);
}
