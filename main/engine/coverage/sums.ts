import type { CoverageUse } from '#contract/coverage.ts';
import type { CoverageSum, CoverageValue } from '#engine/ports/replica-coverage.ts';

export type Split = CoverageValue['split'];

export interface Counted extends CoverageSum {
  readonly total: number;
}

export function countsOf(split: Split): Counted {
  const sum = (name: keyof CoverageSum) => split.reduce((all, part) => all + part[name], 0);
  const [ok, failed, skipped] = [sum('ok'), sum('failed'), sum('skipped')];
  return { total: ok + failed + skipped, ok, failed, skipped };
}

/** By script and scenario, what came of it; in the order in which a user meets them. */
export function usesOf(split: Split): CoverageUse[] {
  const uses = new Map<
    string,
    { readonly use: Omit<CoverageUse, 'outcomes'>; outcomes: Map<string, number> }
  >();
  for (const part of split) {
    const users = part.ok + part.failed + part.skipped;
    if (users === 0) continue;
    for (const { script, scenario, outcome } of part.uses) {
      const id = `${script} ${scenario}`;
      let of = uses.get(id);
      if (of === undefined) uses.set(id, (of = { use: { script, scenario }, outcomes: new Map() }));
      of.outcomes.set(outcome, (of.outcomes.get(outcome) ?? 0) + users);
    }
  }
  return [...uses.values()].map(({ use, outcomes }) => ({
    ...use,
    outcomes: [...outcomes]
      .map(([outcome, users]) => ({ outcome, users }))
      .sort((a, b) => b.users - a.users || (a.outcome < b.outcome ? -1 : 1)),
  }));
}

/** What is left of a split when others are taken out of it. Throws where they are no part of it. */
export function without(whole: Split, parts: readonly Split[]): Split {
  const taken = new Map<string, { ok: number; failed: number; skipped: number }>();
  for (const part of parts.flat()) {
    const id = JSON.stringify(part.uses);
    const sums = taken.get(id) ?? { ok: 0, failed: 0, skipped: 0 };
    taken.set(id, sums);
    sums.ok += part.ok;
    sums.failed += part.failed;
    sums.skipped += part.skipped;
  }
  const left = whole.map((part) => {
    const id = JSON.stringify(part.uses);
    const gone = taken.get(id) ?? { ok: 0, failed: 0, skipped: 0 };
    taken.delete(id);
    const rest = {
      uses: part.uses,
      ok: part.ok - gone.ok,
      failed: part.failed - gone.failed,
      skipped: part.skipped - gone.skipped,
    };
    if (Math.min(rest.ok, rest.failed, rest.skipped) < 0) {
      throw new Error('coverage does not balance: a part has more users than the whole');
    }
    return rest;
  });
  if (taken.size > 0)
    throw new Error('coverage does not balance: a part has runs that the whole does not have');
  return left.filter((part) => part.ok + part.failed + part.skipped > 0);
}

export function merged(splits: readonly Split[]): Split {
  const sums = new Map<
    string,
    { uses: Split[number]['uses']; ok: number; failed: number; skipped: number }
  >();
  for (const part of splits.flat()) {
    const id = JSON.stringify(part.uses);
    const before = sums.get(id) ?? { uses: part.uses, ok: 0, failed: 0, skipped: 0 };
    sums.set(id, {
      uses: part.uses,
      ok: before.ok + part.ok,
      failed: before.failed + part.failed,
      skipped: before.skipped + part.skipped,
    });
  }
  return [...sums.values()];
}
