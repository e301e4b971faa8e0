import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AttemptReport, GuestError, ResultDetails } from '#sandbox/guest/guest-api.ts';
import { loadSandboxBuild, moduleId } from '#sandbox/sandbox-build.ts';
import { GuestIsolate, loadIsolatedVm, type LoadOutcome, makeSnapshot } from '#sandbox/worker/isolate.ts';

/** What a guest said through its host callback, in order. */
export type Said =
  | {
      readonly op: 'result';
      readonly attempt: number;
      readonly nth: number;
      readonly error: GuestError | null;
      readonly json: unknown;
      readonly details: ResultDetails | undefined;
    }
  | { readonly op: 'report'; readonly attempt: number; readonly report: AttemptReport }
  | { readonly op: 'log'; readonly attempt: number; readonly level: string; readonly text: string };

export interface Guest {
  readonly said: Said[];
  load(text: string, configuration?: Record<string, string>): LoadOutcome;
  call(attempt: number, ...args: unknown[]): void;
  /** Runs the turns of the loop that the guest asked for, timers without their delay, until it asks for none. */
  drain(): void;
  close(): void;
}

/** The native part may be loaded only once in a process. */
let loaded: ReturnType<typeof loadIsolatedVm> | null = null;
function engine(path: string): ReturnType<typeof loadIsolatedVm> {
  loaded ??= loadIsolatedVm(path);
  return loaded;
}

const TIME_LIMIT_MS = 5000;
const MOST_TURNS = 200_000;

/**
 * A guest in this process on a host that only listens and turns the loop: no sockets, no crypto. For what happens
 * at the border itself; everything else is tested through the script runner.
 */
export function openGuest(start: 'compiled' | 'snapshot' = 'compiled'): Guest {
  const { folder, manifest, isolatedVm } = loadSandboxBuild();
  const said: Said[] = [];
  const wanted: string[] = [];
  const modules = new Map(
    manifest.modules.flatMap((module) => module.requests.map((request) => [request, module])),
  );
  const answers: Readonly<Record<string, (...args: never[]) => unknown>> = {
    result: (
      attempt: number,
      nth: number,
      error: GuestError | null,
      json: string | undefined,
      details: ResultDetails | undefined,
    ) =>
      said.push({
        op: 'result',
        attempt,
        nth,
        error,
        json: json === undefined ? undefined : JSON.parse(json),
        details,
      }),
    report: (attempt: number, report: AttemptReport) => said.push({ op: 'report', attempt, report }),
    log: (attempt: number, level: string, text: string) => said.push({ op: 'log', attempt, level, text }),
    clone: (value: unknown) => value,
    module(request: string) {
      const module = modules.get(request);
      return module === undefined
        ? null
        : [moduleId(module), readFileSync(join(folder, module.file), 'utf8')];
    },
  };
  const core = readFileSync(join(folder, manifest.core.file), 'utf8');
  const sources = [{ filename: 'node:core', code: core, compiled: { data: null } }];
  const isolate = new GuestIsolate(engine(isolatedVm), {
    sources,
    snapshot: start === 'snapshot' ? makeSnapshot(engine(isolatedVm), sources) : null,
    isolate: null,
    memoryLimitMb: 256,
    settings: { available: manifest.modules.map(moduleId) },
    onCatastrophe: () => undefined,
    host: (op, ...args) => {
      const answer = answers[String(op)];
      if (answer !== undefined) return answer(...(args as never[]));
      wanted.push(String(op));
      return 0;
    },
  });
  return {
    said,
    load: (text, configuration = {}) => isolate.load('key', 'login', text, configuration, TIME_LIMIT_MS),
    call: (attempt, ...args) => isolate.call(attempt, 'key', args),
    drain() {
      for (let turn = 0; wanted.length > 0 && turn < MOST_TURNS; turn++) isolate.event([wanted.shift()]);
    },
    close: () => isolate.dispose(),
  };
}
