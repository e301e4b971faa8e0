import type { ProjectSettings } from '#contract/project-settings.ts';
import type { LegacyRow } from '#domain/profile/legacy-user.ts';

/** What a column of the users query is shown as. */
export interface ColumnContent {
  readonly name: string;
  readonly content: 'plain' | 'personal' | 'hash' | 'secret';
  /** Part of the pagination key. */
  readonly key: boolean;
  /** Attributes that the mapping takes from it. */
  readonly attributes: readonly string[];
  /** For a column of hashes: where their salt and scheme stand. */
  readonly beside: { readonly salt: string | null; readonly scheme: string | null };
}

/** Names of columns that hold what logs somebody in, in the words that databases use. */
const SECRET_NAME =
  /pass(?!port|ed\b|enger)|pwd|passw|kennwort|motdepasse|contrase|senha|wachtwoord|haslo|hash|digest|salt|secret|token|otp|totp|mfa|recover|(^|_)pin(_|$)|answer|antwort|api_?key|private_?key|credential|session|cookie|(^|_)seed(_|$)/i;

/** Names of columns whose dates and numbers are about a person all the same. */
const PERSONAL_NAME =
  /birth|geburt|naissance|nacimiento|(^|_)dob(_|$)|ssn|social|tax|steuer|iban|card|salary|gehalt|phone|mobil|(^|_)tel|zip|plz|postal|lat(itude)?$|lon(gitude)?$|(^|_)ip(_|$)|age$/i;

const PLAIN_ATTRIBUTES: ReadonlySet<string> = new Set([
  'emailVerified',
  'phoneVerified',
  'lastLogin',
  'createdAt',
  'blocked',
  'passwordScheme',
]);

/** Stored passwords say what they are: `$2b$…`, `{SSHA}…`, `pbkdf2_sha256$…`. */
export const HASH_TEXT =
  /^(\$[\w-]{1,20}\$|\{[A-Za-z0-9-]{2,20}\}|(pbkdf2|bcrypt|scrypt|argon2|sha1|sha256|md5)[\w-]*\$)/;

/** Judges every column by the mapping, its name and some of its values; in doubt it is about people. */
export function columnContents(
  columns: readonly string[],
  { fields, users }: Pick<ProjectSettings, 'fields' | 'users'>,
  rows: readonly LegacyRow[],
): readonly ColumnContent[] {
  return columns.map((name) => {
    const attributes = Object.entries(fields)
      .filter(([, mapped]) => [mapped].flat().includes(name))
      .map(([attribute]) => attribute);
    const values = rows.map((row) => row[name]).filter((value) => value !== null && value !== undefined);
    const mappedHash = attributes.includes('passwordHash');
    return {
      name,
      content: contentOf(name, attributes, values),
      key: users.key.some((key) => key.toLowerCase() === name.toLowerCase()),
      attributes,
      beside: {
        salt: mappedHash ? (fields.passwordSalt ?? null) : null,
        scheme: mappedHash ? (fields.passwordScheme ?? null) : null,
      },
    };
  });
}

function contentOf(
  name: string,
  attributes: readonly string[],
  values: readonly unknown[],
): ColumnContent['content'] {
  if (attributes.includes('passwordHash')) return 'hash';
  if (attributes.includes('passwordSalt')) return 'secret';
  if (values.some((value) => typeof value === 'string' && HASH_TEXT.test(value))) return 'hash';
  if (attributes.length === 0 && SECRET_NAME.test(name)) return 'secret';
  if (attributes.some((one) => PLAIN_ATTRIBUTES.has(one))) return 'plain';
  const identifies = attributes.every((one) => one === 'id');
  return identifies && !PERSONAL_NAME.test(name) && values.every(isPlain) ? 'plain' : 'personal';
}

/** Values that say nothing about a person whatever column they are in: ids, flags, small numbers, moments. */
export function isPlain(value: unknown): boolean {
  switch (typeof value) {
    case 'boolean':
      return true;
    case 'number':
      return true;
    case 'bigint':
      return true;
    case 'string':
      return PLAIN_TEXT.test(value);
    default:
      return value === null || value instanceof Date;
  }
}

/** Numbers, UUIDs, moments as text, and codes of up to three letters. */
const PLAIN_TEXT =
  /^(-?\d{1,19}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\d[T ]\d\d:\d\d.{0,20}|[A-Za-z]{1,3}|true|false)?$/i;
