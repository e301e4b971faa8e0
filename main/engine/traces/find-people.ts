import type { FieldMapping, LegacyKey } from '#domain/profile/legacy-user.ts';
import { Fault } from '#engine/fault.ts';
import type { LegacyRecord, LegacyStore } from '#engine/ports/legacy-store.ts';
import { possibleKeys } from '#engine/scripts/possible-keys.ts';

const KEY = 'key:';
/** More than anybody wants to choose from. */
const MOST_PEOPLE = 20;
const PAGE = 2_000;

/** The key that `key:…` names, as it may be meant; null for other names. */
export function keysNamed(who: string): readonly LegacyKey[] | null {
  return who.startsWith(KEY) ? possibleKeys(who.slice(KEY.length)) : null;
}

/** Legacy rows that a name may mean: by key, else by e-mail address, username or id, case set aside. */
export async function findPeople(
  store: LegacyStore,
  mapping: FieldMapping,
  who: string,
): Promise<readonly LegacyRecord[]> {
  const keys = keysNamed(who);
  if (keys !== null) return byKeys(store, keys);
  const names = [mapping.email, mapping.username].filter((column) => column !== undefined);
  const found = store.withText === undefined ? await scanFor(store, [...names, mapping.id], who) : [];
  if (store.withText !== undefined) {
    for (const columns of [names, [mapping.id]]) {
      if (columns.length > 0) found.push(...(await askFor(store, columns, who)));
    }
    // A column of numbers has no comparison with a text; the key is often the id.
    if (found.length === 0) found.push(...(await byKeys(store, possibleKeys(who))));
  }
  const seen = new Set<string>();
  return found.filter(
    ({ key }) => !seen.has(JSON.stringify(key)) && seen.add(JSON.stringify(key)) !== undefined,
  );
}

async function byKeys(store: LegacyStore, keys: readonly LegacyKey[]): Promise<LegacyRecord[]> {
  for (const key of keys) {
    const row = await orNothing(store.find(key), null);
    if (row !== null) return [{ kind: 'row', key, row }];
  }
  return [];
}

async function askFor(
  store: LegacyStore,
  columns: readonly string[],
  who: string,
): Promise<readonly LegacyRecord[]> {
  return orNothing(store.withText?.(columns, who, MOST_PEOPLE) ?? Promise.resolve([]), []);
}

/** A number column has no comparison with a text, nor a key of numbers with a name. */
async function orNothing<T>(asked: Promise<T>, nothing: T): Promise<T> {
  try {
    return await asked;
  } catch (trouble) {
    if (trouble instanceof Fault && (trouble.kind === 'legacy-query' || trouble.kind === 'input-invalid')) {
      return nothing;
    }
    throw trouble;
  }
}

/** Files have no look-up: they are read to their end, as more than one row may fit. */
async function scanFor(store: LegacyStore, columns: readonly string[], who: string): Promise<LegacyRecord[]> {
  const wanted = who.toLowerCase();
  const found: LegacyRecord[] = [];
  let after: LegacyKey | null = null;
  do {
    const page = await store.page(after, PAGE);
    for (const record of page.records) {
      if (record.kind !== 'row') continue;
      const { row } = record;
      if (columns.some((column) => textOf(row[column]) === wanted)) found.push(record);
      if (found.length === MOST_PEOPLE) return found;
    }
    after = page.next;
  } while (after !== null);
  return found;
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value.toLowerCase();
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : null;
}
