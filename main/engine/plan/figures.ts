import type { Figure, PlanEstimate } from '#contract/plan.ts';
import type { Estimate } from '#domain/plan/forecast.ts';
import type { Source } from '#domain/plan/source.ts';

export function figure(value: number, ...from: readonly Source[]): Figure {
  return { value, from: distinct(from) };
}

export function documented(what: string): Source {
  return { kind: 'documented', what };
}

/** Whole users: the expected number rounded, the bounds outwards. */
export function usersOf(
  estimate: Estimate,
  from: readonly Source[],
): PlanEstimate & { readonly expected: number } {
  return {
    expected: Math.round(estimate.expected),
    lower: Math.max(0, Math.floor(estimate.lower)),
    upper: atMost(estimate.upper),
    from: distinct(from),
  };
}

/** Up to the next whole user; a sample's scale may leave a last bit too much. */
export function atMost(users: number): number {
  return Math.ceil(users - 1e-6);
}

/** A number that no forecast is needed for. */
export function exactly(users: number, from: readonly Source[]): PlanEstimate {
  return { expected: users, lower: users, upper: users, from: distinct(from) };
}

/** What is left of so many users when those of the estimate are gone; bounds only where nothing is known. */
export function remaining(users: number, gone: PlanEstimate | null, from: readonly Source[]): PlanEstimate {
  if (users === 0) return exactly(0, from);
  if (gone === null) return { expected: null, lower: 0, upper: users, from: distinct(from) };
  const within = (value: number) => Math.min(users, Math.max(0, value));
  return {
    expected: gone.expected === null ? null : within(users - gone.expected),
    lower: within(users - gone.upper),
    upper: within(users - gone.lower),
    from: distinct([...from, ...gone.from]),
  };
}

export function sum(estimates: readonly PlanEstimate[]): PlanEstimate {
  const add = (of: (one: PlanEstimate) => number) => estimates.reduce((total, one) => total + of(one), 0);
  return {
    expected: estimates.some(({ expected }) => expected === null)
      ? null
      : add(({ expected }) => expected ?? 0),
    lower: add(({ lower }) => lower),
    upper: add(({ upper }) => upper),
    from: distinct(estimates.flatMap(({ from }) => from)),
  };
}

function distinct(from: readonly Source[]): Source[] {
  const seen = new Set<string>();
  return from.filter((one) => {
    const name = JSON.stringify(one);
    return !seen.has(name) && seen.add(name) !== undefined;
  });
}
