import type { Clock } from '#engine/ports/clock.ts';

interface Kept<Value> {
  readonly version: string;
  readonly opened: Promise<Value>;
  readonly controller: AbortController;
  usedAt: number;
  /** Work that has not ended; the thing stays open as long. */
  readonly works: Set<Promise<unknown>>;
}

export interface KeptOpenOptions<Value> {
  readonly clock: Clock;
  /** How long a thing stays open that nobody uses. */
  readonly idleMs: number;
  /** At most so many at once; the one that was used longest ago goes first. */
  readonly most: number;
  /** Called once for each thing that was opened, after its signal has aborted. */
  readonly close: (value: Value) => Promise<void>;
  readonly noteBug: (cause: unknown) => void;
}

/** Things that take a while to open and are used again soon: pages of one grid above all. */
export class KeptOpen<Value> {
  readonly #options: KeptOpenOptions<Value>;
  readonly #kept = new Map<string, Kept<Value>>();
  readonly #closing = new Set<Promise<void>>();
  #watching: AbortController | null = null;

  constructor(options: KeptOpenOptions<Value>) {
    this.#options = options;
  }

  /**
   * Works with the thing under this name, opened where it is not open in this version. It stays open until the work
   * has ended. Rejects with what opening or the work rejects with.
   */
  async use<Result>(
    name: string,
    version: string,
    open: (signal: AbortSignal) => Promise<Value>,
    work: (value: Value) => Promise<Result>,
  ): Promise<Result> {
    const known = this.#kept.get(name);
    if (known !== undefined && known.version !== version) this.#letGo(name, known);
    const kept = this.#kept.get(name) ?? this.#begin(name, version, open);
    kept.usedAt = this.#options.clock.ticks();
    const working = kept.opened.then(work);
    kept.works.add(working);
    try {
      return await working;
    } finally {
      kept.works.delete(working);
    }
  }

  /** Lets go of all things whose name fits, and waits until they are closed. Not to be awaited by work with them. */
  async drop(fits: (name: string) => boolean): Promise<void> {
    for (const [name, kept] of this.#kept) if (fits(name)) this.#letGo(name, kept);
    await Promise.all(this.#closing);
  }

  async close(): Promise<void> {
    this.#watching?.abort();
    this.#watching = null;
    await this.drop(() => true);
  }

  #begin(name: string, version: string, open: (signal: AbortSignal) => Promise<Value>): Kept<Value> {
    const { clock, most } = this.#options;
    const controller = new AbortController();
    const kept: Kept<Value> = {
      version,
      opened: open(controller.signal),
      controller,
      usedAt: clock.ticks(),
      works: new Set(),
    };
    kept.opened.catch(() => this.#kept.get(name) === kept && this.#kept.delete(name));
    this.#kept.set(name, kept);
    while (this.#kept.size > most) {
      const [oldest] = [...this.#kept].sort((a, b) => a[1].usedAt - b[1].usedAt);
      this.#letGo(...oldest!);
    }
    void this.#watch();
    return kept;
  }

  #letGo(name: string, { controller, opened, works }: Kept<Value>): void {
    this.#kept.delete(name);
    controller.abort();
    const closing = this.#closed(opened, works);
    this.#closing.add(closing);
    void closing.finally(() => this.#closing.delete(closing));
  }

  async #closed(opened: Promise<Value>, works: ReadonlySet<Promise<unknown>>): Promise<void> {
    let value: Value;
    try {
      value = await opened;
    } catch {
      // What did not open needs no closing; whoever asked for it was told.
      return;
    }
    await Promise.allSettled(works);
    try {
      await this.#options.close(value);
    } catch (trouble) {
      this.#options.noteBug(trouble);
    }
  }

  async #watch(): Promise<void> {
    if (this.#watching !== null) return;
    const watching = new AbortController();
    this.#watching = watching;
    const { signal } = watching;
    const { clock, idleMs } = this.#options;
    while (!signal.aborted && this.#kept.size > 0) {
      await clock.sleep(idleMs / 4, signal);
      const now = clock.ticks();
      for (const [name, kept] of this.#kept) if (now - kept.usedAt >= idleMs) this.#letGo(name, kept);
    }
    if (this.#watching === watching) this.#watching = null;
  }
}
