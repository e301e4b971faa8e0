import type { Json, JsonObject } from '#domain/json.ts';
import type { ImportRecord } from '#domain/migration/import-record.ts';
import { maskedImportJson, toImportJson } from '#domain/password/import-json.ts';
import { withoutSecrets } from '#domain/profile/mfa-factors.ts';
import { isJsonObject } from '#domain/profile/row-json.ts';

const MASK = '*****';

/** JSON text of the record with its true secrets. Only for the import file itself. */
export function toImportFileJson(record: ImportRecord): string {
  const { password_hash: hash, custom_password_hash: custom } = record;
  if (hash === undefined && custom === undefined) return JSON.stringify(record);
  return JSON.stringify({
    ...record,
    ...(hash === undefined ? {} : { password_hash: hash.reveal() }),
    ...(custom === undefined ? {} : { custom_password_hash: toImportJson(custom) }),
  });
}

/** The record as error reports show it: hashes, salts, keys and authenticator secrets are masked. */
export function toMaskedJson(record: ImportRecord): JsonObject {
  const { password_hash: hash, custom_password_hash: custom, mfa_factors: factors, ...profile } = record;
  return {
    ...(profile as JsonObject),
    ...(hash === undefined ? {} : { password_hash: MASK }),
    ...(custom === undefined ? {} : { custom_password_hash: maskedImportJson(custom) }),
    ...(factors === undefined ? {} : { mfa_factors: withoutSecrets(factors) }),
  };
}

/** The same for a record of an arbitrary file, whatever its shape. */
export function maskRawRecord(value: Json): JsonObject {
  if (!isJsonObject(value)) return {};
  const masked: Record<string, Json> = { ...value };
  if (value['password_hash'] !== undefined) masked['password_hash'] = MASK;
  if (value['custom_password_hash'] !== undefined)
    masked['custom_password_hash'] = maskedValues(value['custom_password_hash']);
  const factors = value['mfa_factors'];
  if (factors !== undefined)
    masked['mfa_factors'] = Array.isArray(factors) ? withoutSecrets(factors as readonly Json[]) : MASK;
  return masked;
}

/** Every `value` at any depth: the hash, the salt and the key. */
function maskedValues(value: Json): Json {
  if (!isJsonObject(value)) return MASK;
  const entries = Object.entries(value).map(([name, member]): [string, Json] => {
    if (isJsonObject(member)) return [name, maskedValues(member)];
    return [name, name === 'value' || name === 'hash' || name === 'salt' ? MASK : member];
  });
  return Object.fromEntries(entries);
}
