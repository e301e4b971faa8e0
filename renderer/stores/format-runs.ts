import { create } from 'zustand';
import type { FormatsResult } from '#contract/passwords.ts';
import type { EngineClient } from '#renderer/api/client.ts';

export interface FormatRun {
  readonly progress: { readonly done: number; readonly expected: number } | null;
  readonly result: FormatsResult | null;
  readonly error: unknown;
  readonly stop: (() => void) | null;
}

const IDLE: FormatRun = { progress: null, result: null, error: null, stop: null };

interface FormatRuns {
  readonly runs: Readonly<Record<string, FormatRun>>;
  readonly start: (client: EngineClient, project: string) => void;
}

/** Hash formats of each project as they were last counted. */
export const useFormatRuns = create<FormatRuns>()((set, get) => {
  const put = (project: string, change: Partial<FormatRun>): void =>
    set((now) => ({ runs: { ...now.runs, [project]: { ...(now.runs[project] ?? IDLE), ...change } } }));
  const follow = async (client: EngineClient, project: string, signal: AbortSignal): Promise<void> => {
    try {
      for await (const event of await client.passwords.formats({ project }, { signal })) {
        if (event.type === 'reading') put(project, { progress: event });
        else put(project, { result: event.result });
      }
      put(project, { progress: null, stop: null });
    } catch (error) {
      put(project, { progress: null, stop: null, error: signal.aborted ? null : error });
    }
  };
  return {
    runs: {},
    start: (client, project) => {
      get().runs[project]?.stop?.();
      const abort = new AbortController();
      put(project, { ...IDLE, stop: () => abort.abort() });
      void follow(client, project, abort.signal);
    },
  };
});
