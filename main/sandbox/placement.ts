import type { AttemptJob } from './attempt-job.ts';
import { accepts, type ContainerSlot } from './container-slot.ts';
import type { WorkerProcess } from './worker-process.ts';

const MOST_IN_WORKER = 32;
const MOST_FRESH_IN_WORKER = 4;
/** Attempts in a warm container from which on another worker gets one too. */
const STREAM = 4;

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
 * Where an attempt starts, or null while there is no room. One warm container serves a trickle of attempts, so that
 * what scripts keep on `global` is found again; a stream of them gets one in every worker.
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
  if (best !== undefined && (best.running.size < STREAM || warm.length >= workers.length))
    return { slot: best };
  const without = workers.find(
    (one) => one.load < MOST_IN_WORKER && !warm.some((slot) => slot.worker === one.worker.process),
  );
  if (without !== undefined) return { worker: without.worker };
  // Whoever needs a container to itself would wait for ever beside a stream of others.
  if (best === undefined && job.full && warm[0] !== undefined) warm[0].reserved ??= job;
  return best === undefined ? null : { slot: best };
}

function load(worker: PoolWorker): number {
  let running = 0;
  for (const slot of worker.slots.values()) running += slot.running.size;
  return running;
}

function freshIn(worker: PoolWorker): number {
  return [...worker.slots.values()].filter(({ fresh }) => fresh).length;
}
