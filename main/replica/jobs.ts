import assert from 'node:assert/strict';
import Database from 'better-sqlite3';
import type { JsonObject } from '#domain/json.ts';
import type { ImportJob, ImportJobError } from '#domain/migration/import-job.ts';

interface JobRow {
  readonly id: string;
  readonly status: ImportJob['status'];
  readonly connection: string;
  readonly upsert: number;
  readonly external_id: string;
  readonly file: string;
  readonly bytes: number;
  readonly total: number | null;
  readonly inserted: number;
  readonly updated: number;
  readonly failed: number;
  readonly status_details: string | null;
  readonly created_ms: number | null;
  readonly ended_ms: number | null;
  readonly completion_mail: number | null;
  readonly findings: string | null;
}

interface ErrorRow {
  readonly item: number;
  readonly position: number;
  readonly record: string;
  readonly errors: string;
}

export interface JobReader {
  /** In the order they were created. */
  readonly jobs: () => readonly ImportJob[];
  readonly jobErrors: (jobId: string, afterIndex: number, limit: number) => readonly ImportJobError[];
}

export interface JobWriter {
  /** Creates the job, or brings the stored one up to date. */
  readonly job: (job: ImportJob) => void;
  readonly jobError: (jobId: string, error: ImportJobError) => void;
}

export function openJobReader(db: Database.Database): JobReader {
  const all = db.prepare<[], JobRow>('SELECT * FROM jobs ORDER BY number');
  const errors = db.prepare<[string, number, number], ErrorRow>(
    `SELECT item, position, record, errors FROM job_errors
     WHERE job = (SELECT number FROM jobs WHERE id = ?) AND item > ? ORDER BY item LIMIT ?`,
  );
  return {
    jobs: () => all.all().map(jobOf),
    jobErrors: (jobId, afterIndex, limit) => errors.all(jobId, afterIndex, limit).map(errorOf),
  };
}

export function openJobWriter(db: Database.Database): JobWriter {
  const put = db.prepare<(string | number | null)[]>(
    `INSERT INTO jobs (id, status, connection, upsert, external_id, file, bytes, total, inserted, updated, failed,
       status_details, created_ms, ended_ms, completion_mail, findings)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET status = excluded.status, bytes = excluded.bytes, total = excluded.total,
       inserted = excluded.inserted, updated = excluded.updated, failed = excluded.failed,
       status_details = excluded.status_details, file = excluded.file, connection = excluded.connection,
       upsert = excluded.upsert, external_id = excluded.external_id, created_ms = excluded.created_ms,
       ended_ms = excluded.ended_ms, completion_mail = excluded.completion_mail, findings = excluded.findings`,
  );
  const number = db.prepare<[string], number>('SELECT number FROM jobs WHERE id = ?').pluck();
  const insert = db.prepare<[number, number, number, string, string]>(
    'INSERT INTO job_errors (job, item, position, record, errors) VALUES (?, ?, ?, ?, ?)',
  );
  return {
    job(job) {
      const { summary } = job;
      put.run(
        job.id, job.status, job.connection, Number(job.upsert), job.externalId, job.file, job.bytes,
        summary?.total ?? null, summary?.inserted ?? null, summary?.updated ?? null, summary?.failed ?? null,
        job.statusDetails, job.createdAtMs ?? null, job.endedAtMs ?? null,
        job.sendCompletionEmail === undefined ? null : Number(job.sendCompletionEmail),
        job.findings === undefined ? null : JSON.stringify(job.findings),
      ); // biome-ignore format: in the order of the columns
    },
    jobError(jobId, error) {
      const job = number.get(jobId);
      assert(job !== undefined, `our bug: an error of job ${jobId}, which is not in the replica`);
      try {
        insert.run(
          job,
          error.index,
          error.position,
          JSON.stringify(error.user),
          JSON.stringify(error.errors),
        );
      } catch (problem) {
        const twice =
          problem instanceof Database.SqliteError && problem.code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
        assert(!twice, `our bug: record ${error.index} of job ${jobId} is refused a second time`);
        throw problem;
      }
    },
  };
}

function jobOf(row: JobRow): ImportJob {
  const { total, inserted, updated, failed } = row;
  return {
    id: row.id,
    type: 'users_import',
    status: row.status,
    connection: row.connection,
    upsert: row.upsert === 1,
    externalId: row.external_id,
    file: row.file,
    bytes: row.bytes,
    summary: total === null ? null : { total, inserted, updated, failed },
    statusDetails: row.status_details,
    ...(row.created_ms === null ? {} : { createdAtMs: row.created_ms }),
    ...(row.ended_ms === null ? {} : { endedAtMs: row.ended_ms }),
    ...(row.completion_mail === null ? {} : { sendCompletionEmail: row.completion_mail === 1 }),
    ...(row.findings === null
      ? {}
      : { findings: JSON.parse(row.findings) as NonNullable<ImportJob['findings']> }),
  };
}

function errorOf(row: ErrorRow): ImportJobError {
  return {
    index: row.item,
    position: row.position,
    user: JSON.parse(row.record) as JsonObject,
    errors: JSON.parse(row.errors) as ImportJobError['errors'],
  };
}
