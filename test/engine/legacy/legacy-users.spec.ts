import { expect, it } from 'vitest';
import type { LegacyDesk, LookedAt } from '#engine/legacy/legacy-desk.ts';
import { legacyUsers } from '#engine/legacy/legacy-users.ts';

it('answers the second page when the first, which the columns were judged for, is given up', async () => {
  const judging = Promise.withResolvers<void>();
  let judged = 0;
  const page = async (_after: unknown, limit: number, { signal }: { readonly signal: AbortSignal }) => {
    if (limit > 1) {
      judged += 1;
      await judging.promise;
    }
    signal.throwIfAborted();
    return { records: [{ kind: 'row', key: [1], row: { id: 1 } }], next: null };
  };
  const open = {
    project: { settings: { users: { table: 'users', key: ['id'] }, fields: { id: 'id' } } },
    access: { store: { page } },
    columns: ['id'],
    total: 1,
    places: {
      before: async () => ({ key: null }),
      visit: () => undefined,
      noted: { rows: 0, complete: true },
    },
    life: new AbortController().signal,
  } as unknown as LookedAt;
  const desk = {
    look: (_folder: string, _refresh: boolean, work: (one: LookedAt) => Promise<unknown>) => work(open),
  } as unknown as LegacyDesk;
  const ask = (signal: AbortSignal) =>
    legacyUsers(desk, { project: '', at: 0, limit: 1, personalData: false, refresh: false }, signal);
  const given = new AbortController();
  const first = ask(given.signal);
  const second = ask(new AbortController().signal);
  await new Promise((resolve) => setImmediate(resolve));
  given.abort();
  judging.resolve();
  const [, answered] = await Promise.allSettled([first, second]);
  expect([judged, answered]).toEqual([
    1,
    {
      status: 'fulfilled',
      value: expect.objectContaining({ total: 1, rows: [expect.anything()] }) as unknown,
    },
  ]);
});
