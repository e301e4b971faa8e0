import { AUDIT_ATTRIBUTES, type LegacyPerson, PHONE } from '#domain/audit/audit-user.ts';
import type { JsonObject } from '#domain/json.ts';
import { mappedAttributes } from '#domain/profile/compare-profiles.ts';
import type { FieldMapping, LegacyUser } from '#domain/profile/legacy-user.ts';

/** A legacy user as the audit compares it. */
export function legacyPerson(user: LegacyUser, position: number): LegacyPerson {
  return {
    position,
    key: user.key,
    id: user.id,
    values: [
      user.email,
      user.username,
      user.phoneNumber,
      user.name,
      user.nickname,
      user.givenName,
      user.familyName,
      user.picture,
      user.emailVerified ? 'true' : 'false',
      user.phoneVerified ? 'true' : 'false',
      user.blocked ? 'true' : 'false',
      json(user.userMetadata),
      json(user.appMetadata),
    ],
  };
}

function json(metadata: JsonObject | null): string | null {
  return metadata === null ? null : JSON.stringify(metadata);
}

/** By index of the attribute: whether the legacy rows can speak about it. */
export function knownOfLegacy(mapping: FieldMapping): readonly boolean[] {
  const mapped = mappedAttributes(mapping);
  return AUDIT_ATTRIBUTES.map((name) => mapped.has(name));
}

/** What is kept of a tenant user: what is compared, and what people are found by. */
export function keptOfTenant(legacy: readonly boolean[]): readonly boolean[] {
  return AUDIT_ATTRIBUTES.map((_name, index) => index <= PHONE || legacy[index] === true);
}
