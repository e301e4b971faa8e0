import assert from 'node:assert/strict';
import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import type { Phase, Replica, Verdict } from '#engine/ports/replica.ts';
import type { ReplicaComparison } from '#engine/ports/replica-comparison.ts';
import { sameKey, verdictCursor, verdictOf } from './verdict-cursor.ts';

const SAMPLES_PER_GROUP = 5;
const ROWS_PER_PAGE = 500;

/** A user of both trials, or of one: the other side is null. */
interface Pair {
  readonly a: Verdict | null;
  readonly b: Verdict | null;
}

/** One user of a comparison list. `position` is the one in the trial the list goes by. */
export interface ComparedUser {
  readonly position: number;
  readonly key: LegacyKey;
  readonly legacyId: string | null;
}

export interface ComparedPage {
  readonly users: readonly ComparedUser[];
  /** Pass as `afterPosition` for the next page; null when there is nothing more. */
  readonly next: number | null;
}

/** Every user of both trials once, by legacy key. Two ordered walks: memory does not grow with the trials. */
export function compareReplicas(a: Replica, b: Replica, phase: Phase): ReplicaComparison {
  const counts = { same: 0, fixed: 0, broken: 0, changedCause: 0, onlyInA: 0, onlyInB: 0 };
  const groups = new Map<
    string,
    { from: string | null; to: string | null; users: number; samples: ComparedUser[] }
  >();
  for (const pair of pairs(a, b, phase)) {
    const kind = kindOf(pair);
    counts[kind] += 1;
    if (kind === 'same' || kind === 'onlyInA' || kind === 'onlyInB') continue;
    const from = pair.a!.cause;
    const to = pair.b!.cause;
    const id = JSON.stringify([from, to]);
    const group = groups.get(id) ?? { from, to, users: 0, samples: [] };
    groups.set(id, group);
    group.users += 1;
    if (group.samples.length < SAMPLES_PER_GROUP) group.samples.push(pair.a!);
  }
  const bySize = [...groups.values()].sort(
    (x, y) => y.users - x.users || order(x.from, y.from) || order(x.to, y.to),
  );
  return {
    ...counts,
    groups: bySize.map((group) => ({
      ...group,
      samples: group.samples.map(({ key, legacyId }) => ({ key, legacyId })),
    })),
  };
}

/**
 * Users whose cause went `from` one `to` another (null: ok), in the order of the trial with the cause that
 * decides: `a` where it had one, else `b`. At most `limit`, found through the index of causes.
 */
export function usersOfChange(
  a: Replica,
  b: Replica,
  phase: Phase,
  change: { readonly from: string | null; readonly to: string | null },
  afterPosition: number,
  limit: number,
): ComparedPage {
  const { from, to } = change;
  assert(from !== to, 'our bug: a change from a cause to itself');
  const [walked, cause, other, wanted] = from === null ? [b, to!, a, from] : [a, from, b, to];
  return collect(limit, afterPosition, (after) =>
    walked.outcomes({ phase, cause }, after, ROWS_PER_PAGE).map((outcome) => {
      const verdict = verdictOf(other, phase, outcome.key);
      return { ...listed(outcome), matches: verdict !== null && verdict.cause === wanted };
    }),
  );
}

/** Users of `one` that `other` does not have, in the order of `one`; at most `limit`. */
export function usersOnlyIn(
  one: Replica,
  other: Replica,
  phase: Phase,
  afterPosition: number,
  limit: number,
): ComparedPage {
  const users: ComparedUser[] = [];
  for (const { a, b } of pairsOfFirst(one, other, phase, afterPosition)) {
    if (b !== null) continue;
    if (users.length === limit) return { users, next: users.at(-1)?.position ?? afterPosition };
    users.push(listed(a));
  }
  return { users, next: null };
}

function kindOf({ a, b }: Pair): Exclude<keyof ReplicaComparison, 'groups'> {
  if (b === null) return 'onlyInA';
  if (a === null) return 'onlyInB';
  if (a.cause === b.cause) return 'same';
  if (b.cause === null) return 'fixed';
  return a.cause === null ? 'broken' : 'changedCause';
}

function* pairs(a: Replica, b: Replica, phase: Phase): IterableIterator<Pair> {
  let matched = 0;
  for (const pair of pairsOfFirst(a, b, phase, -1)) {
    if (pair.b !== null) matched += 1;
    yield pair;
  }
  if (matched === b.counts(phase).done) return;
  for (const pair of pairsOfFirst(b, a, phase, -1)) {
    if (pair.b === null) yield { a: null, b: pair.a };
  }
}

/**
 * Every user of `one` with its verdict in `other`. As long as both list the same users, two cursors run side by
 * side; where they part, the user is looked up by key and the second cursor catches up.
 */
function* pairsOfFirst(
  one: Replica,
  other: Replica,
  phase: Phase,
  afterPosition: number,
): IterableIterator<{ readonly a: Verdict; readonly b: Verdict | null }> {
  const first = verdictCursor(one, phase, afterPosition);
  const second = verdictCursor(other, phase, afterPosition);
  for (let a = first.head(); a !== null; a = first.head()) {
    first.advance();
    const beside = second.head();
    if (beside !== null && sameKey(a.key, beside.key)) {
      second.advance();
      yield { a, b: beside };
      continue;
    }
    const b = verdictOf(other, phase, a.key);
    if (b !== null) second.skipPast(b.position);
    yield { a, b };
  }
}

type Candidate = ComparedUser & { readonly matches: boolean };

/** Pages through candidates until `limit` match; knows whether one more would. */
function collect(
  limit: number,
  afterPosition: number,
  page: (after: number) => readonly Candidate[],
): ComparedPage {
  const users: ComparedUser[] = [];
  let after = afterPosition;
  for (;;) {
    const candidates = page(after);
    for (const { matches, ...user } of candidates) {
      if (!matches) continue;
      if (users.length === limit) return { users, next: users.at(-1)?.position ?? afterPosition };
      users.push(user);
    }
    if (candidates.length < ROWS_PER_PAGE) return { users, next: null };
    after = candidates.at(-1)!.position;
  }
}

function listed({ position, key, legacyId }: ComparedUser): ComparedUser {
  return { position, key, legacyId };
}

function order(a: string | null, b: string | null): number {
  return (a ?? '').localeCompare(b ?? '', 'en');
}
