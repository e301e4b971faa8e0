import type { z } from 'zod';
import type { ImportedFile, jobs } from '#contract/jobs.ts';
import { type Assumptions, resolveAssumptions } from '#domain/assumptions.ts';
import { REQUEST_BYTES } from '#domain/migration/import-batcher.ts';
import { importFileRecords } from '#domain/migration/import-file-records.ts';
import { type ImportRequest, requestRefusal } from '#domain/migration/import-request.ts';
import { activeJobs, jobTimes, nextFreeMs } from '#domain/migration/job-clock.ts';
import { jobMoments } from '#engine/jobs/job-moments.ts';
import { jobView, wholeFileFinding } from '#engine/jobs/job-view.ts';
import { trialForJobs } from '#engine/jobs/jobs-trial.ts';
import { runJob } from '#engine/jobs/run-job.ts';
import type { ImportFileSource } from '#engine/ports/import-files.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import type { Replica } from '#engine/ports/replica.ts';

export type ImportJobsRequest = z.output<NonNullable<(typeof jobs.import)['~orpc']['inputSchema']>>;
type ImportJobsResult = z.output<NonNullable<(typeof jobs.import)['~orpc']['outputSchema']>>;

/** Sends files to the user store of a trial one after the other, as a tenant would take them. */
export async function importJobs(ports: Ports, request: ImportJobsRequest): Promise<ImportJobsResult> {
  const project = await ports.projects.open(request.project);
  const sources: ImportFileSource[] = [];
  for (const path of request.files) sources.push(await ports.readImportFile(path, REQUEST_BYTES));
  const lock = await ports.lockProject(project.folder);
  try {
    const record = await trialForJobs(ports, project, request.trial);
    const replica = ports.replicas.open(ports.trialFolders.replicaPath(project.folder, record.id));
    try {
      const { assumptions } = resolveAssumptions(record.assumptions);
      const desk = { ports, project, replica, request, assumptions, trial: record.id };
      return { trial: record.id, files: await sendAll(desk, sources, Date.parse(record.createdAt)) };
    } finally {
      replica.close();
    }
  } finally {
    await lock.release();
  }
}

interface Desk {
  readonly ports: Ports;
  readonly project: Project;
  readonly replica: Replica;
  readonly request: ImportJobsRequest;
  readonly assumptions: Assumptions;
  readonly trial: string;
}

/** The simulated clock goes on where the last job of the trial ended. */
async function sendAll(
  desk: Desk,
  sources: readonly ImportFileSource[],
  trialStartMs: number,
): Promise<ImportedFile[]> {
  const before = jobMoments(desk.replica.jobs(), trialStartMs, desk.assumptions);
  let nowMs = Math.max(trialStartMs, ...before.map(({ endedAtMs }) => endedAtMs));
  const ended: number[] = [];
  const results: ImportedFile[] = [];
  for (const source of sources) {
    const sentAtMs = desk.request.atOnce ? nowMs : nextFreeMs(ended, nowMs);
    const result = await send(desk, source, sentAtMs, activeJobs(ended, sentAtMs));
    if (result.kind === 'job') {
      ended.push(Date.parse(result.endedAt));
      results.push({ ...result, waitedSeconds: (sentAtMs - nowMs) / 1000 });
    } else results.push(result);
    nowMs = sentAtMs;
  }
  return results;
}

async function send(
  desk: Desk,
  source: ImportFileSource,
  atMs: number,
  active: number,
): Promise<ImportedFile> {
  const { ports, project, replica, request, assumptions } = desk;
  const asked: ImportRequest = {
    fileName: source.name,
    fileBytes: source.bytes,
    upsert: request.upsert,
    externalId: request.externalId ?? null,
    sendCompletionEmail: request.sendCompletionEmail,
    importMode: project.connection.importMode,
    activeJobs: active,
  };
  const refused = requestRefusal(asked, assumptions);
  if (refused !== null) {
    const { cause, ...refusal } = refused;
    const findings = [wholeFileFinding(cause, `${source.bytes} bytes`)];
    return { kind: 'refused', source: source.name, refusal, findings };
  }
  const text = source.text ?? '';
  const number = replica.jobs().length + 1;
  const id = `job_${ports.identity.checksum(`${desk.trial} ${number} ${text}`).slice(0, 16)}`;
  const file = `jobs/${String(number).padStart(5, '0')}-${id}.json`;
  await ports.trialFolders.writeFile(project.folder, desk.trial, file, text);
  const content = importFileRecords(text);
  const records = content.kind === 'records' ? content.records.length : 0;
  const job = runJob(ports, project, replica, assumptions, {
    id,
    file,
    bytes: source.bytes,
    upsert: request.upsert,
    externalId: request.externalId ?? '',
    sendCompletionEmail: request.sendCompletionEmail,
    content,
    times: jobTimes(records, atMs, assumptions),
  });
  const moments = { createdAtMs: job.createdAtMs ?? atMs, endedAtMs: job.endedAtMs ?? atMs };
  return { kind: 'job', source: source.name, waitedSeconds: 0, ...jobView(ports.identity, job, moments) };
}
