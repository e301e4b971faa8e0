import type { Assumptions } from '#domain/assumptions.ts';
import type { ImportRefusal } from '#domain/migration/import-errors.ts';
import {
  additionalProperties,
  internalPath,
  missingProperty,
  schemaRefusal,
  wrongType,
} from '#domain/migration/import-errors.ts';
import { customHashRefusals } from '#domain/migration/validate-custom-hash.ts';
import { factorRefusals } from '#domain/migration/validate-import-factors.ts';
import { emailProblem } from '#domain/profile/email.ts';
import { forbiddenKeys, illegalKey, jsonBytes, PROFILE_BYTES } from '#domain/profile/metadata-rules.ts';
import { E164 } from '#domain/profile/mfa-factors.ts';
import type { UsernameLength, UsernameProblem } from '#domain/profile/username.ts';
import { usernameProblem } from '#domain/profile/username.ts';
import type { JsonObject } from '#domain/json.ts';
import { Secret } from '#domain/secret.ts';

/** What the connection and the trial's assumptions add to the published schema. */
export interface ImportRules {
  readonly requiresUsername: boolean;
  readonly usernameLength: UsernameLength;
  readonly assumptions: Assumptions;
}

const PASSWORD_HASH = /^\$2[ab]?\$10+\$[./A-Za-z0-9]{53}$/;
const TEXTS = new Set(['user_id', 'given_name', 'family_name', 'name', 'nickname', 'picture']);
const FLAGS = new Set(['email_verified', 'blocked']);
/** Longest values of the create-user API, checked only under an assumption. */
const LENGTHS: Readonly<Record<string, number>> = {
  user_id: 255,
  given_name: 150,
  family_name: 150,
  name: 300,
  nickname: 300,
};

/**
 * Errors the import reports for one record: the closed import schema, then what is checked beyond it. Takes typed
 * records (secrets wrapped) and values of arbitrary JSON files alike. An empty list means the schema is met.
 * `mostBytes` is an upper bound of its size as JSON, for whoever knows one.
 */
export function validateImportRecord(
  record: unknown,
  rules: ImportRules,
  mostBytes = Number.POSITIVE_INFINITY,
): readonly ImportRefusal[] {
  if (typeof record !== 'object' || record === null || Array.isArray(record))
    return [wrongType('', 'object', record)];
  const refusals: ImportRefusal[] = [];
  const unknown: string[] = [];
  const members = record as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(members)) {
    const value = members[name];
    if (value !== undefined && !checkProperty(name, value, rules, refusals)) unknown.push(name);
  }
  if (unknown.length > 0) refusals.push(additionalProperties('', unknown));
  if (members['email'] === undefined && rules.assumptions['import-requires-email'] === 'yes') {
    refusals.push(missingProperty('import.email-missing', '', 'email'));
  }
  if (members['password_hash'] !== undefined && members['custom_password_hash'] !== undefined) {
    refusals.push(
      schemaRefusal(
        'import.two-hashes',
        'NOT_PASSED',
        '',
        'Forbidden attribute in appUser: custom_password_hash',
      ),
    );
  }
  const sizeCounts = rules.assumptions['import-oversized-profile'] === 'refused' && mostBytes > PROFILE_BYTES;
  if (sizeCounts && exceedsProfileSize(members)) {
    const text = `The profile is larger than ${PROFILE_BYTES} bytes`;
    refusals.push(schemaRefusal('import.profile-too-large', 'PROFILE_SIZE_EXCEEDED', '', text));
  }
  return refusals;
}

/** Checks one property into `out`; false where the schema does not know it. */
function checkProperty(name: string, value: unknown, rules: ImportRules, out: ImportRefusal[]): boolean {
  const path = internalPath(name);
  if (TEXTS.has(name)) return checkText(name, value, path, rules, out);
  if (FLAGS.has(name)) return checkFlag(value, path, out);
  switch (name) {
    case 'email':
      return checkEmail(value, path, out);
    case 'username':
      return checkUsername(value, path, rules, out);
    case 'phone_number':
      return rules.assumptions['import-accepts-phone'] === 'yes' && checkPhone(value, path, out);
    case 'phone_verified':
      return rules.assumptions['import-accepts-phone'] === 'yes' && checkFlag(value, path, out);
    case 'password_hash':
      return checkPasswordHash(value, path, out);
    case 'custom_password_hash':
      out.push(...customHashRefusals(value, path, rules.assumptions));
      return true;
    case 'app_metadata':
    case 'user_metadata':
      return checkMetadata(name, value, rules, out);
    case 'mfa_factors':
      out.push(...factorRefusals(value, path));
      return true;
    default:
      return false;
  }
}

