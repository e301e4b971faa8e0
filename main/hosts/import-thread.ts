import { Worker } from 'node:worker_threads';
import { Fault, type PackedFault, unpackFault } from '#engine/fault.ts';
import type { BulkImport, ImportPart, BulkImportRules, OpenBulkImport } from '#engine/ports/bulk-import.ts';
import type { PhaseCounts } from '#engine/ports/replica.ts';
import { growHeapSlowly } from '#hosts/slow-heap.ts';

export interface ImportThreadInput {
  readonly replica: string;
  readonly expected: number;
  readonly rules: BulkImportRules;
  /** One number: 1 once the thread is wanted to end. */
  readonly stop: Int32Array<SharedArrayBuffer>;
}

export type ImportOrder =
  | { readonly type: 'part'; readonly part: ImportPart }
  | { readonly type: 'finish'; readonly checkpoint: ImportPart['checkpoint'] }
  | { readonly type: 'close' };

export type ImportAnswer =
  | { readonly type: 'counts'; readonly counts: PhaseCounts }
  | { readonly type: 'fault'; readonly fault: PackedFault };

interface Waiting {
  resolve(counts: PhaseCounts): void;
  reject(error: unknown): void;
}

/** Imports on a thread of its own: while SQLite writes, users are read and mapped. */
export const openBulkImport: OpenBulkImport = (replica, expected, rules) => {
  growHeapSlowly();
  return new ImportThread({ replica, expected, rules, stop: new Int32Array(new SharedArrayBuffer(4)) });
};

class ImportThread implements BulkImport {
  readonly #thread: Worker;
  readonly #stop: Int32Array<SharedArrayBuffer>;
  readonly #ended: Promise<void>;
  #waiting: Waiting | null = null;
  #failure: { readonly error: unknown } | null = null;

  constructor(input: ImportThreadInput) {
    this.#stop = input.stop;
    this.#thread = new Worker(new URL('./import-thread-main.ts', import.meta.url), {
      workerData: input,
      // A part lives as long as its transaction: with more room, more of the dead is kept.
      resourceLimits: { maxYoungGenerationSizeMb: 24 },
    });
    this.#thread.on('message', (answer: ImportAnswer) => {
      if (answer.type === 'fault') return this.#fail(unpackFault(answer.fault));
      this.#waiting?.resolve(answer.counts);
    });
    this.#thread.once('error', (error) => this.#fail(error));
    this.#ended = new Promise((resolve) => {
      this.#thread.once('exit', (code) => {
        this.#fail(new Error(`the thread that imports users ended with code ${code}`));
        resolve();
      });
    });
  }

  add(part: ImportPart): Promise<PhaseCounts> {
    return this.#ask({ type: 'part', part });
  }

  finish(checkpoint: ImportPart['checkpoint']): Promise<PhaseCounts> {
    return this.#ask({ type: 'finish', checkpoint });
  }

  async close(): Promise<void> {
    this.#failure ??= { error: new Fault('cancelled', 'the import of users was ended') };
    Atomics.store(this.#stop, 0, 1);
    this.#thread.postMessage({ type: 'close' } satisfies ImportOrder, []);
    await this.#ended;
  }

  async #ask(order: ImportOrder): Promise<PhaseCounts> {
    if (this.#failure !== null) throw this.#failure.error;
    try {
      return await new Promise<PhaseCounts>((resolve, reject) => {
        this.#waiting = { resolve, reject };
        this.#thread.postMessage(order, []);
      });
    } finally {
      this.#waiting = null;
    }
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#waiting?.reject(this.#failure.error);
  }
}
