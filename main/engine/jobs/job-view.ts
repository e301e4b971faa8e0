import type { ImportedFile, Job } from '#contract/jobs.ts';
import { catalogEntry } from '#domain/diagnostics/catalog.ts';
import type { ImportJob } from '#domain/migration/import-job.ts';
import { JOB_DATA_KEPT_MS } from '#domain/migration/job-clock.ts';
import type { Ports } from '#engine/ports/ports.ts';

/** When a job ran on the simulated clock. */
export interface JobMoments {
  readonly createdAtMs: number;
  readonly endedAtMs: number;
}

export function jobView(identity: Ports['identity'], job: ImportJob, moments: JobMoments): Job {
  return {
    job: tenantJob(identity, job, moments),
    file: job.file,
    bytes: job.bytes,
    endedAt: new Date(moments.endedAtMs).toISOString(),
    seconds: (moments.endedAtMs - moments.createdAtMs) / 1000,
    tenantKeepsUntil: new Date(moments.endedAtMs + JOB_DATA_KEPT_MS).toISOString(),
    findings: (job.findings ?? []).map((one) => ({
      ...findingView(one.code),
      users: one.users,
      index: one.index < 0 ? null : one.index,
      detail: one.detail,
    })),
  };
}

export function findingView(
  code: string,
): Pick<Job['findings'][number], 'code' | 'severity' | 'title' | 'fix'> {
  const entry = catalogEntry(code);
  return {
    code,
    severity: entry?.severity ?? 'note',
    title: entry?.title ?? code,
    fix: entry?.fix ?? '',
  };
}

export function wholeFileFinding(code: string, detail: string): ImportedFile['findings'][number] {
  return { ...findingView(code), users: 0, index: null, detail };
}

function tenantJob(identity: Ports['identity'], job: ImportJob, { createdAtMs }: JobMoments): Job['job'] {
  const { summary, statusDetails } = job;
  return {
    type: 'users_import',
    status: job.status,
    id: job.id,
    created_at: new Date(createdAtMs).toISOString(),
    connection_id: connectionId(identity, job.connection),
    connection: job.connection,
    upsert: job.upsert,
    ...(job.externalId === '' ? {} : { external_id: job.externalId }),
    send_completion_email: job.sendCompletionEmail ?? true,
    ...(job.status === 'pending' ? {} : { percentage_done: 100, time_left_seconds: 0 }),
    ...(statusDetails === null ? {} : { status_details: statusDetails }),
    ...(summary === null
      ? {}
      : {
          summary: {
            failed: summary.failed,
            updated: summary.updated,
            inserted: summary.inserted,
            total: summary.total,
          },
        }),
  };
}

/** Made up from the name, in the tenant's form and always the same. */
function connectionId(identity: Ports['identity'], name: string): string {
  return `con_${identity.checksum(`connection ${name}`).slice(0, 16)}`;
}
