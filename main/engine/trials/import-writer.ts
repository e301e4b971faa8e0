import { createFileIdentifiers } from '#domain/migration/file-identifiers.ts';
import { logged } from '#domain/migration/flow.ts';
import type { ImportJob } from '#domain/migration/import-job.ts';
import type { ImportPart, BulkImportRules, PartFile } from '#engine/ports/bulk-import.ts';
import type { LoadedReplica, PhaseCounts, ReplicaBatch } from '#engine/ports/replica.ts';
import { createPartReader, type PartUser } from '#engine/trials/import-parts.ts';
import { importUser, keepOut, type Tally } from '#engine/trials/import-user.ts';

/** The side of a bulk phase that writes. */
export interface ImportWriter {
  /** Imports the files of a part, each as one job: accounts, errors, outcomes, jobs and checkpoint, or nothing. */
  add(part: ImportPart): PhaseCounts;
  /** Ends the phase; a step takes seconds where there are millions of users. */
  finishSteps(checkpoint: ImportPart['checkpoint']): Generator<undefined, PhaseCounts>;
}

export function createImportWriter(replica: LoadedReplica, rules: BulkImportRules): ImportWriter {
  const read = createPartReader();
  return {
    add(part) {
      const users = read(part);
      replica.batch((batch) => {
        let at = 0;
        for (const file of part.files) {
          importFile(batch, users.slice(at, at + file.users), file.file, rules);
          at += file.users;
        }
        batch.checkpoint({ phase: 'bulk', ...part.checkpoint, finished: false });
      });
      return replica.counts('bulk');
    },
    *finishSteps(checkpoint) {
      yield* replica.buildSteps();
      replica.batch((batch) => batch.checkpoint({ phase: 'bulk', ...checkpoint, finished: true }));
      return replica.counts('bulk');
    },
  };
}

function importFile(
  batch: ReplicaBatch,
  users: readonly PartUser[],
  file: PartFile['file'],
  rules: BulkImportRules,
): void {
  const tally: Tally = { inserted: 0, updated: 0, failed: 0 };
  if (file !== null) {
    batch.job(jobOf(file, null, rules));
    batch.apply(logged('sapi', null, 'Create import users job'), rules.createdAtMs, null);
  }
  const job = { id: file?.jobId ?? '', inFile: createFileIdentifiers(), tally };
  let index = 0;
  for (const user of users) {
    if (user.record === null) keepOut(batch, user);
    else importUser(batch, user, user.record, index++, job, rules);
  }
  if (file !== null) {
    batch.job(jobOf(file, tally, rules));
    // A job with refused records succeeds all the same.
    batch.apply(logged('sui', null), rules.createdAtMs, null);
  }
}

function jobOf(file: NonNullable<PartFile['file']>, tally: Tally | null, rules: BulkImportRules): ImportJob {
  return {
    id: file.jobId,
    type: 'users_import',
    status: tally === null ? 'pending' : 'completed',
    connection: rules.connection,
    upsert: rules.upsert,
    externalId: file.name,
    file: file.name,
    bytes: file.bytes,
    summary: tally === null ? null : { total: file.records, ...tally },
    statusDetails: null,
  };
}
