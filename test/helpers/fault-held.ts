import { readdirSync, readFileSync } from 'node:fs';
import { leftovers } from '#test/leftovers.ts';
import { childrenOf } from '#test/userferry.ts';

/** What the engine in this process and its workers hold; counts that do not depend on when memory is given back. */
export interface Held {
  readonly processes: number;
  readonly sockets: number;
  readonly files: number;
  /** Open files, threads and mapped stretches of memory of the worker that has most: each isolate has some. */
  readonly workerFiles: number;
  readonly workerThreads: number;
  readonly workerMaps: number;
}

/** Null where the system does not tell. */
export function held(): Held | null {
  const own = leftovers();
  if (own === null) return null;
  const workers = childrenOf(process.pid);
  const most = (count: (pid: number) => number): number =>
    Math.max(0, ...workers.map((pid) => known(count, pid)));
  return {
    processes: own.processes.length,
    sockets: own.sockets,
    files: own.files,
    workerFiles: most((pid) => readdirSync(`/proc/${pid}/fd`).length),
    workerThreads: most((pid) => readdirSync(`/proc/${pid}/task`).length),
    workerMaps: most((pid) => readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n').length),
  };
}

function known(count: (pid: number) => number, pid: number): number {
  try {
    return count(pid);
  } catch {
    // It has just ended.
    return 0;
  }
}

/** The largest of each count. */
export function mostHeld(all: readonly Held[]): Held {
  const most = (name: keyof Held): number => Math.max(...all.map((one) => one[name]));
  return {
    processes: most('processes'),
    sockets: most('sockets'),
    files: most('files'),
    workerFiles: most('workerFiles'),
    workerThreads: most('workerThreads'),
    workerMaps: most('workerMaps'),
  };
}
