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
/** Rows walked in one question where nothing is noted yet: some milliseconds for a store in this thread. */
const STRIDE = 50_000;

/** The key of a row, and how many rows there are up to and with it. */
interface Note<Key> {
  readonly rows: number;
  readonly key: Key;
}

/**
 * Where rows are, by their number, in an order that can only be walked: a key noted every so many rows, so that any
 * place is a short walk from the note before it. Strides over the whole list come first, so that far places are near
 * to a note soon. Rows that come or go meanwhile shift places by as many.
 */
export class Places<Key> {
  readonly #keyAfter: KeyAfter<Key>;
  readonly #options: PlacesOptions;
  /** Ascending. */
  readonly #notes: Note<Key>[] = [];
  /** Rows up to which there is a note at every step. */
  #stepped = 0;
  /** Ends of pages that were read: scrolling goes on from them. */
  readonly #visited = new Map<number, Key>();
  #complete = false;

  constructor(keyAfter: KeyAfter<Key>, options: PlacesOptions) {
    this.#keyAfter = keyAfter;
    this.#options = options;
  }

  get noted(): { rows: number; complete: boolean } {
    return { rows: this.#stepped, complete: this.#complete };
  }

  /** Walks to the end and notes the way. Rejects with what the walk rejects with; what is noted stays. */
  async note(signal: AbortSignal): Promise<void> {
    await this.#noteStrides(signal);
    await this.#noteSteps(signal);
  }

  async #noteStrides(signal: AbortSignal): Promise<void> {
    let from: Key | null = null;
    for (let rows = STRIDE; !signal.aborted; rows += STRIDE) {
      const key: Key | null = await this.#keyAfter(from, STRIDE, signal);
      if (key === null) return;
      from = key;
      this.#notes.push({ rows, key });
      await this.#options.rest();
    }
  }

  async #noteSteps(signal: AbortSignal): Promise<void> {
    const { ticks, rest, slowMs, mostStep } = this.#options;
    let { step } = this.#options;
    let restedAt = ticks();
    let from: Key | null = null;
    while (!signal.aborted) {
      const startedAt = ticks();
      const key: Key | null = await this.#keyAfter(from, step, signal);
      if (key === null) {
        this.#complete = true;
        return;
      }
      from = key;
      this.#stepped += step;
      this.#notes.splice(this.#notesUpTo(this.#stepped), 0, { rows: this.#stepped, key });
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
    let near = this.#noteUpTo(at);
    while (at > near.rows) {
      const rows = Math.min(STRIDE, at - near.rows);
      const key = await this.#keyAfter(near.key, rows, signal);
      if (key === null) return 'end';
      near = { rows: near.rows + rows, key };
      if (near.rows === at) break;
      await this.#options.rest();
      const noted = this.#noteUpTo(at);
      if (noted.rows > near.rows) near = noted;
    }
    return { key: near.key };
  }

  /** Remembers that the row before place `at` has this key. */
  visit(at: number, key: Key): void {
    this.#visited.delete(at);
    this.#visited.set(at, key);
    if (this.#visited.size <= MOST_VISITED) return;
    const [oldest] = this.#visited.keys();
    if (oldest !== undefined) this.#visited.delete(oldest);
  }

  #noteUpTo(at: number): Note<Key | null> {
    return this.#notes[this.#notesUpTo(at) - 1] ?? { rows: 0, key: null };
  }

  /** How many notes there are up to a place. */
  #notesUpTo(at: number): number {
    let low = 0;
    let high = this.#notes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#notes[middle]!.rows <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
