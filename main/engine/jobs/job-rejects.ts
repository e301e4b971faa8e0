import type { z } from 'zod';
import type { jobs } from '#contract/jobs.ts';
import { type Assumptions, resolveAssumptions } from '#domain/assumptions.ts';
import type { Json } from '#domain/json.ts';
import { createImportBatcher, type ImportFile } from '#domain/migration/import-batcher.ts';
import { importFileRecords } from '#domain/migration/import-file-records.ts';
import type { ImportJob } from '#domain/migration/import-job.ts';
import { jobTimes } from '#domain/migration/job-clock.ts';
import { isJsonObject } from '#domain/profile/row-json.ts';
import { allErrors, type InTrial, jobOf, reading } from '#engine/jobs/read-jobs.ts';
import type { Ports } from '#engine/ports/ports.ts';

type Request = InTrial & { readonly job?: string | undefined };
type Result = z.output<NonNullable<(typeof jobs.rejects)['~orpc']['outputSchema']>>;

/** Records that did not get in, as the next files: in the order of jobs and records, none longer than a file may be. */
export async function jobRejects(ports: Ports, request: Request): Promise<Result> {
  const sent = await filesOf(ports, request);
  const newest = newestFiles(sent);
  const batcher = createImportBatcher();
  const files: Pick<ImportFile, 'records' | 'text'>[] = [];
  const close = (file: ImportFile | null): void => {
    if (file !== null) files.push(file);
  };
  for (const [number, { records, missing }] of sent.entries()) {
    for (const index of missing) {
      const record = records[index] ?? null;
      const name = nameOf(record);
      if (name !== null && newest.get(name) !== number) continue;
      const json = JSON.stringify(record);
      const step = batcher.add(json);
      if (step.kind === 'added') close(step.closed);
      else {
        // Alone it fills more than a file may hold; it is handed back all the same, to be cut.
        close(batcher.finish());
        files.push({ records: 1, text: `[${json}]` });
      }
    }
  }
  close(batcher.finish());
  return {
    records: files.reduce((sum, file) => sum + file.records, 0),
    files: files.map(({ records, text }) => ({ records, text: `${text}\n` })),
  };
}

interface SentFile {
  readonly records: readonly Json[];
  /** Places of the records that did not get in. */
  readonly missing: readonly number[];
}

async function filesOf(ports: Ports, { project, trial, job }: Request): Promise<SentFile[]> {
  const record = await ports.trialFolders.readRecord(project, trial);
  const { assumptions } = resolveAssumptions(record.assumptions);
  const refused = await reading(ports, { project, trial }, (replica) => {
    const all = job === undefined ? replica.jobs() : [jobOf(replica, { project, trial, job })];
    return all.map((one) => ({
      job: one,
      indexes: [...allErrors(replica, one.id)].map(({ index }) => index),
    }));
  });
  const files: SentFile[] = [];
  for (const { job: one, indexes } of refused) {
    const content = importFileRecords(await ports.trialFolders.readFile(project, trial, one.file));
    const records = content.kind === 'records' ? content.records : [];
    const cameTo = reached(one, records.length, assumptions);
    const left = Array.from({ length: records.length - cameTo }, (_, index) => cameTo + index);
    files.push({ records, missing: [...indexes, ...left] });
  }
  return files;
}

/** A job that ran out of time left the end of its file alone. */
function reached(job: ImportJob, records: number, assumptions: Assumptions): number {
  if (job.status !== 'failed' || job.createdAtMs === undefined) return records;
  return jobTimes(records, job.createdAtMs, assumptions).records;
}

/** The number of the newest file that each missing record is in. */
function newestFiles(files: readonly SentFile[]): ReadonlyMap<string, number> {
  const newest = new Map<string, number>();
  for (const [number, { records, missing }] of files.entries()) {
    for (const index of missing) {
      const name = nameOf(records[index] ?? null);
      if (name !== null) newest.set(name, number);
    }
  }
  for (const [number, { records }] of files.entries()) {
    for (const record of records) {
      const name = nameOf(record);
      if (name !== null && newest.has(name)) newest.set(name, number);
    }
  }
  return newest;
}

/** What a record is recognised by in a later file; null where it names nobody, so that it is never taken for another. */
function nameOf(record: Json): string | null {
  if (!isJsonObject(record)) return null;
  for (const property of ['user_id', 'email', 'username', 'phone_number']) {
    const value = record[property];
    if (typeof value === 'string' && value !== '') return `${property} ${value.toLowerCase()}`;
  }
  return null;
}
