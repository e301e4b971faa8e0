import { create } from 'zustand';
import type { Progress } from '#contract/trials.ts';

interface Followed {
  readonly folder: string;
  readonly progress: Progress;
}

interface TrialProgress {
  readonly trials: Readonly<Record<string, Followed>>;
  readonly note: (folder: string, progress: Progress) => void;
  readonly runningIn: (folder: string) => Followed | undefined;
}

/** The newest progress of every trial that is followed, for status bar, list and screen alike. */
export const useTrialProgress = create<TrialProgress>()((set, get) => ({
  trials: {},
  note: (folder, progress) =>
    set((now) => ({ trials: { ...now.trials, [progress.trial]: { folder, progress } } })),
  runningIn: (folder) =>
    Object.values(get().trials).find(
      (one) => one.folder === folder && ['running', 'paused'].includes(one.progress.status),
    ),
}));
