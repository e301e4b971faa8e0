import type { Json, JsonObject } from '#domain/json.ts';
import type { ImportRecord } from '#domain/migration/import-record.ts';
import type { CustomPasswordHash } from '#domain/password/custom-password-hash.ts';
import { Secret } from '#domain/secret.ts';

/** Wraps the secrets of a record from a JSON file. Only for values that `validateImportRecord` found no fault with. */
export function importRecordFromJson(valid: JsonObject): ImportRecord {
  const { password_hash: hash, custom_password_hash: custom, ...profile } = valid;
  return {
    ...(profile as ImportRecord),
    ...(hash === undefined ? {} : { password_hash: new Secret(hash as string) }),
    ...(custom === undefined ? {} : { custom_password_hash: customHashFromJson(custom as JsonObject) }),
  };
}

/** The typed object for one that meets the schema. */
export function customHashFromJson(custom: JsonObject): CustomPasswordHash {
  const hash = custom['hash'] as JsonObject;
  const key = hash['key'] as JsonObject | undefined;
  const salt = custom['salt'] as JsonObject | undefined;
  const wrapped = {
    ...custom,
    hash: { ...wrappedValue(hash), ...(key === undefined ? {} : { key: wrappedValue(key) }) },
    ...(salt === undefined ? {} : { salt: wrappedValue(salt) }),
  };
  // The validator has checked every member against this very shape.
  return wrapped as unknown as CustomPasswordHash;
}

function wrappedValue(object: JsonObject): { readonly [name: string]: Json | Secret } {
  return { ...object, value: new Secret(object['value'] as string) };
}
