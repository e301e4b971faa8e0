import { setImmediate as nextTurn } from 'node:timers/promises';

export interface LabProgress {
  readonly family: string;
  /** Candidates tried so far, in all families. */
  readonly tried: number;
}

/** Thrown inside a search to leave it; never leaves the lab. */
export class SearchStopped extends Error {
  readonly reason: 'cancelled' | 'time';

  constructor(reason: 'cancelled' | 'time') {
    super(reason);
    this.reason = reason;
  }
}

const SLICE_MS = 10;
const REPORT_MS = 100;

/** Counts candidates, gives the event loop its turns, and ends the search when asked to or out of time. */
export class Pace {
  readonly #counts = new Map<string, number>();
  readonly #onProgress: (progress: LabProgress) => void;
  readonly #signal: AbortSignal;
  readonly #deadline: number;
  #family = '';
  #total = 0;
  #sliceEnd = 0;
  #nextReport = 0;

  constructor(onProgress: (progress: LabProgress) => void, signal: AbortSignal, timeLimitMs: number) {
    this.#onProgress = onProgress;
    this.#signal = signal;
    this.#deadline = performance.now() + timeLimitMs;
  }

  enter(family: string): void {
    this.#family = family;
    if (!this.#counts.has(family)) this.#counts.set(family, 0);
    this.#onProgress({ family, tried: this.#total });
  }

  count(candidates = 1): void {
    this.#total += candidates;
    this.#counts.set(this.#family, (this.#counts.get(this.#family) ?? 0) + candidates);
  }

  /** True when a turn is due; cheap enough to ask in every round. */
  get due(): boolean {
    return performance.now() >= this.#sliceEnd;
  }

  async breathe(): Promise<void> {
    if (!this.due) return;
    const now = performance.now();
    if (now >= this.#nextReport) {
      this.#nextReport = now + REPORT_MS;
      this.#onProgress({ family: this.#family, tried: this.#total });
    }
    await nextTurn();
    this.stopIfAsked();
    this.#sliceEnd = performance.now() + SLICE_MS;
  }

  stopIfAsked(): void {
    if (this.#signal.aborted) throw new SearchStopped('cancelled');
    if (performance.now() > this.#deadline) throw new SearchStopped('time');
  }

  get total(): number {
    return this.#total;
  }

  get families(): readonly { readonly family: string; readonly candidates: number }[] {
    return [...this.#counts].map(([family, candidates]) => ({ family, candidates }));
  }
}
