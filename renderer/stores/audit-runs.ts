import type { AuditEvent, AuditRequest, AuditResult, ListedPerson } from '#contract/audit.ts';
import type { EngineClient } from '#renderer/api/client.ts';
import { TextParts } from '#renderer/files/text-parts.ts';
import type { ReportJob } from '#renderer/stores/file-jobs.ts';
import { createRuns, type Run } from '#renderer/stores/runs.ts';

type Reading = Extract<AuditEvent, { type: 'reading' | 'comparing' }>;

/** People that are kept for the list on the screen; the file of an export has all of them. */
export const MOST_PEOPLE = 20_000;

export interface AuditRun extends Run<Reading> {
  /** The last reconciliation; it stays while the next one runs. */
  readonly result: AuditResult | null;
  /** What it was asked for with. */
  readonly request: AuditRequest | null;
  readonly people: readonly ListedPerson[];
}

const IDLE: AuditRun = {
  progress: null,
  result: null,
  request: null,
  people: [],
  error: null,
  stop: null,
};

/** The last audit of each project. */
export const useAuditRuns = createRuns<AuditRun, AuditRequest>(IDLE, async (client, request, signal, put) => {
  const people: ListedPerson[] = [];
  for await (const event of await client.audit.run({ ...request, list: true }, { signal })) {
    if (event.type === 'reading' || event.type === 'comparing') put({ progress: event });
    if (event.type === 'people') people.push(...event.people.slice(0, MOST_PEOPLE - people.length));
    if (event.type === 'result') put({ result: event.result, request, people });
  }
});

/** Everybody who passes the filter, as a file, from what the engine read for the list on the screen. */
export async function auditFile(
  client: EngineClient,
  request: AuditRequest,
  listAs: 'ndjson' | 'csv',
  signal: AbortSignal,
  report: ReportJob,
): Promise<Blob> {
  const parts = new TextParts();
  const asked = { ...request, list: true, listAs, sides: 'kept' } as const;
  for await (const event of await client.audit.run(asked, { signal })) {
    if (event.type === 'text') parts.add(event.text);
    if (event.type === 'comparing') report(event.done, event.expected);
    if (event.type === 'reading') report(event.legacy.done, event.legacy.expected);
  }
  return parts.blob();
}
