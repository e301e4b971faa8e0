import type { FieldMapping, LegacyKey, LegacyUser } from '#domain/profile/legacy-user.ts';
import { mapRow } from '#domain/profile/map-row.ts';
import { Fault } from '#engine/fault.ts';
import type { LegacyRecord, LegacyStore } from '#engine/ports/legacy-store.ts';

const PAGE = 2_000;
/** Rows that share one identifier: more than this need not be told apart. */
const MOST_SHARING = 10;

export type ReportReading = (done: number, expected: number) => void;

/** Every record of the users query in the order of its key, page after page. */
export async function eachRecord(
  store: LegacyStore,
  visit: (record: LegacyRecord) => void,
  report: ReportReading,
  signal: AbortSignal,
): Promise<void> {
  const expected = await store.count({ signal });
  let after: LegacyKey | null = null;
  let done = 0;
  report(0, expected);
  do {
    const page = await store.page(after, PAGE, { signal });
    for (const record of page.records) visit(record);
    done += page.records.length;
    report(done, Math.max(expected, done));
    after = page.next;
  } while (after !== null);
}

/**
 * Legacy users by e-mail address or username, upper and lower case set aside as in a login. Identifiers are given
 * and answered in lower case.
 */
export async function usersByIdentifier(
  store: LegacyStore,
  fields: FieldMapping,
  identifiers: readonly string[],
  report: ReportReading,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly LegacyUser[]>> {
  const found = new Map<string, LegacyUser[]>(identifiers.map((identifier) => [identifier, []]));
  const take = (record: LegacyRecord) => {
    if (record.kind === 'unreadable') return;
    const { user } = mapRow(record.row, record.key, fields);
    if (user === null) return;
    for (const name of new Set([user.email?.toLowerCase(), user.username?.toLowerCase()])) {
      if (name !== undefined) found.get(name)?.push(user);
    }
  };
  if (identifiers.length === 1) {
    for (const record of await foundByDatabase(store, fields, identifiers[0]!, signal)) take(record);
    if (found.get(identifiers[0]!)!.length > 0) return found;
  }
  await eachRecord(store, take, report, signal);
  return found;
}

/** What the database itself finds, which an index makes quick; nothing where it cannot compare. */
async function foundByDatabase(
  store: LegacyStore,
  fields: FieldMapping,
  identifier: string,
  signal: AbortSignal,
): Promise<readonly LegacyRecord[]> {
  const columns = [fields.email, fields.username].filter((column) => column !== undefined);
  if (store.withText === undefined || columns.length === 0) return [];
  try {
    return await store.withText(columns, identifier, MOST_SHARING, { signal });
  } catch (error) {
    // A number column, say, has no comparison with a text.
    if (error instanceof Fault && error.kind === 'legacy-query') return [];
    throw error;
  }
}

/** The legacy user with this key. Whole numbers typed as text are tried as numbers too. */
export async function userByKey(
  store: LegacyStore,
  fields: FieldMapping,
  key: LegacyKey,
  signal: AbortSignal,
): Promise<LegacyUser | null> {
  for (const tried of [key.map(asNumber), key]) {
    const row = await store.find(tried, { signal });
    if (row !== null) return mapRow(row, key, fields).user;
  }
  return null;
}

function asNumber(part: string | number): string | number {
  const number = Number(part);
  return typeof part === 'string' && /^-?\d+$/.test(part) && Number.isSafeInteger(number) ? number : part;
}
