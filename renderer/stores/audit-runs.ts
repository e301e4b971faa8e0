import type { AuditEvent, AuditRequest, AuditResult, ListedPerson } from '#contract/audit.ts';
import type { EngineClient } from '#renderer/api/client.ts';
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

/** Everybody who passes the filter, as a file; asked for anew, because nobody keeps a million people open. */
export async function auditFile(
  client: EngineClient,
  request: AuditRequest,
  listAs: 'ndjson' | 'csv',
): Promise<Blob> {
  const parts: string[] = [];
  for await (const event of await client.audit.run({ ...request, list: true, listAs })) {
    if (event.type === 'text') parts.push(event.text);
  }
  return new Blob(parts);
}
