import { type AttemptJob, endingOf, endJob, firstTry, lostWithWorker } from './attempt-job.ts';
import { AttemptTraffic } from './attempt-traffic.ts';
import type { Outside } from './broker/broker.ts';
import { claimant, type ContainerSlot, MOST_CALLS, newSlot } from './container-slot.ts';
import { choosePlace, MOST_CONTAINERS, type PoolWorker } from './placement.ts';
import { type AttemptResult, type ContainerLost, LIMITS, wirePlan } from './protocol.ts';
import { ModuleSelections, type SandboxBuild } from './sandbox-build.ts';
import { snapshotsWork } from './snapshot-probe.ts';
import { unavailable } from './unavailable.ts';
import { type Running, type WorkerEnd, type WorkerEvents, WorkerProcess } from './worker-process.ts';

/** How long a worker may take to answer that an attempt's time is up before it counts as stuck. */
const GRACE_MS = 250;
/** How long a container may take to load its script; the worker itself ends a script that blocks at that. */
const OPEN_MS = 20_000;
/** After a `full` attempt: how long what it still does is watched. */
const SETTLE_MS = 40;
const SETTLE_MOST_MS = 250;
/** For code that no attempt waits for. */
const STRAY_MS = 500;
/** Workers that die before they are ready, in a row, before the pool gives up. */
const MOST_FAILED_STARTS = 3;
/** Part of its memory limit at which an isolate is replaced. */
const WORN_OUT = 0.6;
/** Stands for the attempt that was the cause where it was none of those that run. */
const LOST = -1;

export interface WorkerPoolOptions {
  readonly build: SandboxBuild;
  readonly outside: Outside;
  readonly workers: number;
  readonly memoryLimitMb: number;
  readonly snapshots: boolean;
}

