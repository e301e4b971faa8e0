import type { Json, JsonObject } from '#domain/json.ts';
import type { MetadataChange } from '#domain/pipeline/effects.ts';
import type { PipelineUser } from '#domain/pipeline/pipeline-user.ts';
import { FORBIDDEN_APP_METADATA, illegalKey, jsonBytes } from '#domain/profile/metadata-rules.ts';

/** Of each kind of metadata that one login may write. */
const MOST_BYTES = 32 * 1024;

/** Why the tenant would not write a change, in words; null if it would. */
export function metadataRefusal(
  change: MetadataChange,
  before: readonly MetadataChange[],
  user: PipelineUser | null,
): string | null {
  const { store, key, value } = change;
  if (store === 'app_metadata' && FORBIDDEN_APP_METADATA.has(key))
    return 'a key that app_metadata may not have';
  if (illegalKey({ [key]: value }, store) !== null) return 'a key with a dot or a dollar sign';
  const written = before.filter((one) => one.store === store && one.key !== key);
  const bytes = [...written, change].reduce((sum, one) => sum + jsonBytes({ [one.key]: one.value }), 0);
  if (bytes > MOST_BYTES) return `a login writes at most ${MOST_BYTES / 1024} KB of it`;
  const kept = user === null ? null : user.profile[store === 'app_metadata' ? 'appMetadata' : 'userMetadata'];
  return kept !== null && Array.isArray(kept) ? 'the metadata are no object' : null;
}

/** Metadata with the changes of a login merged in, one level deep as the tenant does. */
export function metadataAfter(
  before: JsonObject | null,
  changes: readonly MetadataChange[],
  store: MetadataChange['store'],
): JsonObject | null {
  const mine = changes.filter((one) => one.store === store);
  if (mine.length === 0) return before;
  const after = new Map<string, Json>(Object.entries(before ?? {}));
  for (const { key, value } of mine) {
    if (value === null) after.delete(key);
    else after.set(key, value);
  }
  return Object.fromEntries(after);
}
