import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { TrialOptions } from '#contract/trial-record.ts';

export type Key = readonly (string | number)[];

/** What is chosen for the next trial. Numbers are null while their field is empty. */
export interface TrialSetup {
  readonly kind: TrialOptions['kind'];
  readonly depth: TrialOptions['depth'];
  readonly order: TrialOptions['order'];
  readonly lazyDays: number | null;
  readonly who: 'everybody' | 'first' | 'where' | 'only';
  readonly first: number | null;
  readonly where: string;
  readonly only: readonly Key[];
  readonly container: TrialOptions['container'];
  /** What runs after a login: nothing, the project's Actions, or its Rules too. */
  readonly pipeline: NonNullable<TrialOptions['pipeline']>;
  readonly timeLimitSeconds: number | null;
  /** Null: as many as the engine finds right for this machine. */
  readonly workers: number | null;
  readonly upsert: boolean;
}

export const FIRST_SETUP: TrialSetup = {
  kind: 'lazy',
  depth: 'assumed',
  order: 'lazy-first',
  lazyDays: 90,
  who: 'everybody',
  first: 1_000,
  where: '',
  only: [],
  container: 'warm',
  pipeline: 'off',
  timeLimitSeconds: 20,
  workers: null,
  upsert: false,
};

interface TrialSetups {
  readonly setups: Readonly<Record<string, TrialSetup>>;
  readonly change: (folder: string, change: Partial<TrialSetup>) => void;
}

/** The set-up of the next trial by project, kept over reloads. */
export const useTrialSetups = create<TrialSetups>()(
  persist(
    (set) => ({
      setups: {},
      change: (folder, change) =>
        set(({ setups }) => ({
          setups: { ...setups, [folder]: { ...(setups[folder] ?? FIRST_SETUP), ...change } },
        })),
    }),
    { name: 'userferry.trial-setups', version: 1 },
  ),
);
