import assert from 'node:assert/strict';
import type { Phase, Replica, Verdict } from '#engine/ports/replica.ts';
import type {
  ComparedPage,
  ComparedUser,
  ReplicaComparer,
  ReplicaComparison,
  WantedCause,
} from '#engine/ports/replica-comparison.ts';
import { sameKey, verdictCursor, verdictOf } from './verdict-cursor.ts';

const SAMPLES_PER_GROUP = 5;
const ROWS_PER_PAGE = 500;
/** About ten milliseconds of work. */
const USERS_PER_STEP = 5_000;

/** A user of both trials, or of one: the other side is null. */
interface Pair {
  readonly a: Verdict | null;
  readonly b: Verdict | null;
}

export const replicaComparer: ReplicaComparer = { compare, usersOfChange, usersOnlyIn };

interface Group {
  readonly from: string | null;
  readonly to: string | null;
  users: number;
  readonly samples: Verdict[];
}

/** Every user of both trials once, by legacy key. Two ordered walks: memory does not grow with the trials. */
function* compare(a: Replica, b: Replica, phase: Phase): Generator<undefined, ReplicaComparison> {
  const counts = { same: 0, fixed: 0, broken: 0, changedCause: 0, onlyInA: 0, onlyInB: 0 };
  const groups = new Map<string, Group>();
  const causes = causeTally();
  let walked = 0;
  for (const pair of pairs(a, b, phase)) {
    if (++walked % USERS_PER_STEP === 0) yield;
    const kind = kindOf(pair);
    counts[kind] += 1;
    causes.add(pair);
    if (kind === 'same' || kind === 'onlyInA' || kind === 'onlyInB') continue;
    const from = pair.a!.cause;
    const to = pair.b!.cause;
    const id = JSON.stringify([from, to]);
    let group = groups.get(id);
    if (group === undefined) groups.set(id, (group = { from, to, users: 0, samples: [] }));
    group.users += 1;
    if (group.samples.length < SAMPLES_PER_GROUP) group.samples.push(pair.a!);
  }
  const bySize = [...groups.values()].sort(
    (x, y) => y.users - x.users || order(x.from, y.from) || order(x.to, y.to),
  );
  return {
    ...counts,
    causes: causes.rows(),
    groups: bySize.map((group) => ({
      ...group,
      samples: group.samples.map(({ key, legacyId }) => ({ key, legacyId })),
    })),
  };
}

function causeTally() {
  const sums = new Map<string, { a: number; b: number; same: number }>();
  const of = (cause: string) => {
    let sum = sums.get(cause);
    if (sum === undefined) sums.set(cause, (sum = { a: 0, b: 0, same: 0 }));
    return sum;
  };
  return {
    add({ a, b }: Pair): void {
      if (a !== null && a.cause !== null) of(a.cause).a += 1;
      if (b !== null && b.cause !== null) of(b.cause).b += 1;
      if (a !== null && b !== null && a.cause !== null && a.cause === b.cause) of(a.cause).same += 1;
    },
    rows: (): ReplicaComparison['causes'] =>
      [...sums]
        .map(([cause, sum]) => ({ cause, ...sum }))
        .sort((x, y) => Math.abs(y.b - y.a) - Math.abs(x.b - x.a) || y.a - x.a || order(x.cause, y.cause)),
  };
}

/**
 * Users of a change, in the order of the trial with the cause that decides: `a` where it had one, else `b`. Found
 * through the index of causes.
 */
function* usersOfChange(
  a: Replica,
  b: Replica,
  phase: Phase,
  change: { readonly from: WantedCause; readonly to: WantedCause },
  afterPosition: number,
  limit: number,
): Generator<undefined, ComparedPage> {
  const { from, to } = change;
  assert(from !== to || from === 'any', 'our bug: a change from a cause to itself');
  const byFirst = from !== null;
  const [walked, other, cause] = byFirst ? [a, b, from] : [b, a, to!];
  return yield* collect(limit, afterPosition, (after) =>
    withCause(walked, phase, cause, after).map((outcome) => {
      const verdict = verdictOf(other, phase, outcome.key);
      const [before, now] = byFirst ? [outcome, verdict] : [verdict, outcome];
      const matches =
        before !== null &&
        now !== null &&
        before.cause !== now.cause &&
        fits(before.cause, from) &&
        fits(now.cause, to);
      return { ...listed(outcome, before?.cause ?? null, now?.cause ?? null), matches };
    }),
  );
}

function withCause(replica: Replica, phase: Phase, cause: string, after: number): readonly Verdict[] {
  return cause === 'any'
    ? replica.rejectsAfter(phase, after, ROWS_PER_PAGE)
    : replica.outcomes({ phase, cause }, after, ROWS_PER_PAGE);
}

function fits(cause: string | null, wanted: WantedCause): boolean {
  return wanted === 'any' ? cause !== null : cause === wanted;
}

function* usersOnlyIn(
  one: Replica,
  other: Replica,
  phase: Phase,
  afterPosition: number,
  limit: number,
): Generator<undefined, ComparedPage> {
  const users: ComparedUser[] = [];
  let walked = 0;
  for (const { a, b } of pairsOfFirst(one, other, phase, afterPosition)) {
    if (++walked % USERS_PER_STEP === 0) yield;
    if (b !== null) continue;
    if (users.length === limit) return { users, next: users.at(-1)?.position ?? afterPosition };
    users.push(listed(a, null, null));
  }
  return { users, next: null };
}

function kindOf({ a, b }: Pair): Exclude<keyof ReplicaComparison, 'groups' | 'causes'> {
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
function* collect(
  limit: number,
  afterPosition: number,
  page: (after: number) => readonly Candidate[],
): Generator<undefined, ComparedPage> {
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
    yield;
  }
}

function listed({ position, key, legacyId }: Verdict, from: string | null, to: string | null): ComparedUser {
  return { position, key, legacyId, from, to };
}

function order(a: string | null, b: string | null): number {
  return (a ?? '').localeCompare(b ?? '', 'en');
}
