import type { Assumptions } from '#domain/assumptions.ts';
import type { DiagnosticCode } from '#domain/diagnostics/catalog.ts';
import type { Account } from '#domain/migration/account.ts';
import type { AccountFacts } from '#domain/migration/account-facts.ts';
import type { LoginAttempt, LoginFacts } from '#domain/migration/login.ts';
import { asksLegacyAgain } from '#domain/migration/login.ts';
import type { NormalizedProfile } from '#domain/profile/normalized-profile.ts';
import { profileFromScript } from '#domain/profile/profile-from-script.ts';

export interface Collision {
  readonly cause: DiagnosticCode;
  /** Attribute that collides. */
  readonly detail: string;
  readonly description: string;
}

const EXISTS = 'The user already exists';

/** What in the store keeps a profile from being created or taken over, or null. Ids first, then the identifiers. */
export function migrationCollision(
  attempt: LoginAttempt,
  profile: NormalizedProfile,
  facts: LoginFacts,
  assumptions: Assumptions,
): Collision | null {
  const { existing } = facts;
  return (
    partialCollision(profile, existing, assumptions) ??
    idCollision(attempt, profile, existing.byUserId, assumptions) ??
    emailCollision(attempt, profile, existing.byEmail, assumptions) ??
    otherCollision(profile, existing.byUsername, 'state.username-taken', 'username') ??
    otherCollision(profile, existing.byPhone, 'state.phone-taken', 'phone_number')
  );
}

function partialCollision(
  profile: NormalizedProfile,
  { partial }: AccountFacts,
  assumptions: Assumptions,
): Collision | null {
  if (partial === null) return null;
  const completes = partial.userId === profile.userId && assumptions['partial-user-login'] === 'completed';
  return completes ? null : { cause: 'state.partial-user', detail: 'partial user', description: EXISTS };
}

function idCollision(
  attempt: LoginAttempt,
  profile: NormalizedProfile,
  account: Account | null,
  assumptions: Assumptions,
): Collision | null {
  if (account === null) return null;
  if (account.state === 'shadow') return shadowCollision(profile, account, assumptions);
  const asked = attempt.storeCheck !== null && asksLegacyAgain(account, attempt.storeCheck, assumptions);
  if (asked) return null;
  const sameEmail = account.email !== null && account.email === profile.email;
  return sameEmail
    ? { cause: 'state.identifier-not-stored', detail: 'the typed identifier', description: EXISTS }
    : { cause: 'state.user-id-taken', detail: 'user_id', description: EXISTS };
}

function shadowCollision(
  profile: NormalizedProfile,
  shadow: Account,
  assumptions: Assumptions,
): Collision | null {
  if (assumptions['late-import-conflict'] === 'migrated') return null;
  const names = [
    ...(differs(shadow.email, profile.email) ? ['email'] : []),
    ...(differs(shadow.username, profile.username) ? ['username'] : []),
    ...(differs(shadow.phoneNumber, profile.phoneNumber) ? ['phone_number'] : []),
  ];
  if (names.length === 0) return null;
  return {
    cause: 'state.shadow-data-conflict',
    detail: names.join(', '),
    description: 'Existing user data conflict',
  };
}

function differs(stored: string | null, returned: string | null): boolean {
  return (stored?.toLowerCase() ?? null) !== (returned?.toLowerCase() ?? null);
}

/**
 * An account with this e-mail and another id: the same person under an id that changes, if the scripts are known
 * to disagree on the id or the account to be that of the user who is trying; otherwise somebody else.
 */
function emailCollision(
  attempt: LoginAttempt,
  profile: NormalizedProfile,
  account: Account | null,
  assumptions: Assumptions,
): Collision | null {
  if (account === null || account.userId === profile.userId) return null;
  const ownAccount = attempt.expectedUserId !== null && account.userId === attempt.expectedUserId;
  return {
    cause:
      ownAccount || scriptsDisagree(attempt, profile, assumptions)
        ? 'state.user-id-unstable'
        : 'state.email-taken',
    detail: 'email',
    description: EXISTS,
  };
}

function scriptsDisagree(
  { getUser }: LoginAttempt,
  profile: NormalizedProfile,
  assumptions: Assumptions,
): boolean {
  if (getUser?.ending !== 'called-back') return false;
  const other = profileFromScript(getUser.value, assumptions).profile;
  return other !== null && other.userId !== profile.userId;
}

function otherCollision(
  profile: NormalizedProfile,
  account: Account | null,
  cause: DiagnosticCode,
  detail: string,
): Collision | null {
  if (account === null || account.userId === profile.userId) return null;
  return { cause, detail, description: EXISTS };
}
