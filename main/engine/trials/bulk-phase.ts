import { createImportBatcher, type ImportFile } from '#domain/migration/import-batcher.ts';
import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import { type BulkEntry, toBulkEntry } from '#engine/trials/bulk-entries.ts';
import { beginImport, commitImports, type OpenImport } from '#engine/trials/commit-import-file.ts';
import { orCancelled, throwIfCancelled } from '#engine/trials/outage.ts';
import type { PhaseContext } from '#engine/trials/phase-context.ts';
import { prepareUser } from '#engine/trials/prepare-user.ts';

const PAGE_USERS = 1_000;
/** A stretch of users of whom hardly any fits into a file still gets a checkpoint after so many. */
const MOST_WAITING = 4_000;
/** Files that are committed together: pages of indexes that each of them touches go to the disk once. */
const FILES_AT_ONCE = 4;

/**
 * Maps and validates every user, fills import files in order and imports each as a job. The users of a few files are
 * the unit that is committed: a resumed phase starts with the user after the last committed file, and writes the
 * same files again.
 */
export async function runBulkPhase(context: PhaseContext): Promise<void> {
  const begun: OpenImport[] = [];
  try {
    await readAndImport(context, begun);
  } finally {
    // Nothing is written any more once the trial has ended, however it ended.
    await Promise.allSettled(begun.map(({ written }) => written));
  }
}

async function readAndImport(context: PhaseContext, begun: OpenImport[]): Promise<void> {
  const { replica, source } = context;
  const checkpoint = replica.checkpoint('bulk');
  let after: LegacyKey | null = checkpoint?.after ?? null;
  let read = checkpoint?.done ?? 0;
  let files = replica.jobs().length;
  let waiting: BulkEntry[] = [];
  let batcher = createImportBatcher();
  const commit = async (file: ImportFile | null, finished: boolean): Promise<void> => {
    if (file !== null) files += 1;
    const reached = { done: read - uncommittedAfter(), finished };
    begun.push(beginImport(context, waiting, file, files, reached));
    waiting = [];
    if (begun.length < FILES_AT_ONCE && !finished) return;
    await commitImports(context, begun);
    begun.length = 0;
  };
  // Between reading a user and committing there is at most the one that did not fit into the closed file.
  let opening: BulkEntry | null = null;
  const uncommittedAfter = (): number => (opening === null ? 0 : 1);
  for (;;) {
    throwIfCancelled(context.signal);
    const from = after;
    const page = await context.throughOutages(() =>
      orCancelled(source.page(from, read, PAGE_USERS), context.signal),
    );
    for (const record of page.records) {
      const prepared = prepareUser(record, read, context.project.settings.fields, context.createdAtMs);
      let entry = toBulkEntry(context, prepared);
      read += 1;
      const step = entry.json === null ? null : batcher.add(entry.json);
      if (step?.kind === 'too-large') entry = tooLarge(entry, step.bytes);
      if (step?.kind === 'added' && step.closed !== null) {
        opening = entry;
        await commit(step.closed, false);
        opening = null;
      }
      waiting.push(entry);
      if (waiting.length >= MOST_WAITING) {
        await commit(batcher.finish(), false);
        batcher = createImportBatcher();
      }
    }
    after = page.records.at(-1)?.key ?? after;
    if (page.next === null) return commit(batcher.finish(), true);
    // Gives cancellation and watchers their turn: a file-based store never waits for anything by itself.
    await context.ports.clock.sleep(0);
  }
}

function tooLarge(entry: BulkEntry, bytes: number): BulkEntry {
  const code = 'import.record-too-large';
  return {
    ...entry,
    json: null,
    refusal: code,
    findings: [...entry.findings, { code, detail: `${bytes} bytes` }],
  };
}
