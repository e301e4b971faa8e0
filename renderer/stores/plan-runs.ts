import { create } from 'zustand';
import type { PlanRequest, PlanResult } from '#contract/plan.ts';
import type { EngineClient } from '#renderer/api/client.ts';

export interface PlanProgress {
  readonly what: 'legacy' | 'access-log';
  readonly done: number;
  readonly expected: number;
}

export interface PlanRun {
  readonly progress: PlanProgress | null;
  /** The last plan; it stays while a new one is worked out. */
  readonly result: PlanResult | null;
  /** What that plan was asked for with. */
  readonly request: PlanRequest | null;
  readonly error: unknown;
  readonly stop: (() => void) | null;
}

const IDLE: PlanRun = { progress: null, result: null, request: null, error: null, stop: null };

interface PlanRuns {
  readonly runs: Readonly<Record<string, PlanRun>>;
  readonly start: (client: EngineClient, request: PlanRequest) => void;
}

/** The plan of each project as it was last worked out; it goes on while other screens are looked at. */
export const usePlanRuns = create<PlanRuns>()((set, get) => {
  const put = (project: string, change: Partial<PlanRun>): void =>
    set((now) => ({
      runs: { ...now.runs, [project]: { ...(now.runs[project] ?? IDLE), ...change } },
    }));
  return {
    runs: {},
    start: (client, request) => {
      const { project } = request;
      get().runs[project]?.stop?.();
      const abort = new AbortController();
      const stop = (): void => abort.abort();
      put(project, { progress: null, error: null, stop });
      void follow(client, request, abort.signal, (change) => {
        // A run that was replaced says nothing any more.
        if (get().runs[project]?.stop === stop) put(project, change);
      });
    },
  };
});

async function follow(
  client: EngineClient,
  request: PlanRequest,
  signal: AbortSignal,
  put: (change: Partial<PlanRun>) => void,
): Promise<void> {
  try {
    for await (const event of await client.plan.make(request, { signal })) {
      if (event.type === 'reading') put({ progress: event });
      if (event.type === 'result') put({ result: event.result, request });
    }
    put({ progress: null, stop: null });
  } catch (error) {
    put({ progress: null, stop: null, error: signal.aborted ? null : error });
  }
}

/** Everybody who needs something, as a CSV file; fetched anew, because nobody keeps such a list open. */
export async function leftoversFile(client: EngineClient, request: PlanRequest): Promise<Blob> {
  const parts: string[] = [];
  for await (const event of await client.plan.make({ ...request, list: true, listAs: 'csv' })) {
    if (event.type === 'text') parts.push(event.text);
  }
  return new Blob(parts);
}
