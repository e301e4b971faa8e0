import type { AttemptJob } from './attempt-job.ts';
import { accepts, type ContainerSlot } from './container-slot.ts';
import type { WorkerProcess } from './worker-process.ts';

const MOST_IN_WORKER = 32;
const MOST_FRESH_IN_WORKER = 4;
/** Warm containers of one script in one worker: while the attempt in one waits for the database, the next one works. */
const MOST_WARM_IN_WORKER = 2;
/** Containers of all scripts in one worker. */
export const MOST_CONTAINERS = 12;
/** A container that nobody asked for in so long gives way to another one of a busy script. */
const STALE_MS = 2_000;

export interface PoolWorker {
  readonly process: WorkerProcess;
  readonly slots: Map<number, ContainerSlot>;
  ready: boolean;
  /** Attempts given to it so far. */
  given: number;
}

/** A container that takes the attempt now, or a worker to open one in. */
export type Place = { readonly slot: ContainerSlot } | { readonly worker: PoolWorker };

/**
 * Where an attempt starts, or null while there is no room. One warm container serves attempts that come one after the
 * other, so that what scripts keep on `global` is found again; those that come together get several, in all workers.
 */
export function choosePlace(all: readonly PoolWorker[], job: AttemptJob): Place | null {
  const workers = all
    // A worker that a script keeps busy is left alone: it may never answer.
    .filter(({ ready, process }) => ready && process.alive && process.stuck === null)
    .map((worker) => ({ worker, load: load(worker) }))
    .sort((one, other) => one.load - other.load);
  if (job.attempt.container === 'fresh') {
    const free = workers.find(
      (one) => one.load < MOST_IN_WORKER && freshIn(one.worker) < MOST_FRESH_IN_WORKER,
    );
    return free === undefined ? null : { worker: free.worker };
  }
  const warm = workers.flatMap(({ worker }) =>
    [...worker.slots.values()].filter((slot) => slot.key === job.key && !slot.fresh && !slot.retiring),
  );
  const best = warm
    .filter((slot) => accepts(slot, job))
    .sort((one, other) => one.running.size - other.running.size)[0];
  if (best !== undefined) return { slot: best };
  const count = ({ worker }: { readonly worker: PoolWorker }): number =>
    warm.filter((slot) => slot.worker === worker.process).length;
  const [roomy] = workers
    .filter((one) => one.load < MOST_IN_WORKER && count(one) < MOST_WARM_IN_WORKER)
    // Many scripts that take turns, such as a tenant's Actions, must not push each other out.
    .filter((one) => warm.length === 0 || hasRoom(one.worker))
    .sort((one, other) => count(one) - count(other));
  if (roomy !== undefined) return { worker: roomy.worker };
  // Whoever needs a container to itself would wait for ever beside a stream of others.
  if (job.full && warm[0] !== undefined) warm[0].reserved ??= job;
  return null;
}

function hasRoom({ slots }: PoolWorker): boolean {
  if (slots.size < MOST_CONTAINERS) return true;
  const stale = performance.now() - STALE_MS;
  return [...slots.values()].some(({ running, lastUsed }) => running.size === 0 && lastUsed < stale);
}

function load(worker: PoolWorker): number {
  let running = 0;
  for (const slot of worker.slots.values()) running += slot.running.size;
  return running;
}

function freshIn(worker: PoolWorker): number {
  return [...worker.slots.values()].filter(({ fresh }) => fresh).length;
}
