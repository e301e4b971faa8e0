import { create } from 'zustand';
import type { FormatsResult } from '#contract/passwords.ts';
import type { EngineClient } from '#renderer/api/client.ts';

export interface FormatRun {
  readonly progress: { readonly done: number; readonly expected: number } | null;
  readonly result: FormatsResult | null;
  readonly error: unknown;
  /** Null where nothing runs. */
  readonly stop: (() => void) | null;
}

const IDLE: FormatRun = { progress: null, result: null, error: null, stop: null };

interface FormatRuns {
  readonly runs: Readonly<Record<string, FormatRun>>;
  /** Counts anew; the last result stays until the new one is there. */
  readonly start: (client: EngineClient, project: string) => void;
}

/** Hash formats of each project as they were last counted. */
export const useFormatRuns = create<FormatRuns>()((set, get) => {
  const follow = async (client: EngineClient, project: string, abort: AbortController): Promise<void> => {
    const { signal } = abort;
    const stop = (): void => abort.abort();
    // A run that was replaced has nothing to say any more.
    const put = (change: Partial<FormatRun>): void =>
      set((now) => {
        const run = now.runs[project];
        return run?.stop === stop ? { runs: { ...now.runs, [project]: { ...run, ...change } } } : now;
      });
    const result = get().runs[project]?.result ?? null;
    set((now) => ({ runs: { ...now.runs, [project]: { ...IDLE, result, stop } } }));
    try {
      for await (const event of await client.passwords.formats({ project }, { signal })) {
        if (event.type === 'reading') put({ progress: event });
        else put({ result: event.result });
      }
      put({ progress: null, stop: null });
    } catch (error) {
      put({ progress: null, error: signal.aborted ? null : error, stop: null });
    }
  };
  return {
    runs: {},
    start: (client, project) => {
      get().runs[project]?.stop?.();
      void follow(client, project, new AbortController());
    },
  };
});
