import { createImportBatcher, type ImportFile } from '#domain/migration/import-batcher.ts';
import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import type { PartFile } from '#engine/ports/bulk-import.ts';
import { toBulkEntry, tooLarge } from '#engine/trials/bulk-entries.ts';
import { createPartPacker } from '#engine/trials/import-parts.ts';
import { createImportQueue, type ImportQueue } from '#engine/trials/import-queue.ts';
import { orCancelled, throwIfCancelled } from '#engine/trials/outage.ts';
import type { PhaseContext } from '#engine/trials/phase-context.ts';
import { prepareUser } from '#engine/trials/prepare-user.ts';

const PAGE_USERS = 1_000;
/** A stretch of users of whom hardly any fits into a file still gets a checkpoint after so many. */
const MOST_WAITING = 4_000;
/** Files that are committed together. */
const FILES_AT_ONCE = 4;

/**
 * Maps and validates every user and fills import files in order, while a second thread imports each file as a job. The
 * users of a few files are the unit that is committed: a resumed phase starts with the user after the last
 * committed file, and writes the same files again.
 */
export async function runBulkPhase(context: PhaseContext): Promise<void> {
  const { ports, project, options, trialId, source } = context;
  const writer = ports.openBulkImport(
    ports.trialFolders.replicaPath(project.folder, trialId),
    source.expected,
    {
      connection: project.settings.connection,
      upsert: options.upsert,
      afterOtherPhase: context.afterOtherPhase,
      assumptions: context.assumptions,
      createdAtMs: context.createdAtMs,
    },
  );
  const writing = new Set<Promise<unknown>>();
  try {
    const queue = createImportQueue(writer, (counts) => context.committed({ ...counts, finished: false }));
    const last = await readAndImport(context, queue, writing);
    await queue.drain();
    const counts = await orCancelled(writer.finish(last), context.signal);
    context.committed({ ...counts, finished: true });
  } finally {
    // Nothing is written any more once the trial has ended, however it ended.
    await Promise.allSettled(writing);
    await writer.close();
  }
}

interface Reached {
  readonly after: LegacyKey | null;
  readonly done: number;
}

async function readAndImport(
  context: PhaseContext,
  queue: ImportQueue,
  writing: Set<Promise<unknown>>,
): Promise<Reached> {
  const { replica, source } = context;
  const checkpoint = replica.checkpoint('bulk');
  const parts = createPartPacker();
  let reached: Reached = { after: checkpoint?.after ?? null, done: checkpoint?.done ?? 0 };
  let { after, done: read } = reached;
  let files = replica.jobs().length;
  let batcher = createImportBatcher();
  let filesInPart: Promise<unknown>[] = [];
  const close = (file: ImportFile | null): void => {
    if (file === null) return parts.file(null);
    files += 1;
    const begun = beginFile(context, file, files, writing);
    parts.file(begun.file);
    filesInPart.push(begun.written);
  };
  const commit = async (): Promise<void> => {
    const ready = Promise.all(filesInPart);
    filesInPart = [];
    if (parts.size > 0) await queue.add(parts.take(reached), ready);
  };
  for (;;) {
    throwIfCancelled(context.signal);
    const from = after;
    const page = await context.throughOutages(() =>
      orCancelled(source.page(from, read, PAGE_USERS), context.signal),
    );
    for (const record of page.records) {
      let entry = toBulkEntry(
        context,
        prepareUser(record, read, context.project.settings.fields, context.createdAtMs),
      );
      const step = entry.json === null ? null : batcher.add(entry.json);
      if (step?.kind === 'too-large') entry = tooLarge(entry, step.bytes);
      if (step?.kind === 'added' && step.closed !== null) {
        close(step.closed);
        if (filesInPart.length === FILES_AT_ONCE) await commit();
      }
      parts.add(entry);
      read += 1;
      reached = { after: record.key, done: read };
      if (parts.waiting >= MOST_WAITING) {
        close(batcher.finish());
        batcher = createImportBatcher();
        await commit();
      }
    }
    after = page.records.at(-1)?.key ?? after;
    if (page.next === null) {
      close(batcher.finish());
      await commit();
      return reached;
    }
    // Gives cancellation and watchers their turn: a file-based store never waits for anything by itself.
    await context.ports.clock.sleep(0);
  }
}

function beginFile(
  { ports, project, trialId }: PhaseContext,
  { text, bytes, records }: ImportFile,
  number: number,
  writing: Set<Promise<unknown>>,
): { readonly file: PartFile['file']; readonly written: Promise<unknown> } {
  const name = `import/users-${String(number).padStart(5, '0')}.json`;
  const jobId = `job_${ports.identity.checksum(text).slice(0, 16)}`;
  const written = ports.trialFolders.writeFile(project.folder, trialId, name, text);
  // Whoever commits is told of a failure; until then it is not one that nobody handles.
  const settled = written.catch(() => undefined).then(() => void writing.delete(settled));
  writing.add(settled);
  return { file: { jobId, name, bytes, records }, written };
}
