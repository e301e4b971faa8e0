import {
  type EngineEnd,
  type EngineOptions,
  type EngineProcess,
  startEngineProcess,
} from '#hosts/engine/start-engine-process.ts';

/** Waits before a dead engine is started again, the last one from then on. */
const WAITS_MS = [200, 400, 800, 1_600, 3_200, 6_400, 12_800] as const;

/** An engine that lived this long has not died of its start. */
const SOUND_MS = 30_000;

export interface SuperviseOptions extends EngineOptions {
  /** Told when the engine died without being asked to, and how long it takes until it is started again. */
  readonly onEnd?: (end: EngineEnd, againInMs: number) => void;
}

/**
 * Starts the engine and keeps it running.
 * @throws Fault `sandbox-unavailable` when its very first start fails: waiting would not change that
 */
export async function superviseEngine(options: SuperviseOptions = {}): Promise<SupervisedEngine> {
  return new SupervisedEngine(options, await startEngineProcess(options));
}

/** An engine's process that is started again whenever it dies. */
export class SupervisedEngine {
  readonly #options: SuperviseOptions;
  #engine: EngineProcess | null = null;
  #next = nextEngine();
  #timer: NodeJS.Timeout | null = null;
  #starting: Promise<void> | null = null;
  #deaths = 0;
  #closed = false;

  constructor(options: SuperviseOptions, engine: EngineProcess) {
    this.#options = options;
    this.#adopt(engine);
  }

  /** The engine that runs now, or the next one as soon as it is ready. Rejects once this is closed. */
  current(): Promise<EngineProcess> {
    return this.#engine?.isThere() === true ? Promise.resolve(this.#engine) : this.#next.promise;
  }

  /** Trials that run now. */
  running(): Promise<number> {
    return this.#engine?.running() ?? Promise.resolve(0);
  }

  /** Lets running trials commit their batch and waits for the process to end. */
  async close(): Promise<void> {
    this.#giveUp();
    await this.#starting;
    await this.#engine?.close();
  }

  /** Ends it now; what was committed is kept. */
  kill(): void {
    this.#giveUp();
    this.#engine?.kill();
  }

  #giveUp(): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#next.reject(new Error('the engine was closed'));
  }

  #adopt(engine: EngineProcess): void {
    this.#engine = engine;
    void this.#watch(engine);
  }

  async #watch(engine: EngineProcess): Promise<void> {
    const since = performance.now();
    const end = await engine.ended;
    this.#engine = null;
    if (performance.now() - since > SOUND_MS) this.#deaths = 0;
    this.#again(end);
  }

  #again(end: EngineEnd): void {
    if (this.#closed) return;
    const wait = WAITS_MS[Math.min(this.#deaths, WAITS_MS.length - 1)]!;
    this.#deaths += 1;
    this.#options.onEnd?.(end, wait);
    this.#timer = setTimeout(() => {
      this.#starting = this.#start();
    }, wait);
  }

  async #start(): Promise<void> {
    try {
      const engine = await startEngineProcess(this.#options);
      if (this.#closed) {
        await engine.close();
        return;
      }
      this.#adopt(engine);
      this.#next.resolve(engine);
      this.#next = nextEngine();
    } catch (error) {
      this.#again(error instanceof Error ? error.message : String(error));
    }
  }
}

/** Nobody may be waiting for the next engine when it is given up. */
function nextEngine(): PromiseWithResolvers<EngineProcess> {
  const next = Promise.withResolvers<EngineProcess>();
  next.promise.catch(() => undefined);
  return next;
}
