import type { Assumptions } from '#domain/assumptions.ts';
import type { ImportJob } from '#domain/migration/import-job.ts';
import { jobTimes, nextFreeMs } from '#domain/migration/job-clock.ts';
import type { JobMoments } from '#engine/jobs/job-view.ts';

/**
 * When the jobs of a trial ran on the simulated clock, in their order. The files of a bulk phase are sent as soon
 * as one of the two places is free, the first when the trial began.
 */
export function jobMoments(
  jobs: readonly ImportJob[],
  trialStartMs: number,
  assumptions: Assumptions,
): readonly JobMoments[] {
  const moments: JobMoments[] = [];
  let nowMs = trialStartMs;
  for (const job of jobs) {
    if (job.createdAtMs !== undefined && job.endedAtMs !== undefined) {
      moments.push({ createdAtMs: job.createdAtMs, endedAtMs: job.endedAtMs });
      continue;
    }
    nowMs = nextFreeMs(
      moments.map(({ endedAtMs }) => endedAtMs),
      nowMs,
    );
    const { endedAtMs } = jobTimes(job.summary?.total ?? 0, nowMs, assumptions);
    moments.push({ createdAtMs: nowMs, endedAtMs });
  }
  return moments;
}
