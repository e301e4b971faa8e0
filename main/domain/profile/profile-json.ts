import type { JsonObject } from '#domain/json.ts';
import type { NormalizedProfile } from '#domain/profile/normalized-profile.ts';
import { TEXT_ATTRIBUTES } from '#domain/profile/normalized-profile.ts';

/** The profile under the tenant's attribute names, absent values left out. Factors, which hold secrets, are not in it. */
export function profileJson(profile: NormalizedProfile): JsonObject {
  const texts = TEXT_ATTRIBUTES.filter(([attribute]) => profile[attribute] !== null).map(
    ([attribute, name]) => [name, profile[attribute]] as const,
  );
  return {
    ...(profile.userId === null ? {} : { user_id: profile.userId }),
    ...Object.fromEntries(texts),
    email_verified: profile.emailVerified,
    ...(profile.phoneNumber === null ? {} : { phone_verified: profile.phoneVerified }),
    ...(profile.blocked ? { blocked: true } : {}),
    ...(profile.userMetadata === null ? {} : { user_metadata: profile.userMetadata }),
    ...(profile.appMetadata === null ? {} : { app_metadata: profile.appMetadata }),
    ...profile.other,
  };
}
