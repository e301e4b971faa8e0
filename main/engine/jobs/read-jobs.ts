import type { z } from 'zod';
import type { Job, jobErrorSchema, jobs } from '#contract/jobs.ts';
import { resolveAssumptions } from '#domain/assumptions.ts';
import type { ImportJob, ImportJobError } from '#domain/migration/import-job.ts';
import { Fault } from '#engine/fault.ts';
import { jobMoments } from '#engine/jobs/job-moments.ts';
import { jobView } from '#engine/jobs/job-view.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Replica } from '#engine/ports/replica.ts';

export interface InTrial {
  readonly project: string;
  readonly trial: string;
}
type OneJob = InTrial & { readonly job: string };
type ErrorsResult = z.output<NonNullable<(typeof jobs.errors)['~orpc']['outputSchema']>>;

const PAGE = 1_000;

/** All jobs of a trial, oldest first. */
export async function listJobs(ports: Ports, { project, trial }: InTrial): Promise<Job[]> {
  const record = await ports.trialFolders.readRecord(project, trial);
  return reading(ports, { project, trial }, (replica) => {
    const { assumptions } = resolveAssumptions(record.assumptions);
    const all = replica.jobs();
    const moments = jobMoments(all, Date.parse(record.createdAt), assumptions);
    return all.map((job, index) => jobView(ports.identity, job, moments[index]!));
  });
}

export async function showJob(ports: Ports, request: OneJob): Promise<Job> {
  const found = (await listJobs(ports, request)).find(({ job }) => job.id === request.job);
  if (found === undefined) throw noSuchJob(request);
  return found;
}

/** Nothing is forgotten after a day, as it is in a tenant. */
export function jobErrors(ports: Ports, request: OneJob): Promise<ErrorsResult> {
  return reading(ports, request, (replica) => {
    jobOf(replica, request);
    const body: z.infer<typeof jobErrorSchema>[] = [];
    for (const { user, errors } of allErrors(replica, request.job)) {
      body.push(structuredClone({ user, errors }) as z.infer<typeof jobErrorSchema>);
    }
    return body.length === 0 ? { status: 204, body: null } : { status: 200, body };
  });
}

export function* allErrors(replica: Replica, job: string): Generator<ImportJobError> {
  let after = -1;
  for (;;) {
    const page = replica.jobErrors(job, after, PAGE);
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)!.index;
  }
}

export function jobOf(replica: Replica, request: OneJob): ImportJob {
  const job = replica.jobs().find(({ id }) => id === request.job);
  if (job === undefined) throw noSuchJob(request);
  return job;
}

function noSuchJob({ trial, job }: OneJob): Fault {
  return new Fault('input-invalid', `trial ${trial} has no job ${job}`, {
    help: 'List the jobs of the trial and name one of them.',
  });
}

export async function reading<T>(
  ports: Ports,
  { project, trial }: InTrial,
  work: (replica: Replica) => T,
): Promise<T> {
  await ports.trialFolders.readRecord(project, trial);
  const replica = ports.replicas.openReadOnly(ports.trialFolders.replicaPath(project, trial));
  try {
    return work(replica);
  } finally {
    replica.close();
  }
}
