import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import type { Replica } from '#engine/ports/replica.ts';
import type { ComparedPage, ReplicaComparison, WantedCause } from '#engine/ports/replica-comparison.ts';
import { replicaComparer } from '#replica/compare.ts';
import { replicaOpener } from '#replica/replica-opener.ts';
import { outcome } from '#test/replica-samples.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

type Row = readonly [id: number, cause: string | null];

let folder: string;
let opened: Replica[];
beforeEach(() => {
  folder = temporaryFolder('replica');
  opened = [];
});
afterEach(() => {
  for (const replica of opened) replica.close();
  removeFolder(folder);
});

/** The result of work that comes in steps. */
function ended<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

const compareReplicas = (a: Replica, b: Replica, phase: 'lazy' | 'bulk'): ReplicaComparison =>
  ended(replicaComparer.compare(a, b, phase));
const usersOfChange = (...args: Parameters<typeof replicaComparer.usersOfChange>): ComparedPage =>
  ended(replicaComparer.usersOfChange(...args));
const usersOnlyIn = (...args: Parameters<typeof replicaComparer.usersOnlyIn>): ComparedPage =>
  ended(replicaComparer.usersOnlyIn(...args));

/** A trial whose users come in the order of the rows. */
function trial(rows: readonly Row[]): Replica {
  const replica = replicaOpener.open(join(folder, `${opened.length}.db`));
  opened.push(replica);
  replica.batch((batch) => {
    rows.forEach(([id, cause], position) => {
      const status = cause === null ? 'ok' : 'failed';
      batch.outcome(outcome(position, 'lazy', { key: [id], legacyId: `${id}`, status, cause }));
    });
    batch.checkpoint({ phase: 'lazy', after: [rows.at(-1)?.[0] ?? 0], done: rows.length, finished: true });
  });
  return replica;
}

const user = (id: number) => ({ key: [id] as LegacyKey, legacyId: `${id}` });
const keys = (page: ComparedPage): number[] => page.users.map((one) => one.key[0] as number);
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

describe('comparing two trials', () => {
  it('tells fixed, broken, changed, missing and new users apart', () => {
    const a = trial([[1, null], [2, 'a.x'], [3, null], [4, 'a.x'], [5, 'a.x'], [6, null], [8, 'a.y'], [9, 'a.x']]);
    const b = trial([[1, null], [2, null], [3, 'a.y'], [4, 'a.y'], [5, 'a.x'], [7, null], [8, 'a.y'], [9, null]]);
    expect(compareReplicas(a, b, 'lazy')).toEqual({
      same: 3, fixed: 2, broken: 1, changedCause: 1, onlyInA: 1, onlyInB: 1,
      causes: [{ cause: 'a.x', a: 4, b: 1, same: 1 }, { cause: 'a.y', a: 1, b: 3, same: 1 }],
      groups: [
        { from: 'a.x', to: null, users: 2, samples: [user(2), user(9)] },
        { from: null, to: 'a.y', users: 1, samples: [user(3)] },
        { from: 'a.x', to: 'a.y', users: 1, samples: [user(4)] },
      ],
    });
    expect(compareReplicas(a, b, 'bulk')).toEqual({
      same: 0, fixed: 0, broken: 0, changedCause: 0, onlyInA: 0, onlyInB: 0, causes: [], groups: [],
    });
  }); // biome-ignore format: a table

  it('goes by the key where positions differ: rows added, removed and in another order', () => {
    const a = trial(range(0, 5_000).map((id) => [id, id % 10 === 0 ? 'a.x' : null]));
    const moved = [...range(9_000, 12_000), ...range(2_500, 5_000), ...range(0, 2_400)];
    const b = trial(moved.map((id) => [id, id % 20 === 0 ? 'a.x' : null]));
    const { groups, ...counts } = compareReplicas(a, b, 'lazy');
    expect(counts).toEqual({
      same: 4_655,
      fixed: 245,
      broken: 0,
      changedCause: 0,
      onlyInA: 100,
      onlyInB: 3_000,
      causes: [{ cause: 'a.x', a: 500, b: 395, same: 245 }],
    });
    expect(groups).toEqual([{ from: 'a.x', to: null, users: 245, samples: [10, 30, 50, 70, 90].map(user) }]);
  });

  it('keeps a few samples of a big group', () => {
    const a = trial(range(0, 3_000).map((id) => [id, null]));
    const b = trial(range(0, 3_000).map((id) => [id, 'a.x']));
    expect(compareReplicas(a, b, 'lazy').groups).toEqual([
      { from: null, to: 'a.x', users: 3_000, samples: range(0, 5).map(user) },
    ]);
  });
});

describe('lists of a comparison', () => {
  it('page through the users of one change, from whichever side has the cause', () => {
    const a = trial(range(0, 4_000).map((id) => [id, id % 2 === 0 ? 'a.x' : null]));
    const b = trial(range(0, 4_000).map((id) => [id, id % 3 === 0 ? 'a.y' : id % 4 === 0 ? 'a.x' : null]));
    const causes = (id: number): readonly [string | null, string | null] => [
      id % 2 === 0 ? 'a.x' : null,
      id % 3 === 0 ? 'a.y' : id % 4 === 0 ? 'a.x' : null,
    ];
    const fits = (cause: string | null, wanted: WantedCause): boolean =>
      wanted === 'any' ? cause !== null : cause === wanted;
    const expected = (from: WantedCause, to: WantedCause): number[] =>
      range(0, 4_000).filter((id) => {
        const [before, after] = causes(id);
        return before !== after && fits(before, from) && fits(after, to);
      });
    for (const change of [
      { from: 'a.x', to: 'a.y' },
      { from: 'a.x', to: null },
      { from: null, to: 'a.y' },
      { from: 'any', to: null },
      { from: null, to: 'any' },
      { from: 'any', to: 'any' },
    ] as const) {
      const found: number[] = [];
      let next: number | null = -1;
      while (next !== null) {
        const page: ComparedPage = usersOfChange(a, b, 'lazy', change, next, 100);
        found.push(...keys(page));
        next = page.next;
      }
      expect(found).toEqual(expected(change.from, change.to));
    }
    expect(usersOfChange(a, b, 'lazy', { from: null, to: 'a.z' }, -1, 5)).toEqual({ users: [], next: null });
  });

  it('page through the users only one trial has', () => {
    const a = trial(range(0, 3_000).map((id) => [id, null]));
    const b = trial(
      range(0, 3_000)
        .filter((id) => id % 7 !== 0)
        .map((id) => [id, null]),
    );
    const missing = range(0, 3_000).filter((id) => id % 7 === 0);
    const first = usersOnlyIn(a, b, 'lazy', -1, 400);
    const rest = usersOnlyIn(a, b, 'lazy', first.next!, 400);
    expect([keys(first), keys(rest), rest.next]).toEqual([missing.slice(0, 400), missing.slice(400), null]);
    expect(usersOnlyIn(b, a, 'lazy', -1, 5)).toEqual({ users: [], next: null });
  });
});
