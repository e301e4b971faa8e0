import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface FormDrafts<Draft> {
  readonly drafts: Readonly<Record<string, Partial<Draft>>>;
  readonly set: (folder: string, change: Partial<Draft>) => void;
}

/** A form as it is typed, one for each project, kept over a reload. Never for passwords. Answers the hook for it. */
export function createFormDrafts<Draft extends object>(name: string, empty: Draft) {
  const useStore = create<FormDrafts<Draft>>()(
    persist(
      (set) => ({
        drafts: {},
        set: (folder, change) =>
          set((now) => ({ drafts: { ...now.drafts, [folder]: { ...now.drafts[folder], ...change } } })),
      }),
      { name, version: 1 },
    ),
  );
  return function useFormDraft(folder: string): readonly [Draft, (change: Partial<Draft>) => void] {
    const draft = useStore((store) => store.drafts[folder]);
    const set = useStore((store) => store.set);
    return [{ ...empty, ...draft }, (change) => set(folder, change)];
  };
}