/** Keeps the workers alive and hands attempts to their containers. Every attempt given to it ends. */
export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #workers = new Set<PoolWorker>();
  readonly #modules: ModuleSelections;
  #queue: AttemptJob[] = [];
  #nextContainer = 1;
  #failedStarts = 0;
  #closed = false;
  #resting = false;
  #snapshots = false;

  private constructor(options: WorkerPoolOptions) {
    this.#options = options;
    this.#modules = new ModuleSelections(options.build.manifest);
  }

  /** Resolves once the workers are ready, or as many of them as could be started. */
  static async start(options: WorkerPoolOptions): Promise<WorkerPool> {
    const pool = new WorkerPool(options);
    const first = Array.from({ length: options.workers }, () => pool.#spawn());
    const ready = (await Promise.all(first.map(({ process }) => process.ready))).includes(true);
    if (!ready) {
      await pool.close();
      throw unavailable();
    }
    pool.#snapshots = options.snapshots;
    if (options.snapshots) pool.#snapshots = await snapshotsWork((job) => pool.run(job));
    // Where the try took a worker down, its successor.
    await Promise.all([...pool.#workers].map(({ process }) => process.ready));
    return pool;
  }

  /** Whether isolates start from snapshots. */
  get snapshots(): boolean {
    return this.#snapshots;
  }

  run(job: AttemptJob): void {
    if (this.#closed) {
      job.failed(unavailable());
      return;
    }
    // Where others of its kind wait, it waits behind them.
    const isBehind = this.#queue.at(-1)?.kind === job.kind;
    this.#queue.push(job);
    if (!isBehind) this.#pump();
  }

  /** Process ids of the workers, for those who measure or disturb them. */
  get processIds(): readonly number[] {
    return [...this.#workers].flatMap(({ process }) => process.pid ?? []);
  }

  /** Empties the workers and lets them wait for `wake`. False if something still runs. */
  rest(): boolean {
    const slots = [...this.#workers].flatMap((worker) =>
      [...worker.slots.values()].map((slot) => [worker, slot] as const),
    );
    if (this.#closed || this.#queue.length > 0 || slots.some(([, { running }]) => running.size > 0))
      return false;
    for (const [worker, slot] of slots) this.#discard(worker, slot);
    this.#resting = true;
    for (const { process } of this.#workers) process.hold(false);
    return true;
  }

  /** False if the workers are gone. */
  wake(outside: Outside): boolean {
    this.#resting = false;
    Object.assign(this.#options.outside, outside);
    for (const { process } of this.#workers) process.hold(true);
    return [...this.#workers].some(({ process, ready }) => ready && process.alive);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#queue.splice(0)) job.failed(unavailable());
    await Promise.all([...this.#workers].map(({ process }) => process.closed()));
  }

  #spawn(): PoolWorker {
    const { build, outside, memoryLimitMb } = this.#options;
    const events: WorkerEvents = {
      result: (container, attempt, result) => this.#onResult(worker, container, attempt, result),
      opened: (container) => this.#opened(worker.slots.get(container)),
      ended: (container, attempt) => {
        const job = worker.slots.get(container)?.running.get(attempt);
        if (job !== undefined) job.traffic.calledBackAt ??= performance.now();
      },
      console: (container, attempt, message) => {
        const job = worker.slots.get(container)?.running.get(attempt);
        if (job === undefined || job.console.length > LIMITS.consoleLines) return;
        job.console.push({ atMs: performance.now() - job.startedAt, ...message });
        if (job.traffic.calledBackAt !== null) job.traffic.lateWork += 1;
      },
      finding: (container, attempt, finding) => {
        worker.slots.get(container)?.running.get(attempt)?.findings.push(finding);
      },
      lost: (container, lost) => this.#onLost(worker, container, lost),
      stuck: (running) => this.#watchStray(worker, running),
      moved: () => this.#pump(),
      exited: (end) => this.#onExit(worker, end),
    };
    const process = new WorkerProcess({
      build,
      outside,
      memoryLimitMb,
      events,
      claimant: (container, bytes) => {
        const slot = worker.slots.get(container);
        return slot === undefined ? null : (claimant(slot, bytes)?.traffic ?? null);
      },
      traffic: (container, attempt) => {
        const running = worker.slots.get(container)?.running;
        if (running === undefined) return null;
        const job =
          attempt === 0 && running.size === 1 ? running.values().next().value : running.get(attempt);
        return job?.traffic ?? null;
      },
    });
    const worker: PoolWorker = { process, slots: new Map(), ready: false, given: 0 };
    this.#workers.add(worker);
    void this.#whenReady(worker);
    return worker;
  }

  /**
   * A running attempt has a time limit that ends what keeps the worker. What a script does after its attempt is over
   * has none, and everybody else would wait for it.
   */
  #watchStray(worker: PoolWorker, running: Running): void {
    setTimeout(() => {
      const isStray = (worker.slots.get(running.container)?.running.size ?? 0) === 0;
      if (worker.process.stuck === running && isStray) worker.process.kill({ kind: 'stuck', running });
    }, STRAY_MS).unref();
  }

  async #whenReady(worker: PoolWorker): Promise<void> {
    worker.ready = await worker.process.ready;
    if (!worker.ready) return;
    this.#failedStarts = 0;
    this.#pump();
  }

  #pump(): void {
    if (this.#queue.length === 0) return;
    const waiting = this.#queue;
    this.#queue = [];
    const blocked = new Set<string>();
    for (const job of waiting) {
      const slot = blocked.has(job.kind) ? null : this.#place(job);
      if (slot === null) {
        blocked.add(job.kind);
        this.#queue.push(job);
      } else this.#begin(this.#workerOf(slot), slot, job);
    }
  }

  #place(job: AttemptJob): ContainerSlot | null {
    const place = choosePlace([...this.#workers], job);
    if (place === null) return null;
    return 'slot' in place ? place.slot : this.#open(place.worker, job);
  }

  #open(worker: PoolWorker, job: AttemptJob): ContainerSlot {
    this.#makeRoom(worker);
    const { script, configuration } = job.attempt;
    const slot = newSlot(this.#nextContainer++, job, worker.process);
    worker.slots.set(slot.number, slot);
    worker.process.open(slot.number, {
      slot: script.slot,
      text: script.text,
      configuration,
      ...this.#modules.of(script),
      snapshot: this.#snapshots,
      memoryLimitMb: this.#options.memoryLimitMb,
      fresh: slot.fresh,
    });
    slot.opening = setTimeout(() => {
      worker.process.kill({ kind: 'stuck', running: { container: slot.number, attempt: 0, begun: 0 } });
    }, OPEN_MS);
    return slot;
  }

  #opened(slot: ContainerSlot | undefined): void {
    if (slot === undefined || slot.opened) return;
    slot.opened = true;
    if (slot.opening !== null) clearTimeout(slot.opening);
    slot.opening = null;
    for (const job of slot.running.values()) this.#startClock(slot, job);
  }

  #makeRoom(worker: PoolWorker): void {
    const idle = [...worker.slots.values()].filter(({ running }) => running.size === 0);
    if (worker.slots.size < MOST_CONTAINERS || idle.length === 0) return;
    const oldest = idle.reduce((one, other) => (one.lastUsed <= other.lastUsed ? one : other));
    this.#discard(worker, oldest);
  }

  #discard(worker: PoolWorker, slot: ContainerSlot): void {
    worker.slots.delete(slot.number);
    if (slot.opening !== null) clearTimeout(slot.opening);
    if (worker.process.alive) worker.process.discard(slot.number);
  }

  #workerOf(slot: ContainerSlot): PoolWorker {
    for (const worker of this.#workers) if (worker.process === slot.worker) return worker;
    throw new Error('bug: a container without a worker');
  }

  #begin(worker: PoolWorker, slot: ContainerSlot, job: AttemptJob): void {
    const { attempt } = job;
    slot.running.set(job.id, job);
    slot.calls += 1;
    slot.lastUsed = performance.now();
    if (job.full) this.#reserve(slot, job);
    worker.given += 1;
    job.order = worker.given;
    this.#startClock(slot, job);
    slot.worker.run(slot.number, job.id, {
      args: attempt.args,
      password: attempt.password?.reveal() ?? null,
      plan: wirePlan(attempt.passwordChecks),
      detail: attempt.detail,
      timeLimitMs: attempt.timeLimitMs,
      order: job.order,
    });
  }

  /** The container is the attempt's alone; another that it had been waiting for is free again. */
  #reserve(slot: ContainerSlot, job: AttemptJob): void {
    for (const { slots } of this.#workers) {
      for (const other of slots.values()) if (other.reserved === job) other.reserved = null;
    }
    slot.reserved = job;
  }

  /** An attempt's time runs once its container is there: a tenant's limit does not include the container's start. */
  #startClock(slot: ContainerSlot, job: AttemptJob): void {
    job.startedAt = performance.now();
    job.traffic = new AttemptTraffic(job.full, job.startedAt, job.typed);
    if (slot.opened) job.timer = setTimeout(() => this.#expire(slot, job), job.attempt.timeLimitMs);
  }

  #expire(slot: ContainerSlot, job: AttemptJob): void {
    job.expired = true;
    slot.retiring = true;
    slot.worker.expire(slot.number, job.id);
    job.timer = setTimeout(() => {
      const { stuck } = slot.worker;
      slot.worker.kill({
        kind: 'stuck',
        running: stuck ?? { container: slot.number, attempt: job.id, begun: Number.MAX_SAFE_INTEGER },
      });
    }, GRACE_MS);
  }

  #onResult(worker: PoolWorker, container: number, id: number, result: AttemptResult): void {
    const slot = worker.slots.get(container);
    const job = slot?.running.get(id);
    if (slot === undefined || job === undefined || job.result !== null) return;
    job.result = result;
    job.totalMs = performance.now() - job.startedAt;
    job.openSockets = worker.process.broker.openSockets(container);
    job.traffic.calledBackAt ??= performance.now();
    if (job.timer !== null) clearTimeout(job.timer);
    job.timer = null;
    if (
      slot.calls >= MOST_CALLS ||
      (result.memoryBytes ?? 0) > WORN_OUT * this.#options.memoryLimitMb * 1024 * 1024
    )
      slot.retiring = true;
    if (job.full && result.ending.startsWith('called-back')) this.#settle(worker, slot, job, SETTLE_MS);
    else this.#finish(worker, slot, job);
  }

  /** Watches what a script does after it has called back, until it rests or the time for that is over. */
  #settle(worker: PoolWorker, slot: ContainerSlot, job: AttemptJob, ms: number): void {
    job.timer = setTimeout(() => {
      const watched = performance.now() - job.startedAt - job.totalMs;
      const { waiting } = job.result!;
      // With idle connections open, a timer is most likely their pool's.
      const rests =
        !job.traffic.busy && (waiting === 'nothing' || (waiting === 'timer' && job.openSockets > 0));
      if (rests || watched >= SETTLE_MOST_MS) this.#finish(worker, slot, job);
      else this.#settle(worker, slot, job, SETTLE_MS);
    }, ms);
  }

  #finish(worker: PoolWorker, slot: ContainerSlot, job: AttemptJob): void {
    slot.running.delete(job.id);
    if (slot.reserved === job) slot.reserved = null;
    endJob(job);
    if (slot.running.size === 0 && (slot.fresh || slot.retiring)) this.#discard(worker, slot);
    this.#pump();
  }

  #onLost(worker: PoolWorker, container: number, lost: ContainerLost): void {
    const slot = worker.slots.get(container);
    if (slot === undefined) return;
    this.#endAll(slot, lost.reason, lost.attempt);
    this.#discard(worker, slot);
    this.#pump();
  }

  /** Ends what runs in a container: the culprit with the reason, the others as lost with it. */
  #endAll(slot: ContainerSlot, reason: AttemptResult['ending'], culprit: number): void {
    const known = culprit === LOST || slot.running.has(culprit) ? culprit : 0;
    for (const job of slot.running.values()) {
      job.result ??= known === 0 || known === job.id ? endingOf(reason) : lostWithWorker();
      endJob(job);
    }
    slot.running.clear();
    slot.reserved = null;
  }

  /** Attempts that the worker had not begun go back to the head of the queue: nothing of them has happened. */
  #takeBack(slot: ContainerSlot, isUntouched: (job: AttemptJob) => boolean): void {
    const waiting = [...slot.running.values()].filter(
      (job) => isUntouched(job) && job.result === null && !job.expired,
    );
    for (const job of waiting) {
      slot.running.delete(job.id);
      if (job.timer !== null) clearTimeout(job.timer);
      job.timer = null;
    }
    this.#queue.unshift(...waiting);
  }

  #onExit(worker: PoolWorker, end: WorkerEnd): void {
    this.#workers.delete(worker);
    const running = end.kind === 'memory' || end.kind === 'stuck' ? end.running : null;
    const guilty =
      running !== null && (worker.slots.get(running.container)?.running.size ?? 0) > 0 ? running : null;
    for (const slot of worker.slots.values()) {
      if (slot.opening !== null) clearTimeout(slot.opening);
      // In a container that is just loading its script, that is what the worker died of.
      const loading = running?.attempt === 0 && running.container === slot.number;
      if (running !== null && !loading) this.#takeBack(slot, ({ order }) => order > running.begun);
      // The worker may have been dead before it was asked. If it is the script that kills it, it does so again.
      if (end.kind === 'crashed' && !slot.opened) this.#takeBack(slot, firstTry);
      if (guilty !== null && slot.number === guilty.container) {
        this.#endAll(slot, end.kind === 'memory' ? 'out-of-memory' : 'blocked', guilty.attempt);
      } else this.#endAll(slot, 'crashed', LOST);
    }
    worker.slots.clear();
    if (this.#closed) {
      for (const job of this.#queue.splice(0)) job.failed(unavailable());
      return;
    }
    if (this.#resting) return;
    if (!worker.ready) this.#failedStarts += 1;
    if (this.#failedStarts < MOST_FAILED_STARTS) {
      this.#spawn();
      this.#pump();
    } else if (this.#workers.size === 0) {
      const waiting = this.#queue;
      this.#queue = [];
      this.#failedStarts = 0;
      for (const job of waiting) job.failed(unavailable());
      this.#spawn();
    }
  }
}
