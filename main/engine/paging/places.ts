/** Key of the row that comes `rows` after `after` (null: the first rows); null where there are fewer. */
export type KeyAfter<Key> = (after: Key | null, rows: number, signal: AbortSignal) => Promise<Key | null>;

export interface PlacesOptions {
  /** Rows between two notes at first. */
  readonly step: number;
  /** Milliseconds for one step above which steps grow: the cost is then in each question, not in its rows. */
  readonly slowMs: number;
  readonly mostStep: number;
  readonly ticks: () => number;
  /** Lets other work of this process go on. */
  readonly rest: () => Promise<void>;
}

/** Work without a rest that nobody notices, milliseconds. */
const UNNOTICED_MS = 4;
const MOST_VISITED = 500;

/**
 * Where rows are, by their number, in an order that can only be walked: a key noted every so many rows, so that any
 * place is a short walk from the note before it. Rows that come or go meanwhile shift places by as many.
 */
export class Places<Key> {
  readonly #keyAfter: KeyAfter<Key>;
  readonly #options: PlacesOptions;
  /** Number of rows up to and with the key, ascending. */
  readonly #notes: { readonly rows: number; readonly key: Key }[] = [];
  /** Ends of pages that were read: scrolling goes on from them. */
  readonly #visited = new Map<number, Key>();
  #complete = false;

  constructor(keyAfter: KeyAfter<Key>, options: PlacesOptions) {
    this.#keyAfter = keyAfter;
    this.#options = options;
  }

  get noted(): { rows: number; complete: boolean } {
    return { rows: this.#notes.at(-1)?.rows ?? 0, complete: this.#complete };
  }

  /** Walks to the end and notes the way. Rejects with what the walk rejects with; what is noted stays. */
  async note(signal: AbortSignal): Promise<void> {
    const { ticks, rest, slowMs, mostStep } = this.#options;
    let { step } = this.#options;
    let restedAt = ticks();
    while (!signal.aborted) {
      const from = this.#notes.at(-1);
      const startedAt = ticks();
      const key = await this.#keyAfter(from?.key ?? null, step, signal);
      if (key === null) {
        this.#complete = true;
        return;
      }
      this.#notes.push({ rows: (from?.rows ?? 0) + step, key });
      const now = ticks();
      if (now - startedAt > slowMs) step = Math.min(step * 2, mostStep);
      if (now - restedAt < UNNOTICED_MS) continue;
      await rest();
      restedAt = ticks();
    }
  }

  /** Key of the row before place `at`; null at the start. `end`: there are not so many rows. */
  async before(at: number, signal: AbortSignal): Promise<{ readonly key: Key | null } | 'end'> {
    if (at === 0) return { key: null };
    const visited = this.#visited.get(at);
    if (visited !== undefined) return { key: visited };
    const near = this.#noteUpTo(at);
    const rows = at - (near?.rows ?? 0);
    if (near !== undefined && rows === 0) return { key: near.key };
    const key = await this.#keyAfter(near?.key ?? null, rows, signal);
    return key === null ? 'end' : { key };
  }

  /** Remembers that the row before place `at` has this key. */
  visit(at: number, key: Key): void {
    this.#visited.delete(at);
    this.#visited.set(at, key);
    if (this.#visited.size <= MOST_VISITED) return;
    const [oldest] = this.#visited.keys();
    if (oldest !== undefined) this.#visited.delete(oldest);
  }

  #noteUpTo(at: number): { readonly rows: number; readonly key: Key } | undefined {
    let low = 0;
    let high = this.#notes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#notes[middle]!.rows <= at) low = middle + 1;
      else high = middle;
    }
    return this.#notes[low - 1];
  }
}
