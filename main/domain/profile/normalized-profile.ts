import type { Json, JsonObject } from '#domain/json.ts';
import type { LegacyUser } from '#domain/profile/legacy-user.ts';

/** A user profile in the tenant's terms, wherever it came from: a script, a row or the store. */
export interface NormalizedProfile {
  /** Connection-level id, without `auth0|`; null where the source gave none. */
  readonly userId: string | null;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly username: string | null;
  readonly phoneNumber: string | null;
  readonly phoneVerified: boolean;
  readonly name: string | null;
  readonly nickname: string | null;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly picture: string | null;
  readonly blocked: boolean;
  readonly userMetadata: JsonObject | null;
  readonly appMetadata: JsonObject | null;
  readonly mfaFactors: readonly Json[] | null;
  /** Attributes the tenant does not know and passes through. */
  readonly other: JsonObject;
}

/** The texts among them, with the names the tenant and its documentation use. */
export const TEXT_ATTRIBUTES = [
  ['email', 'email'],
  ['username', 'username'],
  ['phoneNumber', 'phone_number'],
  ['name', 'name'],
  ['nickname', 'nickname'],
  ['givenName', 'given_name'],
  ['familyName', 'family_name'],
  ['picture', 'picture'],
] as const;
export type TextAttribute = (typeof TEXT_ATTRIBUTES)[number][0];

/** What a mapped row says about a user, as a profile: the yardstick for what scripts return. */
export function profileFromLegacyUser(user: LegacyUser): NormalizedProfile {
  return {
    userId: user.id,
    email: user.email,
    emailVerified: user.emailVerified,
    username: user.username,
    phoneNumber: user.phoneNumber,
    phoneVerified: user.phoneVerified,
    name: user.name,
    nickname: user.nickname,
    givenName: user.givenName,
    familyName: user.familyName,
    picture: user.picture,
    blocked: user.blocked,
    userMetadata: user.userMetadata,
    appMetadata: user.appMetadata,
    mfaFactors: null,
    other: {},
  };
}
