import type { BulkImport, ImportPart } from '#engine/ports/bulk-import.ts';
import type { PhaseCounts } from '#engine/ports/replica.ts';

/** Parts on their way at once: one that is written, and one that waits so that the writer never does. */
const MOST_PARTS = 2;

/** Hands parts to the writer one after the other while further users are read. */
export interface ImportQueue {
  /** Comes back when there is room for one more part. Rejects with what an earlier part met. */
  add(part: ImportPart, filesWritten: Promise<unknown>): Promise<void>;
  /** Comes back when everything is committed. */
  drain(): Promise<void>;
}

export function createImportQueue(writer: BulkImport, committed: (counts: PhaseCounts) => void): ImportQueue {
  const open: Promise<void>[] = [];
  let last: Promise<void> = Promise.resolve();
  const commit = async (part: ImportPart, filesWritten: Promise<unknown>, before: Promise<void>) => {
    await before;
    // A user whose file is not on the disk has not been imported.
    await filesWritten;
    committed(await writer.add(part));
  };
  return {
    async add(part, filesWritten) {
      // After an earlier part has failed, nobody waits for these.
      filesWritten.catch(() => undefined);
      last = commit(part, filesWritten, last);
      // Whoever adds the next part, or drains, is told; until then it is not a failure that nobody handles.
      last.catch(() => undefined);
      open.push(last);
      while (open.length > MOST_PARTS) await open.shift();
    },
    async drain() {
      await last;
    },
  };
}
