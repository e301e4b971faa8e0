import type { Json, JsonObject } from '#domain/json.ts';
import type { Cohorts } from '#domain/migration/outcome.ts';
import type { FieldMapping, LegacyUser } from '#domain/profile/legacy-user.ts';

/** What one user is like in one respect. Values are labels that many share, or should. */
export interface Trait {
  readonly attribute: string;
  readonly value: string;
}

/** Attributes with values of the data themselves: only so many of them are told apart. */
export const OPEN_ATTRIBUTES = /^(passwordScheme|userMetadata\.|appMetadata\.)/;
/** What is counted together, because the attribute has too many values. */
export const OTHER_VALUES = '(other values)';
/** A user has no such member; such users are counted by what is left of the total. */
export const NO_VALUE = '(none)';
/** The row could not be read. */
export const UNKNOWN = 'unknown';

const LONGEST_VALUE = 40;
const MOST_MEMBERS = 20;
/** Members named after people have no upper bound. */
const REMEMBERED = 1_000;

const BOOLEANS = ['emailVerified', 'phoneVerified', 'blocked'] as const;
const PRESENCE = [
  'username',
  'name',
  'givenName',
  'familyName',
  'nickname',
  'picture',
  'phoneNumber',
  'passwordSalt',
] as const;

/**
 * Everything coverage can be split by, for one user: one value for every mapped attribute that says more than who
 * somebody is. Dates count by year, names by whether there are any, metadata by member.
 */
export function traitsOf(user: LegacyUser | null, mapping: FieldMapping, cohorts: Cohorts): readonly Trait[] {
  const traits: Trait[] = [
    { attribute: 'hashFormat', value: cohorts.hashFormat },
    { attribute: 'lastLogin', value: cohorts.lastLogin },
    { attribute: 'emailDomain', value: cohorts.emailDomain },
  ];
  const add = (attribute: string, value: string): void => void traits.push({ attribute, value });
  if (mapping.createdAt !== undefined) {
    add('createdAt', user === null ? UNKNOWN : (user.createdAt?.slice(0, 4) ?? NO_VALUE));
  }
  for (const name of BOOLEANS) {
    if (mapping[name] !== undefined) add(name, user === null ? UNKNOWN : user[name] ? 'yes' : 'no');
  }
  for (const name of PRESENCE) {
    if (mapping[name] !== undefined) {
      add(name, user === null ? UNKNOWN : user[name] === null ? NO_VALUE : 'given');
    }
  }
  if (mapping.passwordScheme !== undefined) {
    add('passwordScheme', user === null ? UNKNOWN : short(user.passwordScheme ?? NO_VALUE));
  }
  if (user !== null) {
    addMembers(traits, 'userMetadata', user.userMetadata);
    addMembers(traits, 'appMetadata', user.appMetadata);
  }
  return traits;
}

function addMembers(traits: Trait[], root: keyof typeof MEMBERS, metadata: JsonObject | null): void {
  if (metadata === null) return;
  let members = 0;
  for (const name of Object.keys(metadata)) {
    if (members++ === MOST_MEMBERS) return;
    const value = metadata[name];
    if (value !== null && value !== undefined)
      traits.push({ attribute: memberOf(root, name), value: labelOf(value) });
  }
}

/** Names of members with their roots before them: the same few for every user, put together once. */
const MEMBERS = { userMetadata: new Map<string, string>(), appMetadata: new Map<string, string>() };

function memberOf(root: keyof typeof MEMBERS, name: string): string {
  const known = MEMBERS[root];
  let member = known.get(name);
  if (member === undefined) {
    if (known.size >= REMEMBERED) known.clear();
    known.set(name, (member = `${root}.${name}`));
  }
  return member;
}

function labelOf(value: Json): string {
  if (Array.isArray(value)) return value.length === 0 ? '(empty list)' : '(a list)';
  if (typeof value === 'object') return '(an object)';
  return short(String(value));
}

function short(text: string): string {
  return text.length > LONGEST_VALUE ? '(long text)' : text;
}
