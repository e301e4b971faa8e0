import { create } from 'zustand';
import type { Attempt } from '#contract/scripts.ts';
import type { PipelineRun } from '#contract/pipeline.ts';

export type Slot = Attempt['slot'];

/** One try as it came back. No password is in it. */
export interface Try {
  readonly id: number;
  readonly slot: Slot;
  readonly scenario: string;
  readonly identifier: string;
  /** Unix milliseconds. */
  readonly at: number;
  /** From the press of the key to the answer. */
  readonly tookMs: number;
  readonly attempts: readonly Attempt[];
  readonly pipeline: PipelineRun | null;
}

const MOST = 50;

interface Tries {
  /** Newest first, by project folder. */
  readonly history: Readonly<Record<string, readonly Try[]>>;
  readonly add: (folder: string, one: Omit<Try, 'id'>) => Try;
}

let count = 0;

/** What was tried while the window has been open. Never written anywhere: values of people are in it. */
export const useTries = create<Tries>()((set) => ({
  history: {},
  add: (folder, one) => {
    count += 1;
    const added = { ...one, id: count };
    set((now) => ({
      history: { ...now.history, [folder]: [added, ...(now.history[folder] ?? [])].slice(0, MOST) },
    }));
    return added;
  },
}));
