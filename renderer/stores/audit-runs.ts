import { create } from 'zustand';
import type { AuditEvent, AuditRequest, AuditResult, ListedPerson } from '#contract/audit.ts';
import type { EngineClient } from '#renderer/api/client.ts';

type Reading = Extract<AuditEvent, { type: 'reading' | 'comparing' }>;

/** People that are kept for the list on the screen; the file of an export has all of them. */
export const MOST_PEOPLE = 20_000;

export interface AuditRun {
  readonly progress: Reading | null;
  /** The last reconciliation; it stays while the next one runs. */
  readonly result: AuditResult | null;
  /** What it was asked for with. */
  readonly request: AuditRequest | null;
  readonly people: readonly ListedPerson[];
  readonly error: unknown;
  readonly stop: (() => void) | null;
}

const IDLE: AuditRun = {
  progress: null,
  result: null,
  request: null,
  people: [],
  error: null,
  stop: null,
};

interface AuditRuns {
  readonly runs: Readonly<Record<string, AuditRun>>;
  readonly start: (client: EngineClient, request: AuditRequest) => void;
}

/** The last audit of each project; it goes on while other screens are looked at. */
export const useAuditRuns = create<AuditRuns>()((set, get) => {
  const put = (project: string, change: Partial<AuditRun>): void =>
    set((now) => ({ runs: { ...now.runs, [project]: { ...(now.runs[project] ?? IDLE), ...change } } }));
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
  request: AuditRequest,
  signal: AbortSignal,
  put: (change: Partial<AuditRun>) => void,
): Promise<void> {
  const people: ListedPerson[] = [];
  try {
    for await (const event of await client.audit.run({ ...request, list: true }, { signal })) {
      if (event.type === 'reading' || event.type === 'comparing') put({ progress: event });
      if (event.type === 'people') people.push(...event.people.slice(0, MOST_PEOPLE - people.length));
      if (event.type === 'result') put({ result: event.result, request, people });
    }
    put({ progress: null, stop: null });
  } catch (error) {
    put({ progress: null, stop: null, error: signal.aborted ? null : error });
  }
}

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
