import type { Assumptions } from '#domain/assumptions.ts';
import type { Account } from '#domain/migration/account.ts';
import type { AccountFacts, Identifiers, TypedFacts } from '#domain/migration/account-facts.ts';
import { identifiersOf } from '#domain/migration/account-facts.ts';
import type { FlowOptions } from '#domain/migration/flow.ts';
import type { ScriptResultFacts } from '#domain/migration/script-result.ts';
import { profileFromScript } from '#domain/profile/profile-from-script.ts';
import type { Secret } from '#domain/secret.ts';

/** Answer of the user store's own password check. */
export type StoreCheck = 'match' | 'mismatch' | 'unusable';

export interface LoginAttempt {
  readonly identifier: string;
  /** What was typed; null where the rehearsal does not know it and answers checks itself. */
  readonly password: Secret | null;
  /** The store's bcrypt of the typed password, for the new credential; null where it is not computed. */
  readonly passwordHash: Secret | null;
  /** Null until `planLogin` asked for it. */
  readonly storeCheck: StoreCheck | null;
  readonly getUser: ScriptResultFacts | null;
  readonly login: ScriptResultFacts | null;
  /**
   * The user_id that the legacy user who is trying should have, as get_user gives it; null where not known. It
   * tells a stranger's account from the own one.
   */
  readonly expectedUserId: string | null;
  /** Whether the legacy store would accept the typed password, where the rehearsal knows. */
  readonly legacyAccepts: boolean | null;
  /** The tenant stops between the two steps of the creation. */
  readonly interrupted: boolean;
  /** Used where a script gives no id and the assumption says one is made up. */
  readonly generatedUserId: string;
}

/** Facts for the decision: what was typed, and what the returned profile would collide with. */
export interface LoginFacts extends TypedFacts {
  readonly existing: AccountFacts;
  /** The user was deleted from the store earlier in this trial. */
  readonly deletedBefore: boolean;
}

export type LoginPlan =
  /** Verify the typed password against the account's credential, then plan again with the answer. */
  | { readonly step: 'check-password'; readonly account: Account }
  /** Run these scripts in order with this identifier; a `get_user` without a profile ends the attempt. */
  | {
      readonly step: 'run-scripts';
      readonly slots: readonly ('get_user' | 'login')[];
      readonly identifier: string;
    }
  | { readonly step: 'decide' };

/** What the tenant does first for a typed identifier, or next after its own check. */
export function planLogin(
  attempt: Pick<LoginAttempt, 'identifier' | 'storeCheck'>,
  typed: TypedFacts,
  options: FlowOptions,
  assumptions: Assumptions,
): LoginPlan {
  const identifier =
    assumptions['identifier-case'] === 'lower-cased' ? attempt.identifier.toLowerCase() : attempt.identifier;
  if (!options.importMode) return { step: 'run-scripts', slots: ['login'], identifier };
  const account = credentialHolder(typed);
  const getUserFirst = account === null && assumptions['get-user-at-login'] === 'yes';
  const scripts: LoginPlan = {
    step: 'run-scripts',
    slots: getUserFirst ? ['get_user', 'login'] : ['login'],
    identifier,
  };
  if (account === null) return scripts;
  if (account.credential.kind === 'random') return { step: 'decide' };
  if (attempt.storeCheck === null) return { step: 'check-password', account };
  return asksLegacyAgain(account, attempt.storeCheck, assumptions) ? scripts : { step: 'decide' };
}

export function asksLegacyAgain(account: Account, check: StoreCheck, assumptions: Assumptions): boolean {
  const wrong = check === 'mismatch' && account.state === 'migrated';
  return wrong && assumptions['migrated-wrong-password'] === 'asks-legacy';
}

/**
 * The account whose credential decides, with import on: a visible one with a credential, or the hidden one of a
 * password reset before the first login.
 */
export function credentialHolder({ found, partial }: TypedFacts): Account | null {
  if (found !== null) return found.credential.kind === 'none' ? null : found;
  return partial !== null && partial.credential.kind !== 'none' ? partial : null;
}

/** Identifiers of the profile that login returned, to look up before deciding; null where it returned none. */
export function identifiersOfLogin(
  attempt: Pick<LoginAttempt, 'login' | 'generatedUserId'>,
  assumptions: Assumptions,
): Identifiers | null {
  if (attempt.login?.ending !== 'called-back') return null;
  const { profile } = profileFromScript(attempt.login.value, assumptions);
  return profile === null
    ? null
    : identifiersOf(withGeneratedId(profile, attempt.generatedUserId, assumptions));
}

/** The profile with a made-up id where it has none and the assumption allows that. */
export function withGeneratedId<T extends { readonly userId: string | null }>(
  profile: T,
  generated: string,
  assumptions: Assumptions,
): T {
  const made = profile.userId === null && assumptions['missing-user-id'] === 'generated';
  return made ? { ...profile, userId: generated } : profile;
}