function checkText(
  name: string,
  value: unknown,
  path: string,
  rules: ImportRules,
  out: ImportRefusal[],
): true {
  if (typeof value !== 'string') {
    out.push(wrongType(path, 'string', value));
    return true;
  }
  const limit = LENGTHS[name];
  if (
    limit === undefined ||
    value.length <= limit ||
    rules.assumptions['import-length-limits'] === 'not-checked'
  ) {
    return true;
  }
  const text = `String is too long (${value.length} chars), maximum ${limit}`;
  out.push(schemaRefusal('import.too-long', 'MAX_LENGTH', path, text));
  return true;
}

function checkFlag(value: unknown, path: string, out: ImportRefusal[]): true {
  if (typeof value !== 'boolean') out.push(wrongType(path, 'boolean', value));
  return true;
}

function checkEmail(value: unknown, path: string, out: ImportRefusal[]): true {
  if (typeof value !== 'string') {
    out.push(wrongType(path, 'string', value));
  } else if (emailProblem(value) !== null) {
    const text = `Object didn't pass validation for format email: ${value}`;
    out.push(schemaRefusal('import.email-invalid', 'INVALID_FORMAT', path, text));
  }
  return true;
}

function checkPhone(value: unknown, path: string, out: ImportRefusal[]): true {
  if (typeof value !== 'string') {
    out.push(wrongType(path, 'string', value));
  } else if (!E164.test(value)) {
    const text = `String does not match pattern ${E164.source}: ${value}`;
    out.push(schemaRefusal('import.phone-invalid', 'PATTERN', path, text));
  }
  return true;
}

function checkUsername(value: unknown, path: string, rules: ImportRules, out: ImportRefusal[]): true {
  if (typeof value !== 'string') {
    out.push(wrongType(path, 'string', value));
    return true;
  }
  if (rules.assumptions['import-username-rules'] === 'not-checked') return true;
  if (!rules.requiresUsername) {
    const text = 'Cannot set username for connection without requires_username.';
    out.push(schemaRefusal('import.username-refused', 'NOT_PASSED', '', text));
    return true;
  }
  const problem = usernameProblem(value, rules.usernameLength);
  if (problem === null) return true;
  out.push(usernameRefusal(problem, value.length, path, rules.usernameLength));
  return true;
}

function usernameRefusal(
  problem: UsernameProblem,
  length: number,
  path: string,
  { min, max }: UsernameLength,
): ImportRefusal {
  const refused = (code: string, text: string) => schemaRefusal('import.username-refused', code, path, text);
  if (problem === 'too-short')
    return refused('MIN_LENGTH', `String is too short (${length} chars), minimum ${min}`);
  if (problem === 'too-long')
    return refused('MAX_LENGTH', `String is too long (${length} chars), maximum ${max}`);
  return refused('PATTERN', 'String does not match the username rules of the connection');
}

/** The message of a live job ends with the value; here it is masked, for the value is a hash. */
function checkPasswordHash(value: unknown, path: string, out: ImportRefusal[]): true {
  const hash = value instanceof Secret ? value.reveal() : value;
  if (typeof hash !== 'string') {
    out.push(wrongType(path, 'string', hash));
  } else if (!PASSWORD_HASH.test(hash)) {
    const text = `String does not match pattern ${PASSWORD_HASH.source}: *****`;
    out.push(schemaRefusal('import.password-hash-invalid', 'PATTERN', path, text));
  }
  return true;
}

function checkMetadata(name: string, value: unknown, rules: ImportRules, out: ImportRefusal[]): true {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    out.push(wrongType(name, 'object', value));
    return true;
  }
  const metadata = value as JsonObject;
  if (name === 'app_metadata' && forbiddenKeys(metadata).length > 0) {
    out.push(
      schemaRefusal('import.app-metadata-forbidden', 'NOT_PASSED', name, "Data matches schema from 'not'"),
    );
  }
  if (rules.assumptions['import-metadata-key-rules'] === 'refused' && illegalKey(metadata, name) !== null) {
    out.push(
      schemaRefusal('import.metadata-key-illegal', 'NOT_PASSED', name, "Data matches schema from 'not'"),
    );
  }
  return true;
}

/** Whether the profile, hashes and factors left aside, is above 10 KB. Small records are told without encoding. */
function exceedsProfileSize(members: Readonly<Record<string, unknown>>): boolean {
  const { password_hash: _hash, custom_password_hash: _custom, mfa_factors: _factors, ...profile } = members;
  return !isSurelySmall(profile) && jsonBytes(profile as JsonObject) > PROFILE_BYTES;
}

function isSurelySmall(profile: Readonly<Record<string, unknown>>): boolean {
  let units = 0;
  for (const value of Object.values(profile)) {
    if (typeof value === 'string') units += value.length;
    else if (typeof value === 'object') return false;
  }
  // An UTF-16 unit takes at most six bytes in JSON; names and flags fit into the rest.
  return units * 6 < PROFILE_BYTES - 1_000;
}
