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
  const roots = rootsOf(markers);
  if (!roots.some((root) => Object.hasOwn(appMetadata, root))) return appMetadata;
  return Object.fromEntries(Object.entries(appMetadata).filter(([name]) => !roots.includes(name)));
}

const knownRoots = new WeakMap<readonly MarkerPaths[], readonly string[]>();

/** Asked for every user, so worked out once for all. */
function rootsOf(markers: readonly MarkerPaths[]): readonly string[] {
  const known = knownRoots.get(markers);
  if (known !== undefined) return known;
  const paths = markers.flatMap(({ flag, time, by }) => [flag, time, by]);
  const roots = [...new Set(paths.flatMap((path) => (path === undefined ? [] : [path.split('.')[0]!])))];
  knownRoots.set(markers, roots);
  return roots;
}

export function valueAt(object: JsonObject, path: string): Json | undefined {
  let value: Json | undefined = object;
  for (const name of namesIn(path)) {
    if (!isJsonObject(value)) return undefined;
    value = value[name];
  }
  return value;
}

const knownNames = new Map<string, readonly string[]>();
/** Paths come from settings and from the headings of a file. */
const MOST_KNOWN = 1_000;

function namesIn(path: string): readonly string[] {
  let names = knownNames.get(path);
  if (names === undefined) {
    names = path.split('.');
    if (knownNames.size < MOST_KNOWN) knownNames.set(path, names);
  }
  return names;
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
