import type { Account, Credential } from '#domain/migration/account.ts';
import type { AccountChanges } from '#domain/migration/events.ts';
import { sameJson } from '#domain/profile/compare-profiles.ts';
import type { NormalizedProfile } from '#domain/profile/normalized-profile.ts';

export type AccountStart = Pick<Account, 'state' | 'origin'> & {
  readonly userId: string;
  readonly credential: Credential;
};

/** A new account with the attributes of a profile, as the store keeps them. */
export function accountFromProfile(profile: NormalizedProfile, start: AccountStart): Account {
  const { userId: _id, other: _other, ...attributes } = profile;
  return { ...start, ...attributes };
}

/** The internal row that exists between the two steps of a creation: identifiers, and nothing else. */
export function partialAccount(profile: NormalizedProfile, start: Omit<AccountStart, 'state'>): Account {
  const account = accountFromProfile(profile, { ...start, state: 'partial' });
  return { ...account, userMetadata: null, appMetadata: null, mfaFactors: null };
}

type Changeable = keyof AccountChanges;

const ROOT_ATTRIBUTES = ['name', 'nickname', 'givenName', 'familyName', 'picture'] as const;
const OTHER_ATTRIBUTES = [
  'email',
  'emailVerified',
  'username',
  'phoneNumber',
  'phoneVerified',
  'userMetadata',
  'appMetadata',
  'mfaFactors',
] as const;

/** What a profile changes in an account; an attribute that the profile does not have stays as it is. */
export function changesFrom(
  account: Account,
  profile: NormalizedProfile,
  withRootAttributes: boolean,
): AccountChanges {
  const names: readonly Changeable[] = withRootAttributes
    ? [...ROOT_ATTRIBUTES, ...OTHER_ATTRIBUTES]
    : OTHER_ATTRIBUTES;
  const changed = names.filter((name) => profile[name] !== null && !sameJson(account[name], profile[name]));
  return Object.fromEntries(changed.map((name) => [name, profile[name]]));
}

export function hasChanges(changes: AccountChanges): boolean {
  return Object.keys(changes).length > 0;
}
