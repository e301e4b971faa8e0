import { create } from 'zustand';
import type { EngineClient } from '#renderer/api/client.ts';

/** Long work of the engine for one project, as far as it has come. */
export interface Run<Progress> {
  readonly progress: Progress | null;
  readonly error: unknown;
  /** Null where nothing runs. */
  readonly stop: (() => void) | null;
}

interface Runs<Shown, Request> {
  readonly runs: Readonly<Record<string, Shown>>;
  /** Replaces what runs for the project; the last result stays until the new one is there. */
  readonly start: (client: EngineClient, request: Request) => void;
}

/** Reads the engine's events to their end and puts what they say. */
type Follow<Shown, Request> = (
  client: EngineClient,
  request: Request,
  signal: AbortSignal,
  put: (change: Partial<Shown>) => void,
) => Promise<void>;

/** A store of runs by project folder; they go on while other screens are looked at. */
export function createRuns<Shown extends Run<unknown>, Request extends { readonly project: string }>(
  idle: Shown,
  follow: Follow<Shown, Request>,
) {
  return create<Runs<Shown, Request>>()((set, get) => {
    const put = (project: string, change: Partial<Shown>): void =>
      set((now) => ({ runs: { ...now.runs, [project]: { ...(now.runs[project] ?? idle), ...change } } }));
    const begin = async (client: EngineClient, request: Request): Promise<void> => {
      const { project } = request;
      const abort = new AbortController();
      const stop = (): void => abort.abort();
      // A run that was replaced says nothing any more.
      const putMine = (change: Partial<Shown>): void => {
        if (get().runs[project]?.stop === stop) put(project, change);
      };
      const begun: Run<unknown> = { progress: null, error: null, stop };
      put(project, begun as Partial<Shown>);
      const error = await follow(client, request, abort.signal, putMine).then(
        () => null,
        (thrown: unknown) => (abort.signal.aborted ? null : thrown),
      );
      const ended: Run<unknown> = { progress: null, error, stop: null };
      putMine(ended as Partial<Shown>);
    };
    return {
      runs: {},
      start: (client, request) => {
        get().runs[request.project]?.stop?.();
        void begin(client, request);
      },
    };
  });
}
