import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import type { LegacyPage, LegacyRecord, LegacyStore } from '#engine/ports/legacy-store.ts';

/** The users of one trial in their stable order: all of them, the first N, or single ones by key. */
export interface UserSource {
  readonly expected: number;
  /** Records after `after`, of which `done` came before; `next` is null at the end. */
  page(after: LegacyKey | null, done: number, limit: number): Promise<LegacyPage>;
}

export interface UserFilter {
  readonly limit?: number | undefined;
  readonly only?: readonly LegacyKey[] | undefined;
}

export async function openUserSource(store: LegacyStore, filter: UserFilter): Promise<UserSource> {
  if (filter.only !== undefined) return singleUsers(store, filter.only);
  const rows = await store.count();
  const expected = Math.min(rows, filter.limit ?? rows);
  return {
    expected,
    page: async (after, done, limit) => {
      const left = expected - done;
      if (left <= 0) return { records: [], next: null };
      const page = await store.page(after, Math.min(limit, left));
      return done + page.records.length >= expected ? { records: page.records, next: null } : page;
    },
  };
}

function singleUsers(store: LegacyStore, keys: readonly LegacyKey[]): UserSource {
  return {
    expected: keys.length,
    page: async (_after, done, limit) => {
      const wanted = keys.slice(done, done + limit);
      const records: LegacyRecord[] = [];
      for (const key of wanted) {
        const row = await store.find(key);
        records.push(
          row === null
            ? { kind: 'unreadable', key, reason: 'no row has this key any more' }
            : { kind: 'row', key, row },
        );
      }
      const last = wanted.at(-1);
      return { records, next: last !== undefined && done + wanted.length < keys.length ? last : null };
    },
  };
}
