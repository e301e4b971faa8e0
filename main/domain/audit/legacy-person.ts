import { AUDIT_ATTRIBUTES, BLOCKED, type LegacyPerson, PHONE } from '#domain/audit/audit-user.ts';
import type { JsonObject } from '#domain/json.ts';
import { mappedAttributes } from '#domain/profile/compare-profiles.ts';
import type { FieldMapping, LegacyUser } from '#domain/profile/legacy-user.ts';

const EMAIL_VERIFIED = AUDIT_ATTRIBUTES.indexOf('email_verified');
const PHONE_VERIFIED = AUDIT_ATTRIBUTES.indexOf('phone_verified');

/** A legacy user as the audit compares it. What its rows cannot speak about (`known`) is left out. */
export function legacyPerson(user: LegacyUser, position: number, known: readonly boolean[]): LegacyPerson {
  const flag = (index: number, value: boolean) => (known[index] === true ? (value ? 'true' : 'false') : null);
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
      flag(EMAIL_VERIFIED, user.emailVerified),
      flag(PHONE_VERIFIED, user.phoneVerified),
      flag(BLOCKED, user.blocked),
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
