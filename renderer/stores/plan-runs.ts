import { create } from 'zustand';
import type { Leftover, PlanRequest, PlanResult } from '#contract/plan.ts';
import type { EngineClient } from '#renderer/api/client.ts';

export interface PlanProgress {
  readonly what: 'legacy' | 'access-log';
  readonly done: number;
  readonly expected: number;
}

export interface PlanRun {
  readonly progress: PlanProgress | null;
  readonly result: PlanResult | null;
  readonly error: unknown;
  readonly stop: (() => void) | null;
}

const IDLE: PlanRun = { progress: null, result: null, error: null, stop: null };

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
      get().runs[request.project]?.stop?.();
      const abort = new AbortController();
      put(request.project, { progress: null, error: null, stop: () => abort.abort() });
      void follow(client, request, abort.signal, (change) => put(request.project, change));
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
      if (event.type === 'result') put({ result: event.result });
    }
    put({ progress: null, stop: null });
  } catch (error) {
    put({ progress: null, stop: null, error: signal.aborted ? null : error });
  }
}

/** Everybody who needs something, as the lines of a CSV file; fetched anew, because nobody keeps such a list open. */
export async function leftoversOf(client: EngineClient, request: PlanRequest): Promise<readonly Leftover[]> {
  const people: Leftover[] = [];
  for await (const event of await client.plan.make({ ...request, list: true })) {
    if (event.type === 'people') people.push(...event.people);
  }
  return people;
}
