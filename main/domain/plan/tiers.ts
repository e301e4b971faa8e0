import type { Assumptions } from '#domain/assumptions.ts';

/** What a kind of tenant allows, as far as it is documented. Null: nothing is said about it. */
export interface Tier {
  readonly title: string;
  /** Value of the assumption `import-rate` that speaks about this tier. */
  readonly importRate: Assumptions['import-rate'] | null;
  /** Sustained requests a second of the Management API, and how many at once before that counts. */
  readonly apiPerSecond: number | null;
  readonly apiBurst: number | null;
  /** Scripts, Actions, Rules and Hooks in flight at once, all of the tenant together. */
  readonly scriptsAtOnce: number;
}

/** Rate limit policy and bulk import pages of the Auth0 documentation; rates of imports are the assumption's. */
export const TIERS = {
  free: { title: 'Free', importRate: 'free-tier', apiPerSecond: 2, apiBurst: 2, scriptsAtOnce: 250 },
  essentials: {
    title: 'Essentials, Professional',
    importRate: null,
    apiPerSecond: 200 / 60,
    apiBurst: 20,
    scriptsAtOnce: 250,
  },
  enterprise: {
    title: 'Enterprise, production',
    importRate: 'enterprise',
    apiPerSecond: 16,
    apiBurst: 50,
    scriptsAtOnce: 250,
  },
  'enterprise-test': {
    title: 'Enterprise, test',
    importRate: null,
    apiPerSecond: 2,
    apiBurst: 10,
    scriptsAtOnce: 250,
  },
  'private-dev': privateCloud('Private, development', 100),
  'private-1x': privateCloud('Private, 1x', 200),
  'private-5x': privateCloud('Private, 5x', 400),
  'private-15x': privateCloud('Private, 15x and up', 1200),
} as const satisfies Record<string, Tier>;

export type TierName = keyof typeof TIERS;
export const TIER_NAMES = Object.keys(TIERS) as [TierName, ...TierName[]];

export function tierOf(assumptions: Assumptions): TierName {
  return assumptions['import-rate'] === 'enterprise' ? 'enterprise' : 'free';
}

function privateCloud(title: string, scriptsAtOnce: number): Tier {
  return { title, importRate: null, apiPerSecond: null, apiBurst: null, scriptsAtOnce };
}
