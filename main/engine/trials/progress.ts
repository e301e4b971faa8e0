import type { Progress } from '#contract/trials.ts';
import type { Clock } from '#engine/ports/clock.ts';

const WINDOW_MS = 10_000;
const MIN_INTERVAL_MS = 100;

/** Turns totals at moments into a rate over the last seconds and an honest time left. */
export class RateMeter {
  #samples: { readonly at: number; readonly done: number }[] = [];

  note(at: number, done: number): void {
    this.#samples.push({ at, done });
    while (this.#samples.length > 2 && at - this.#samples[0]!.at > WINDOW_MS) this.#samples.shift();
  }

  /** Users per second, or null before there is anything to measure. */
  rate(): number | null {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || last.at <= first.at) return null;
    return ((last.done - first.done) * 1000) / (last.at - first.at);
  }

  reset(): void {
    this.#samples = [];
  }
}

type Listener = (progress: Progress) => void;

/** Tells listeners at most ten times a second; the last state always arrives. */
export class ProgressFeed {
  readonly #listeners = new Set<Listener>();
  #latest: Progress;
  #toldAt = Number.NEGATIVE_INFINITY;
  readonly #clock: Clock;

  constructor(first: Progress, clock: Clock) {
    this.#latest = first;
    this.#clock = clock;
  }

  get latest(): Progress {
    return this.#latest;
  }

  publish(progress: Progress): void {
    const changedState =
      progress.status !== this.#latest.status ||
      progress.pausedBy !== this.#latest.pausedBy ||
      progress.phase !== this.#latest.phase;
    this.#latest = progress;
    const now = this.#clock.ticks();
    if (!changedState && now - this.#toldAt < MIN_INTERVAL_MS) return;
    this.#toldAt = now;
    for (const listener of this.#listeners) listener(progress);
  }

  /** Yields the present state, then changes, until the trial runs no more, nor waits to run by itself. */
  async *watch(signal?: AbortSignal): AsyncGenerator<Progress> {
    const waiting: Progress[] = [this.#latest];
    let wake = (): void => undefined;
    const listener: Listener = (progress) => {
      waiting.push(progress);
      wake();
    };
    const onAbort = (): void => wake();
    this.#listeners.add(listener);
    signal?.addEventListener('abort', onAbort);
    try {
      while (signal?.aborted !== true) {
        // A slow listener gets the newest state, not a backlog.
        const next = waiting.splice(0).at(-1);
        if (next === undefined) {
          await new Promise<void>((resolve) => (wake = resolve));
          continue;
        }
        yield next;
        if (next.status !== 'running' && next.pausedBy !== 'database') return;
      }
    } finally {
      this.#listeners.delete(listener);
      signal?.removeEventListener('abort', onAbort);
    }
  }
}
