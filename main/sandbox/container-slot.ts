import type { AttemptJob } from './attempt-job.ts';
import type { WorkerProcess } from './worker-process.ts';

/** Attempts at once in one isolate: enough to keep a pooled connection busy, few enough to lose. */
export const MOST_IN_CONTAINER = 1;
/** Attempts after which an isolate is replaced, whatever its state. */
export const MOST_CALLS = 50_000;

/** A container as the pool sees it. */
export interface ContainerSlot {
  readonly number: number;
  readonly key: string;
  readonly worker: WorkerProcess;
  readonly fresh: boolean;
  readonly running: Map<number, AttemptJob>;
  calls: number;
  /** The script is loaded; before that, no attempt's time runs. */
  opened: boolean;
  /** Until it is: ends a worker that does not get there. */
  opening: NodeJS.Timeout | null;
  lastUsed: number;
  /** Takes no more attempts and is discarded once the running ones are over. */
  retiring: boolean;
  /** A `full` attempt waits for, or has, the container to itself. */
  reserved: AttemptJob | null;
}

export function newSlot(number: number, job: AttemptJob, worker: WorkerProcess): ContainerSlot {
  return {
    number,
    key: job.key,
    worker,
    fresh: job.attempt.container === 'fresh',
    running: new Map(),
    calls: 0,
    opened: false,
    opening: null,
    lastUsed: performance.now(),
    retiring: false,
    reserved: null,
  };
}

/** Whether the attempt may start in this container now. */
export function accepts(slot: ContainerSlot, job: AttemptJob): boolean {
  if (slot.retiring || !slot.worker.alive || slot.fresh) return false;
  if (slot.reserved !== null && slot.reserved !== job) return false;
  if (job.full) return slot.running.size === 0;
  return (
    slot.running.size < MOST_IN_CONTAINER &&
    ![...slot.running.values()].some((other) => confusable(other, job))
  );
}

/**
 * Attempts of one isolate are told apart by their passwords. Two with the same one may run together only if their
 * checks would be answered alike.
 */
function confusable(one: AttemptJob, other: AttemptJob): boolean {
  const first = one.attempt;
  const second = other.attempt;
  if (first.password === null || second.password === null) return false;
  if (first.passwordChecks.kind === 'true' && second.passwordChecks.kind === 'true') return false;
  if (first.password.reveal() !== second.password.reveal()) return false;
  const answers = [first.passwordChecks, second.passwordChecks].map((plan) =>
    plan.kind === 'true' ? 'true' : plan.answer,
  );
  return answers[0] !== 'wrong' || answers[1] !== 'wrong';
}

const LONGEST_CLAIM = 8192;

/**
 * The one running attempt whose user's identifier is in what is being sent. A pool hands a connection from one attempt
 * to the next while the first one's answer is handled, so who runs does not say whose statement it is.
 */
export function claimant(slot: ContainerSlot, bytes: Buffer): AttemptJob | null {
  if (slot.running.size < 2 || bytes.length > LONGEST_CLAIM) return null;
  let found: AttemptJob | null = null;
  for (const job of slot.running.values()) {
    if (job.needle === null || !bytes.includes(job.needle)) continue;
    if (found !== null) return null;
    found = job;
  }
  return found;
}
