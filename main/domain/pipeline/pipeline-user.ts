import type { Json, JsonObject } from '#domain/json.ts';
import type { Account } from '#domain/migration/account.ts';
import type { NormalizedProfile } from '#domain/profile/normalized-profile.ts';

/** The person as a tenant knows them at the moment the pipeline runs. */
export interface PipelineUser {
  readonly profile: Pick<
    NormalizedProfile,
    | 'userId'
    | 'email'
    | 'emailVerified'
    | 'username'
    | 'phoneNumber'
    | 'phoneVerified'
    | 'name'
    | 'nickname'
    | 'givenName'
    | 'familyName'
    | 'picture'
    | 'userMetadata'
    | 'appMetadata'
    | 'mfaFactors'
  >;
  /** What a script returned beside the attributes that a tenant knows. Gone once the store keeps the profile. */
  readonly other: JsonObject;
  readonly connection: string;
  /** Logins, this one counted. */
  readonly logins: number;
  /** When the tenant first saw them, milliseconds since the epoch. */
  readonly createdMs: number;
  readonly passwordResetMs: number | null;
}

export function userOfAccount(
  account: Account,
  known: Pick<PipelineUser, 'connection' | 'logins' | 'createdMs' | 'passwordResetMs'>,
): PipelineUser {
  return { profile: account, other: {}, ...known };
}

/** Attributes that nobody has are left out, as in the event of a tenant. */
function present(given: Readonly<Record<string, Json | null>>): JsonObject {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
}

function attributes({ profile, connection, createdMs, passwordResetMs }: PipelineUser): JsonObject {
  const created = new Date(createdMs).toISOString();
  return present({
    user_id: `auth0|${profile.userId ?? ''}`,
    email: profile.email,
    email_verified: profile.emailVerified,
    username: profile.username,
    name: profile.name,
    nickname: profile.nickname,
    given_name: profile.givenName,
    family_name: profile.familyName,
    picture: profile.picture,
    phone_number: profile.phoneNumber,
    phone_verified: profile.phoneNumber === null ? null : profile.phoneVerified,
    created_at: created,
    updated_at: created,
    last_password_reset: passwordResetMs === null ? null : new Date(passwordResetMs).toISOString(),
    identities: [
      { connection, isSocial: false, provider: 'auth0', user_id: profile.userId ?? '', profileData: {} },
    ],
  });
}

/**
 * `event.user` of a login. Metadata are never missing; app_metadata also lies over the root and wins there. `other`
 * is what a script returned beside the known attributes, where the assumption lets it through.
 */
export function eventUser(user: PipelineUser, withOther: boolean): JsonObject {
  const { appMetadata, userMetadata, mfaFactors } = user.profile;
  const enrolled = factorTypes(mfaFactors);
  return {
    ...(withOther ? user.other : {}),
    ...attributes(user),
    ...(enrolled.length === 0 ? {} : { enrolledFactors: enrolled.map((method) => ({ method })) }),
    ...appMetadata,
    app_metadata: appMetadata ?? {},
    user_metadata: userMetadata ?? {},
  };
}

/** `user` of Rules: metadata nobody has are missing, and everything that a script returned is there. */
export function ruleUser(user: PipelineUser): JsonObject {
  const { appMetadata, userMetadata } = user.profile;
  const identity = {
    connection: user.connection,
    isSocial: false,
    provider: 'auth0',
    user_id: user.profile.userId ?? '',
  };
  return {
    ...user.other,
    ...attributes(user),
    identities: [identity],
    ...appMetadata,
    ...(appMetadata === null ? {} : { app_metadata: appMetadata }),
    ...(userMetadata === null ? {} : { user_metadata: userMetadata }),
  };
}

const FACTOR_NAMES: Readonly<Record<string, string>> = { totp: 'otp', phone: 'phone', email: 'email' };

/** Names under which challenges ask for the factors of an imported enrolment. */
export function factorTypes(factors: readonly Json[] | null): readonly string[] {
  return (factors ?? []).flatMap((factor) =>
    typeof factor === 'object' && factor !== null
      ? Object.keys(factor).flatMap((kind) => FACTOR_NAMES[kind] ?? [])
      : [],
  );
}
