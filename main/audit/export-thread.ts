import { Worker } from 'node:worker_threads';
import { Fault, type PackedFault, unpackFault } from '#engine/fault.ts';
import type { PeopleTally } from '#domain/audit/people-tally.ts';
import type { ExportRequest, ExportSummary, ReportBytes } from '#engine/ports/audit-work.ts';
import type { CountRules, Progress } from '#audit/count-people.ts';
import type { FinishedSide, SideShape } from '#audit/side-writer.ts';

export interface ThreadInput {
  readonly request: ExportRequest;
  readonly shape: SideShape;
}

/** Asks the thread to count partitions too, once both sides are read. */
export interface CountTask extends CountRules {
  readonly legacy: FinishedSide;
  readonly partitions: number;
  /** Where to put the users whose matches the id does not settle. */
  readonly shared: string;
  readonly progress: Progress;
}

export interface CountedPart {
  readonly tally: PeopleTally;
  readonly repeated: number;
  /** Where the users whose matches the id does not settle are. */
  readonly shared: string;
}

export interface FinishedExports {
  readonly summary: ExportSummary;
  readonly side: FinishedSide;
}

export type ThreadMessage =
  | { readonly type: 'bytes'; readonly done: number; readonly expected: number }
  | ({ readonly type: 'read' } & FinishedExports)
  | { readonly type: 'counted'; readonly part: CountedPart }
  | { readonly type: 'fault'; readonly fault: PackedFault };

type Answer = Exclude<ThreadMessage, { type: 'bytes' | 'fault' }>;

/** Reads exports beside the legacy store, and takes its share of what comes then. */
export class ExportThread {
  readonly #thread: Worker;
  #settle: { resolve(answer: Answer): void; reject(error: unknown): void } | null = null;
  #failure: { readonly error: unknown } | null = null;
  #report: ReportBytes = () => undefined;

  constructor(input: ThreadInput) {
    this.#thread = new Worker(new URL('./export-thread-main.ts', import.meta.url), {
      workerData: input,
      // Records live for one line: with room for many of them most are gone before they are looked at.
      resourceLimits: { maxYoungGenerationSizeMb: 48 },
    });
    this.#thread.on('message', (message: ThreadMessage) => {
      if (message.type === 'bytes') this.#report(message.done, message.expected);
      else if (message.type === 'fault') this.#fail(unpackFault(message.fault));
      else this.#settle?.resolve(message);
    });
    this.#thread.once('error', (error) => this.#fail(error));
    this.#thread.once('exit', (code) =>
      this.#fail(new Error(`the thread that reads exports ended with code ${code}`)),
    );
  }

  async read(report: ReportBytes, signal: AbortSignal): Promise<FinishedExports> {
    this.#report = report;
    const answer = await this.#answer(signal);
    if (answer.type !== 'read') throw new Error(`the thread that reads exports said ${answer.type}`);
    return answer;
  }

  async count(task: CountTask, signal: AbortSignal): Promise<CountedPart> {
    this.#thread.postMessage(task, []);
    const answer = await this.#answer(signal);
    if (answer.type !== 'counted') throw new Error(`the thread that reads exports said ${answer.type}`);
    return answer.part;
  }

  /** Ends it whatever it is doing. */
  async close(): Promise<void> {
    await this.#thread.terminate();
  }

  async #answer(signal: AbortSignal): Promise<Answer> {
    if (this.#failure !== null) throw this.#failure.error;
    let stop: () => void = () => undefined;
    try {
      return await new Promise<Answer>((resolve, reject) => {
        this.#settle = { resolve, reject };
        stop = () => reject(new Fault('cancelled', 'reading the export was cancelled'));
        if (signal.aborted) stop();
        signal.addEventListener('abort', stop, { once: true });
      });
    } finally {
      signal.removeEventListener('abort', stop);
      this.#settle = null;
    }
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#settle?.reject(this.#failure.error);
  }
}
