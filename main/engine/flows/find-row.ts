import { Fault } from '#engine/fault.ts';
import type { LegacyRecord, LegacyStore } from '#engine/ports/legacy-store.ts';
import type { Project } from '#engine/ports/project-store.ts';
import { type PreparedUser, prepareUser } from '#engine/trials/prepare-user.ts';

const PAGE = 2_000;

/** The legacy row of a person by address or username, upper and lower case set aside; null where there is none. */
export async function findRow(
  { settings }: Project,
  store: LegacyStore,
  identifier: string,
  nowMs: number,
): Promise<PreparedUser | null> {
  const { fields } = settings;
  const columns = [fields.email, fields.username].filter((column) => column !== undefined);
  if (columns.length === 0) return null;
  const record =
    store.withText === undefined
      ? await scanFor(store, columns, identifier)
      : await askFor(store, columns, identifier);
  return record === null ? null : prepareUser(record, 0, fields, nowMs);
}

async function askFor(
  store: LegacyStore,
  columns: readonly string[],
  identifier: string,
): Promise<LegacyRecord | null> {
  try {
    return (await store.withText?.(columns, identifier, 1))?.[0] ?? null;
  } catch (trouble) {
    // A number column, say, has no comparison with a text; the scripts know better how to look people up.
    if (trouble instanceof Fault && trouble.kind === 'legacy-query') return null;
    throw trouble;
  }
}

/** Files have no look-up: they are read until the row is there. */
async function scanFor(
  store: LegacyStore,
  columns: readonly string[],
  identifier: string,
): Promise<LegacyRecord | null> {
  const wanted = identifier.toLowerCase();
  let after: LegacyRecord['key'] | null = null;
  do {
    const page = await store.page(after, PAGE);
    const found = page.records.find(
      (record) =>
        record.kind === 'row' &&
        columns.some((column) => {
          const value = record.row[column];
          return typeof value === 'string' && value.toLowerCase() === wanted;
        }),
    );
    if (found !== undefined) return found;
    after = page.next;
  } while (after !== null);
  return null;
}
