import type { UserFinding } from '#domain/diagnostics/user-finding.ts';
import { finding } from '#domain/diagnostics/user-finding.ts';
import type { Json } from '#domain/json.ts';
import type { NormalizedProfile } from '#domain/profile/normalized-profile.ts';
import { TEXT_ATTRIBUTES } from '#domain/profile/normalized-profile.ts';
import { isJsonObject } from '#domain/profile/row-json.ts';

export interface ProfileSource {
  /** For the finding: `get_user`, `login`, `the row`. */
  readonly name: string;
  readonly profile: NormalizedProfile;
  /** Attributes the source can know at all; a mapped row knows only mapped columns. Absent: all. */
  readonly knows?: ReadonlySet<string>;
}

export interface ProfileComparison {
  /** Names of attributes that differ, in a fixed order. */
  readonly different: readonly string[];
  readonly findings: readonly UserFinding[];
}

/**
 * Which attributes two sources give differently for one person. A different user_id is a finding of its own: it
 * makes duplicates. Addresses and usernames that differ only in case are told apart from real differences.
 */
export function compareProfiles(a: ProfileSource, b: ProfileSource): ProfileComparison {
  const known = (name: string): boolean => (a.knows?.has(name) ?? true) && (b.knows?.has(name) ?? true);
  const different = attributePairs(a.profile, b.profile)
    .filter(([name, left, right]) => known(name) && !sameJson(left, right))
    .map(([name]) => name);
  const both = `${a.name} and ${b.name}`;
  const findings: UserFinding[] = [];
  if (different.includes('user_id')) findings.push(finding('profile.user-id-differs', both));
  const rest = different.filter((name) => name !== 'user_id');
  const onlyCase = rest.filter((name) => differsInCase(a.profile, b.profile, name));
  const others = rest.filter((name) => !onlyCase.includes(name));
  if (onlyCase.length > 0)
    findings.push(finding('profile.differs-in-case', `${both}: ${onlyCase.join(', ')}`));
  if (others.length > 0) findings.push(finding('profile.attributes-differ', `${both}: ${others.join(', ')}`));
  return { different, findings };
}

function attributePairs(
  a: NormalizedProfile,
  b: NormalizedProfile,
): readonly (readonly [string, Json, Json])[] {
  return [
    ['user_id', a.userId, b.userId],
    ...TEXT_ATTRIBUTES.map(([attribute, name]) => [name, a[attribute], b[attribute]] as const),
    ['email_verified', a.emailVerified, b.emailVerified],
    ['phone_verified', a.phoneVerified, b.phoneVerified],
    ['blocked', a.blocked, b.blocked],
    ['user_metadata', a.userMetadata ?? {}, b.userMetadata ?? {}],
    ['app_metadata', a.appMetadata ?? {}, b.appMetadata ?? {}],
    ['mfa_factors', a.mfaFactors, b.mfaFactors],
  ];
}

function differsInCase(a: NormalizedProfile, b: NormalizedProfile, name: string): boolean {
  if (name === 'email') return sameButForCase(a.email, b.email);
  return name === 'username' && sameButForCase(a.username, b.username);
}

function sameButForCase(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a.toLowerCase() === b.toLowerCase();
}

/** Equality of JSON values, whatever the order of members. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item: Json, i) => sameJson(item, (b as readonly Json[])[i]));
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => sameJson(a[name], b[name]));
}

const COLUMN_ATTRIBUTES: Readonly<Record<string, string>> = {
  id: 'user_id',
  email: 'email',
  emailVerified: 'email_verified',
  username: 'username',
  phoneNumber: 'phone_number',
  phoneVerified: 'phone_verified',
  name: 'name',
  nickname: 'nickname',
  givenName: 'given_name',
  familyName: 'family_name',
  picture: 'picture',
  blocked: 'blocked',
  userMetadata: 'user_metadata',
  appMetadata: 'app_metadata',
};

/** Attributes a row can speak about, by its field mapping. */
export function mappedAttributes(mapping: object): ReadonlySet<string> {
  const fields = Object.entries(mapping).filter(([, column]) => column !== undefined);
  return new Set(fields.flatMap(([field]) => COLUMN_ATTRIBUTES[field] ?? []));
}
