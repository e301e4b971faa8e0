import type { AssumptionName, Assumptions } from '#domain/assumptions.ts';

export interface TrackedAssumptions {
  readonly assumptions: Assumptions;
  /** Switches that were looked at since the last call, in the order of the catalog. */
  takeUsed(): readonly AssumptionName[];
}

/** The same assumptions, and a note of which of them a decision asked for. */
export function trackAssumptions(assumptions: Assumptions): TrackedAssumptions {
  const used = new Set<AssumptionName>();
  const names = Object.keys(assumptions) as AssumptionName[];
  const tracked = {};
  for (const name of names) {
    Object.defineProperty(tracked, name, {
      enumerable: true,
      get: () => {
        used.add(name);
        return assumptions[name];
      },
    });
  }
  return {
    assumptions: tracked as Assumptions,
    takeUsed: () => {
      const taken = names.filter((name) => used.has(name));
      used.clear();
      return taken;
    },
  };
}
