import type { Json, JsonObject } from '#domain/json.ts';
import type { Marker } from '#domain/audit/audit-user.ts';
import { rowDate } from '#domain/profile/row-date.ts';
import { isJsonObject } from '#domain/profile/row-json.ts';

/** Where app_metadata says that a user was migrated: dotted paths below app_metadata. */
export interface MarkerPaths {
  /** Present and not false: the user was migrated. A date counts as its own time. */
  readonly flag: string;
  readonly time?: string | undefined;
  readonly by?: string | undefined;
}

/** What Auth0's support proposes, and what `userferry audit marker` puts into scripts. */
export const DEFAULT_MARKERS: readonly MarkerPaths[] = [
  { flag: 'userferry.migratedAt', time: 'userferry.migratedAt', by: 'userferry.by' },
  { flag: 'lazyMigration', time: 'lazyMigrationTime' },
];

/** The first marker that the metadata have, or null. */
export function markerIn(appMetadata: JsonObject | null, markers: readonly MarkerPaths[]): Marker | null {
  if (appMetadata === null) return null;
  for (const paths of markers) {
    const flag = valueAt(appMetadata, paths.flag);
    if (!isSet(flag)) continue;
    const time = paths.time === undefined ? undefined : valueAt(appMetadata, paths.time);
    const by = paths.by === undefined ? undefined : valueAt(appMetadata, paths.by);
    return { at: dateOf(time) ?? dateOf(flag), by: typeof by === 'string' ? by : null };
  }
  return null;
}

/** Without what markers put there: nobody wants them reported as differences. */
export function withoutMarkers(appMetadata: JsonObject, markers: readonly MarkerPaths[]): JsonObject {
  const roots = new Set(
    markers.flatMap(({ flag, time, by }) =>
      [flag, time, by].flatMap((path) => (path === undefined ? [] : [path.split('.')[0]!])),
    ),
  );
  return Object.fromEntries(Object.entries(appMetadata).filter(([name]) => !roots.has(name)));
}

export function valueAt(object: JsonObject, path: string): Json | undefined {
  let value: Json | undefined = object;
  for (const name of path.split('.')) {
    if (!isJsonObject(value)) return undefined;
    value = value[name];
  }
  return value;
}

function isSet(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === false || value === 0 || value === '') return false;
  return typeof value !== 'string' || !/^(false|0|no)$/i.test(value);
}

const ISO_UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

function dateOf(value: Json | undefined): string | null {
  if (typeof value === 'string' && ISO_UTC.test(value)) return value;
  if (typeof value === 'string') return /^\d{4}-/.test(value) ? rowDate(value).iso : null;
  return typeof value === 'number' && value > 1e8 ? rowDate(value).iso : null;
}
