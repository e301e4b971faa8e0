import type { Assumptions } from '#domain/assumptions.ts';
import { resolveAssumptions } from '#domain/assumptions.ts';
import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import { FILE_BYTES } from '#domain/migration/import-batcher.ts';
import type { ImportJob } from '#domain/migration/import-job.ts';
import { validateImportRecord } from '#domain/migration/validate-import-record.ts';
import type { NamedTrial } from '#engine/exports/named-trials.ts';
import type { ExportDraft, FileFacts } from '#engine/ports/exports.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';

/** One upload, in the order of the trial. */
export interface Upload {
  readonly order: number;
  readonly facts: FileFacts;
  readonly records: number;
  readonly withoutPassword: number;
  readonly upsert: boolean;
}

export interface CopiedFiles {
  readonly uploads: readonly Upload[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Copies the import files of a trial, one at a time, each compared with the job that the trial recorded for it. */
export async function copyImportFiles(
  ports: Ports,
  project: Project,
  trial: NamedTrial,
  jobs: readonly ImportJob[],
  draft: ExportDraft,
): Promise<CopiedFiles> {
  const { assumptions } = resolveAssumptions(project.settings.assumptions);
  const uploads: Upload[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const job of jobs) {
    const text = await ports.exports.trialFile(project.folder, trial.record.id, job.file);
    const path = `users/${job.file.slice(job.file.lastIndexOf('/') + 1)}`;
    const checked = checkFile(ports, project, assumptions, job, text);
    diagnostics.push(...checked.diagnostics);
    const facts = await draft.write(path, text, true);
    const { records, withoutPassword } = checked;
    uploads.push({ order: uploads.length + 1, facts, records, withoutPassword, upsert: job.upsert });
  }
  return { uploads, diagnostics };
}

interface CheckedFile {
  readonly records: number;
  readonly withoutPassword: number;
  readonly diagnostics: readonly Diagnostic[];
}

function checkFile(
  ports: Ports,
  project: Project,
  assumptions: Assumptions,
  job: ImportJob,
  text: string,
): CheckedFile {
  const place = { kind: 'file', path: job.file } as const;
  const broken = (message: string): CheckedFile => ({
    records: 0,
    withoutPassword: 0,
    diagnostics: [diagnostic('export.import-file-invalid', message, { place })],
  });
  const records = arrayOf(text);
  if (records === null) return broken(`${job.file} is no JSON array.`);
  // The id of a job is made from the text of its file: an edit after the trial shows.
  const untouched = job.id === `job_${ports.identity.checksum(text).slice(0, 16)}`;
  const diagnostics: Diagnostic[] = [];
  if (!untouched || records.length !== job.summary?.total) {
    const message = `${job.file} is not the file that the trial imported.`;
    diagnostics.push(diagnostic('export.import-file-changed', message, { place }));
  }
  if (job.bytes > FILE_BYTES) {
    const message = `${job.file} has ${job.bytes} bytes; a file may have ${FILE_BYTES}.`;
    diagnostics.push(diagnostic('export.import-file-invalid', message, { place }));
  }
  const { requiresUsername, usernameLength } = project.connection;
  const refused = records
    .map((record, index) => ({
      index,
      refusal: validateImportRecord(record, { requiresUsername, usernameLength, assumptions })[0],
    }))
    .filter(({ refusal }) => refusal !== undefined);
  const [first] = refused;
  if (first !== undefined) {
    const message = `${job.file}: ${refused.length} records would be refused, the first is number ${first.index + 1} (${first.refusal!.cause}).`;
    diagnostics.push(diagnostic('export.import-file-invalid', message, { place }));
  }
  return { records: records.length, withoutPassword: records.filter(hasNoHash).length, diagnostics };
}

function arrayOf(text: string): readonly unknown[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function hasNoHash(record: unknown): boolean {
  if (typeof record !== 'object' || record === null) return false;
  return !('password_hash' in record) && !('custom_password_hash' in record);
}
