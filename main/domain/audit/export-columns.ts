import type { JsonObject } from '#domain/json.ts';

/** Headings that the import and export extension gives the fields of its default export. */
export const DEFAULT_HEADINGS: Readonly<Record<string, string>> = {
  Id: 'user_id',
  'Given Name': 'given_name',
  'Family Name': 'family_name',
  Nickname: 'nickname',
  Name: 'name',
  Email: 'email',
  'Email Verified': 'email_verified',
  Picture: 'picture',
  Connection: 'identities[0].connection',
  'Created At': 'created_at',
  'Updated At': 'updated_at',
};

/** Column or key of an export to the tenant's name of the field: `Id` to `user_id`. */
export type ColumnNames = Readonly<Record<string, string>>;

/** The field behind a heading; what nobody renamed is its own name. */
export function fieldOf(heading: string, renamed: ColumnNames): string {
  if (Object.hasOwn(renamed, heading)) return renamed[heading]!;
  return Object.hasOwn(DEFAULT_HEADINGS, heading) ? DEFAULT_HEADINGS[heading]! : heading;
}

/** An NDJSON object under the tenant's names. Null where no key was renamed: the object itself is fine. */
export function renamedKeys(
  keys: readonly string[],
  renamed: ColumnNames,
): ReadonlyMap<string, string> | null {
  const changed = keys.filter((key) => fieldOf(key, renamed) !== key);
  return changed.length === 0 ? null : new Map(keys.map((key) => [key, fieldOf(key, renamed)]));
}

/** A place below the root: `user_metadata.address.city`, `identities[0].connection`. */
export function pathParts(field: string): readonly string[] {
  return field.split(/[.[\]]+/).filter((part) => part !== '');
}

/** A nested object out of leaves. Lists come out as objects with numbers for names. */
export function nested(leaves: Iterable<readonly [path: readonly string[], value: string]>): JsonObject {
  const root: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [path, value] of leaves) {
    let at = root;
    for (const name of path.slice(0, -1)) {
      const next = at[name];
      at[name] =
        typeof next === 'object' && next !== null ? next : (Object.create(null) as Record<string, unknown>);
      at = at[name] as Record<string, unknown>;
    }
    at[path.at(-1)!] = value;
  }
  return root as JsonObject;
}
