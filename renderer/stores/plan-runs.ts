import type { PlanRequest, PlanResult } from '#contract/plan.ts';
import type { EngineClient } from '#renderer/api/client.ts';
import { TextParts } from '#renderer/files/text-parts.ts';
import type { ReportJob } from '#renderer/stores/file-jobs.ts';
import { createRuns, type Run } from '#renderer/stores/runs.ts';

export interface PlanProgress {
  readonly what: 'legacy' | 'access-log';
  readonly done: number;
  readonly expected: number;
}

export interface PlanRun extends Run<PlanProgress> {
  /** The last plan; it stays while a new one is worked out. */
  readonly result: PlanResult | null;
  /** What that plan was asked for with. */
  readonly request: PlanRequest | null;
}

const IDLE: PlanRun = { progress: null, result: null, request: null, error: null, stop: null };

/** The plan of each project as it was last worked out. */
export const usePlanRuns = createRuns<PlanRun, PlanRequest>(IDLE, async (client, request, signal, put) => {
  for await (const event of await client.plan.make(request, { signal })) {
    if (event.type === 'reading') put({ progress: event });
    if (event.type === 'result') put({ result: event.result, request });
  }
});

/** Everybody who needs something, as a CSV file; fetched anew, because nobody keeps such a list open. */
export async function leftoversFile(
  client: EngineClient,
  request: PlanRequest,
  signal: AbortSignal,
  report: ReportJob,
): Promise<Blob> {
  const parts = new TextParts();
  const asked = { ...request, list: true, listAs: 'csv' } as const;
  for await (const event of await client.plan.make(asked, { signal })) {
    if (event.type === 'text') parts.add(event.text);
    if (event.type === 'reading') report(event.done, event.expected);
  }
  return parts.blob();
}
