import type { FormatsResult } from '#contract/passwords.ts';
import { createRuns, type Run } from '#renderer/stores/runs.ts';

export interface FormatRun extends Run<{ readonly done: number; readonly expected: number }> {
  readonly result: FormatsResult | null;
}

const IDLE: FormatRun = { progress: null, result: null, error: null, stop: null };

/** Hash formats of each project as they were last counted. */
export const useFormatRuns = createRuns<FormatRun, { readonly project: string }>(
  IDLE,
  async (client, { project }, signal, put) => {
    for await (const event of await client.passwords.formats({ project }, { signal })) {
      if (event.type === 'reading') put({ progress: event });
      else put({ result: event.result });
    }
  },
);
