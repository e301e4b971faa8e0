import type ivmTypes from 'isolated-vm';

type Isolate = ivmTypes.Isolate;

/** Isolates kept for another container; each holds some tens of megabytes at most. */
const MOST_KEPT = 4;
/** Contexts after which an isolate goes, whatever its state. */
const MOST_USES = 100;
/** Part of its memory limit at which an isolate goes: what earlier contexts left is freed late. */
const WORN_OUT = 0.4;

/** How long one is kept that no container asks for: fresh containers of a busy script follow each other at once. */
const KEPT_MS = 10_000;

interface Kept {
  readonly key: string;
  readonly isolate: Isolate;
  readonly since: number;
}

/**
 * Isolates whose context is gone. A fresh container gets a context of its own, made from the snapshot anew; making
 * the isolate around it takes several times as long, so it is used again by containers of the same script.
 */
export class KeptIsolates {
  readonly #kept: Kept[] = [];
  readonly #uses = new WeakMap<Isolate, number>();
  readonly #changed: () => void;
  /** A look at who is stale is due. */
  #isWatched = false;

  /** `changed`: isolates were given back while nobody asked. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get count(): number {
    return this.#kept.length;
  }

  take(key: string): Isolate | null {
    const at = this.#kept.findIndex((one) => one.key === key);
    if (at < 0) return null;
    const [found] = this.#kept.splice(at, 1);
    return found!.isolate;
  }

  /** Disposes of the isolate where it is not worth keeping. */
  give(key: string, isolate: Isolate, memoryLimitMb: number): void {
    if (isolate.isDisposed) return;
    const uses = (this.#uses.get(isolate) ?? 0) + 1;
    this.#uses.set(isolate, uses);
    const heap = isolate.getHeapStatisticsSync();
    const used = heap.used_heap_size + heap.externally_allocated_size;
    if (uses >= MOST_USES || used > WORN_OUT * memoryLimitMb * 1024 * 1024) {
      isolate.dispose();
      return;
    }
    this.#kept.push({ key, isolate, since: performance.now() });
    if (this.#kept.length > MOST_KEPT) this.#kept.shift()?.isolate.dispose();
    if (!this.#isWatched) this.#giveBackIn(KEPT_MS);
  }

  #giveBackIn(ms: number): void {
    this.#isWatched = true;
    setTimeout(() => this.#giveBack(), ms);
  }

  /** The oldest come first: whoever was taken and given again stands behind all others. */
  #giveBack(): void {
    this.#isWatched = false;
    const stale = performance.now() - KEPT_MS;
    while (this.#kept[0] !== undefined && this.#kept[0].since <= stale) this.#kept.shift()!.isolate.dispose();
    this.#changed();
    const next = this.#kept[0];
    if (next !== undefined) this.#giveBackIn(next.since - stale);
  }
}
