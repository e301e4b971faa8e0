import { Worker } from 'node:worker_threads';
import { Fault, type FaultKind } from '#engine/fault.ts';
import type { ExportRequest, ExportSummary, ReportBytes } from '#engine/ports/audit-work.ts';
import type { FinishedSide, SideShape } from '#audit/sides.ts';

export interface ThreadInput {
  readonly request: ExportRequest;
  readonly shape: SideShape;
}

export type ThreadMessage =
  | { readonly type: 'bytes'; readonly done: number; readonly expected: number }
  | { readonly type: 'done'; readonly summary: ExportSummary; readonly side: FinishedSide }
  | {
      readonly type: 'fault';
      readonly kind: FaultKind;
      readonly message: string;
      readonly where?: string | undefined;
      readonly doing?: string | undefined;
      readonly help?: string | undefined;
    };

/** Reads exports on a thread of its own, so that the legacy store is read at the same time. */
export async function readExportsBeside(
  input: ThreadInput,
  report: ReportBytes,
  signal: AbortSignal,
): Promise<{ readonly summary: ExportSummary; readonly side: FinishedSide }> {
  const thread = new Worker(new URL('./export-thread-main.ts', import.meta.url), {
    workerData: input,
    // Records live for one line: with room for many of them most are gone before they are looked at.
    resourceLimits: { maxYoungGenerationSizeMb: 48 },
  });
  const cancelled = () => new Fault('cancelled', 'reading the export was cancelled');
  let stop: () => void = () => undefined;
  try {
    return await new Promise((resolve, reject) => {
      stop = () => reject(cancelled());
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
      thread.on('message', (message: ThreadMessage) => {
        if (message.type === 'bytes') report(message.done, message.expected);
        else if (message.type === 'done') resolve(message);
        else reject(faultOf(message));
      });
      thread.once('error', reject);
      thread.once('exit', (code) =>
        reject(new Error(`the thread that reads exports ended with code ${code}`)),
      );
    });
  } finally {
    signal.removeEventListener('abort', stop);
    await thread.terminate();
  }
}

function faultOf({ kind, message, where, doing, help }: Extract<ThreadMessage, { type: 'fault' }>): Fault {
  return new Fault(kind, message, {
    ...(where === undefined ? {} : { where }),
    ...(doing === undefined ? {} : { doing }),
    ...(help === undefined ? {} : { help }),
  });
}
