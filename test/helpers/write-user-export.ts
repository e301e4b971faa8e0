import type { Account } from '#domain/migration/account.ts';
import type { Json, JsonObject } from '#domain/json.ts';

/** A user as the Management API has it, with the id as the database connection gives it out. */
export function tenantRecord(account: Omit<Account, 'credential'>, connection: string): JsonObject {
  const { userId } = account;
  return withoutNulls({
    user_id: `auth0|${userId}`,
    email: account.email,
    email_verified: account.emailVerified,
    username: account.username,
    phone_number: account.phoneNumber,
    phone_verified: account.phoneNumber === null ? null : account.phoneVerified,
    name: account.name,
    nickname: account.nickname,
    given_name: account.givenName,
    family_name: account.familyName,
    picture: account.picture,
    blocked: account.blocked ? true : null,
    user_metadata: account.userMetadata,
    app_metadata: account.appMetadata,
    identities: [{ connection, provider: 'auth0', user_id: userId, isSocial: false }],
  });
}

function withoutNulls(record: Record<string, Json>): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));
}

/** One object per line; `names` gives fields another name, as the export job does for `export_as`. */
export function ndjsonExport(
  records: readonly JsonObject[],
  names: Readonly<Record<string, string>> = {},
): string {
  const lines = records.map((record) =>
    JSON.stringify(
      Object.fromEntries(Object.entries(record).map(([name, value]) => [names[name] ?? name, value])),
    ),
  );
  return lines.map((line) => `${line}\n`).join('');
}

/** Leaves in columns: quoted, with an apostrophe before every text that is no date, empty where there is no value. */
export function csvExport(
  records: readonly JsonObject[],
  fields: readonly string[],
  names: Readonly<Record<string, string>> = {},
): string {
  const heading = fields.map((field) => quoted(names[field] ?? field));
  const rows = records.map((record) => fields.map((field) => cell(leafOf(record, field))));
  return [heading, ...rows].map((cells) => `${cells.join(',')}\r\n`).join('');
}

/** Every place of a text, number or truth value that any of the records has. */
export function leavesOf(records: readonly JsonObject[]): string[] {
  const found = new Set<string>();
  const walk = (value: Json, path: string): void => {
    if (Array.isArray(value)) value.forEach((item, index) => walk(item as Json, `${path}[${index}]`));
    else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) walk(inner, path === '' ? name : `${path}.${name}`);
    } else found.add(path);
  };
  for (const record of records) walk(record, '');
  return [...found];
}

function leafOf(record: JsonObject, field: string): Json {
  let at: Json = record;
  for (const part of field.split(/[.[\]]+/).filter((one) => one !== '')) {
    if (typeof at !== 'object' || at === null) return null;
    at = (at as Readonly<Record<string, Json>>)[part] ?? null;
  }
  return at;
}

function cell(value: Json): string {
  if (typeof value === 'string') return quoted(/^\d{4}-\d\d-\d\dT/.test(value) ? value : `'${value}`);
  return value === null ? '' : quoted(JSON.stringify(value));
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
