import type { Assumptions } from '#domain/assumptions.ts';
import type { MigrationEvent } from '#domain/migration/events.ts';
import { logged } from '#domain/migration/flow.ts';
import type { ImportFileRecords } from '#domain/migration/import-file-records.ts';
import type { ImportJob, JobFinding } from '#domain/migration/import-job.ts';
import { isNearLimit } from '#domain/migration/import-request.ts';
import type { JobTimes } from '#domain/migration/job-clock.ts';
import { importRecords, type ImportTally } from '#engine/jobs/import-records.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import type { Replica, ReplicaBatch } from '#engine/ports/replica.ts';

export interface AcceptedJob {
  readonly id: string;
  readonly file: string;
  readonly bytes: number;
  readonly upsert: boolean;
  readonly externalId: string;
  readonly sendCompletionEmail: boolean;
  readonly content: ImportFileRecords;
  readonly times: JobTimes;
}

const WHOLE_FILE = -1;

/** Runs an accepted job from pending to its end, in one transaction. */
export function runJob(
  ports: Ports,
  project: Project,
  replica: Replica,
  assumptions: Assumptions,
  accepted: AcceptedJob,
): ImportJob {
  const pending = pendingJob(project, accepted);
  return replica.batch((batch) => {
    const log = (event: MigrationEvent, atMs: number): void => batch.apply(event, atMs, null);
    batch.job(pending);
    log(logged('sapi', null, 'Create import users job'), accepted.times.createdAtMs);
    const ended = endedJob(ports, project, batch, assumptions, accepted, pending);
    batch.job(ended);
    const ok = ended.status === 'completed';
    log(logged(ok ? 'sui' : 'fui', null, ended.statusDetails ?? ''), accepted.times.endedAtMs);
    return ended;
  });
}

function pendingJob(project: Project, accepted: AcceptedJob): ImportJob {
  return {
    id: accepted.id,
    type: 'users_import',
    status: 'pending',
    connection: project.settings.connection,
    upsert: accepted.upsert,
    externalId: accepted.externalId,
    file: accepted.file,
    bytes: accepted.bytes,
    summary: null,
    statusDetails: null,
    createdAtMs: accepted.times.createdAtMs,
    endedAtMs: accepted.times.endedAtMs,
    sendCompletionEmail: accepted.sendCompletionEmail,
    findings: [],
  };
}

function endedJob(
  ports: Ports,
  project: Project,
  batch: ReplicaBatch,
  assumptions: Assumptions,
  accepted: AcceptedJob,
  pending: ImportJob,
): ImportJob {
  const { content, times } = accepted;
  const about = aboutFile(accepted);
  if (content.kind === 'broken') {
    const broke = { code: content.cause, users: 0, index: WHOLE_FILE, detail: '' };
    return { ...pending, status: 'failed', statusDetails: content.details, findings: [broke, ...about] };
  }
  const taken = times.timedOut ? content.records.slice(0, times.records) : content.records;
  const { requiresUsername, usernameLength } = project.connection;
  const { summary, findings }: ImportTally = importRecords(batch, taken, {
    jobId: accepted.id,
    upsert: accepted.upsert,
    atMs: times.endedAtMs,
    rules: { requiresUsername, usernameLength, assumptions },
    assumptions,
    generatedUserId: (index) => ports.identity.checksum(`${accepted.id} ${index}`).slice(0, 24),
  });
  if (times.timedOut) {
    const detail = `${taken.length} of ${content.records.length} records were taken`;
    const late = { code: 'import.job-timed-out', users: 0, index: WHOLE_FILE, detail };
    const statusDetails = 'The job took longer than two hours';
    return { ...pending, status: 'failed', statusDetails, findings: [late, ...about, ...findings] };
  }
  return {
    ...pending,
    status: 'completed',
    summary: { total: content.records.length, ...summary },
    findings: [...about, ...findings],
  };
}

/** What there is to say about the file and the request, whatever its records hold. */
function aboutFile({ bytes, sendCompletionEmail }: AcceptedJob): JobFinding[] {
  const findings: JobFinding[] = [];
  if (isNearLimit(bytes)) {
    findings.push({ code: 'import.file-near-limit', users: 0, index: WHOLE_FILE, detail: `${bytes} bytes` });
  }
  if (sendCompletionEmail) {
    const detail = 'send_completion_email: true';
    findings.push({ code: 'import.sends-completion-mail', users: 0, index: WHOLE_FILE, detail });
  }
  return findings;
}
