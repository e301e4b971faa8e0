import type { Assumptions } from '#domain/assumptions.ts';
import { DEFAULT_ASSUMPTIONS } from '#domain/assumptions.ts';
import type { UserFinding } from '#domain/diagnostics/user-finding.ts';
import { finding } from '#domain/diagnostics/user-finding.ts';
import type { Json, JsonObject } from '#domain/json.ts';
import type { NormalizedProfile } from '#domain/profile/normalized-profile.ts';
import { isJsonObject } from '#domain/profile/row-json.ts';
import { maskSecrets } from '#domain/profile/secret-like.ts';

export interface ScriptProfile {
  /** Null where the script gave no object: then the findings say what it gave. */
  readonly profile: NormalizedProfile | null;
  readonly findings: readonly UserFinding[];
}

const KNOWN: ReadonlySet<string> = new Set(
  `
    user_id id email email_verified username phone_number phone_verified name nickname given_name
    family_name picture blocked user_metadata mfa_factors
  `
    .trim()
    .split(/\s+/),
);

/** Reads what `login` or `get_user` called back with, as the tenant would, and says what is odd about it. */
export function profileFromScript(
  value: Json,
  assumptions: Assumptions = DEFAULT_ASSUMPTIONS,
): ScriptProfile {
  if (!isJsonObject(value)) {
    const kind = Array.isArray(value) ? 'a list' : value === null ? 'nothing' : `a ${typeof value}`;
    return { profile: null, findings: [finding('profile.not-an-object', `the script returned ${kind}`)] };
  }
  const findings: UserFinding[] = [];
  const { value: masked, paths } = maskSecrets(value);
  for (const path of paths) findings.push(finding('profile.secret-returned', path));
  const appMetadataName = appMetadataProperty(masked, assumptions, findings);
  const read = attributeReader(masked, findings);
  const profile: NormalizedProfile = {
    userId: userIdOf(masked, assumptions, findings),
    email: read.text('email'),
    emailVerified: verifiedFlag(masked, 'email_verified', assumptions, findings),
    username: read.text('username'),
    phoneNumber: read.text('phone_number'),
    phoneVerified: verifiedFlag(masked, 'phone_verified', assumptions, findings),
    name: read.text('name'),
    nickname: read.text('nickname'),
    givenName: read.text('given_name'),
    familyName: read.text('family_name'),
    picture: read.text('picture'),
    blocked: masked['blocked'] === true,
    userMetadata: read.object('user_metadata'),
    appMetadata: appMetadataName === null ? null : read.object(appMetadataName),
    mfaFactors: factorsOf(value['mfa_factors']),
    other: otherAttributes(masked, appMetadataName),
  };
  return { profile, findings };
}

function userIdOf(value: JsonObject, assumptions: Assumptions, findings: UserFinding[]): string | null {
  const id = value['user_id'] ?? value['id'] ?? null;
  if (typeof id === 'string') {
    if (id.startsWith('auth0|')) findings.push(finding('profile.user-id-prefixed', 'user_id'));
    return id === '' ? null : id;
  }
  if (typeof id === 'number') {
    findings.push(finding('profile.user-id-not-text', 'a number'));
    if (!Number.isSafeInteger(id)) findings.push(finding('profile.id-imprecise', 'user_id'));
    return assumptions['numeric-user-id'] === 'as-text' ? String(id) : null;
  }
  if (id !== null) findings.push(finding('profile.user-id-not-text', `a ${typeof id}`));
  return null;
}

function attributeReader(value: JsonObject, findings: UserFinding[]) {
  return {
    text(name: string): string | null {
      const member = value[name];
      if (member === undefined || member === null || member === '') return null;
      if (typeof member === 'string') return member;
      findings.push(finding('profile.attribute-not-text', `${name}: a ${typeof member}`));
      return typeof member === 'object' ? null : String(member);
    },
    object(name: string): JsonObject | null {
      const member = value[name];
      if (member === undefined || member === null) return null;
      if (isJsonObject(member)) return member;
      const kind = Array.isArray(member) ? 'list' : typeof member;
      findings.push(finding('profile.metadata-not-an-object', `${name}: a ${kind}`));
      return null;
    },
  };
}

function verifiedFlag(
  value: JsonObject,
  name: string,
  assumptions: Assumptions,
  findings: UserFinding[],
): boolean {
  const flag = value[name];
  if (typeof flag === 'boolean') return flag;
  if (flag === undefined || flag === null) {
    if (name === 'email_verified') findings.push(finding('profile.email-verified-missing', name));
    return false;
  }
  findings.push(finding('profile.verified-not-boolean', `${name}: a ${typeof flag}`));
  return assumptions['email-verified-not-boolean'] === 'as-truthy' && Boolean(flag);
}

/** Which property holds app_metadata, by the assumption and by what is there. */
function appMetadataProperty(
  value: JsonObject,
  assumptions: Assumptions,
  findings: UserFinding[],
): 'app_metadata' | 'metadata' | null {
  const has = (name: string): boolean => value[name] !== undefined && value[name] !== null;
  const assumed = assumptions['metadata-property'];
  if (has('app_metadata') && has('metadata'))
    findings.push(finding('profile.both-metadata-names', 'both are returned'));
  if (has('metadata')) findings.push(finding('profile.metadata-name-open', 'metadata'));
  if (assumed !== 'both') return has(assumed) ? assumed : null;
  return has('app_metadata') ? 'app_metadata' : has('metadata') ? 'metadata' : null;
}

/** What is not a list becomes the empty one, which the rule for factors refuses: never read as "no factors". */
function factorsOf(value: Json | undefined): readonly Json[] | null {
  if (value === undefined || value === null) return null;
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function otherAttributes(value: JsonObject, appMetadataName: string | null): JsonObject {
  return Object.fromEntries(
    Object.entries(value).filter(([name]) => !KNOWN.has(name) && name !== appMetadataName),
  );
}
