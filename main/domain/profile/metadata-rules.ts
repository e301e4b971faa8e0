import type { Json, JsonObject } from '#domain/json.ts';
import { isJsonObject } from '#domain/profile/row-json.ts';
import { utf8Length } from '#domain/utf8.ts';

/** Keys that app_metadata may not have: it is merged over the root of the user that pipelines see. */
export const FORBIDDEN_APP_METADATA: ReadonlySet<string> = new Set(
  `
    __tenant _id blocked clientID created_at email_verified email globalClientID global_client_id
    identities lastIP lastLogin loginsCount metadata multifactor_last_modified multifactor updated_at
    user_id
  `
    .trim()
    .split(/\s+/),
);

/** Announced limit of a whole profile. */
export const PROFILE_BYTES = 10_240;

export function forbiddenKeys(appMetadata: JsonObject | null): readonly string[] {
  return appMetadata === null
    ? []
    : Object.keys(appMetadata).filter((key) => FORBIDDEN_APP_METADATA.has(key));
}

/** First key with a dot or a dollar sign, at any depth, as a path; or null. */
export function illegalKey(metadata: JsonObject | null, path: string): string | null {
  if (metadata === null) return null;
  for (const key of Object.keys(metadata)) {
    if (isIllegal(key)) return `${path}.${key}`;
    const value = metadata[key]!;
    // Most values are plain: a path is made for the others only.
    if (typeof value !== 'object' || value === null) continue;
    const inner = illegalKeyInside(value, `${path}.${key}`);
    if (inner !== null) return inner;
  }
  return null;
}

function isIllegal(key: string): boolean {
  return key.includes('.') || key.includes('$');
}

function illegalKeyInside(value: Json, path: string): string | null {
  if (isJsonObject(value)) return illegalKey(value, path);
  if (!Array.isArray(value)) return null;
  for (const [index, item] of (value as readonly Json[]).entries()) {
    if (typeof item !== 'object' || item === null) continue;
    const inner = illegalKeyInside(item, `${path}[${index}]`);
    if (inner !== null) return inner;
  }
  return null;
}

/** Bytes of a value as JSON in UTF-8. */
export function jsonBytes(value: Json): number {
  return utf8Length(JSON.stringify(value));
}
