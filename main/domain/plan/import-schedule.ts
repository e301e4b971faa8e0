import type { Assumptions } from '#domain/assumptions.ts';
import { JOBS_AT_ONCE, jobTimes } from '#domain/migration/job-clock.ts';
import { TIERS, type TierName } from '#domain/plan/tiers.ts';

/** Requests for each file: one creates the job, one asks for its end, one for the errors. */
const REQUESTS_PER_FILE = 3;

export interface ImportSchedule {
  /** From the first job to the end of the last; null where nothing is said about the tier's rate. */
  readonly seconds: number | null;
  readonly usersPerSecond: number | null;
  /** The longest of the jobs, seconds. */
  readonly longestJob: number | null;
  /** Jobs that the limit of two hours stops. */
  readonly stoppedJobs: number;
  readonly requests: number;
  /** What the requests take at the Management API's sustained rate; null where nothing is said about it. */
  readonly requestSeconds: number | null;
}

/** The files one after the other, two jobs at once: a slot that is free takes the next file. */
export function importSchedule(
  records: readonly number[],
  tier: TierName,
  assumptions: Assumptions,
): ImportSchedule {
  const { importRate, apiPerSecond, apiBurst } = TIERS[tier];
  const requests = records.length * REQUESTS_PER_FILE;
  const requestSeconds =
    apiPerSecond === null ? null : Math.max(0, requests - (apiBurst ?? 0)) / apiPerSecond;
  if (importRate === null) {
    return {
      seconds: null,
      usersPerSecond: null,
      longestJob: null,
      stoppedJobs: 0,
      requests,
      requestSeconds,
    };
  }
  const rules = { ...assumptions, 'import-rate': importRate };
  const free = Array.from({ length: JOBS_AT_ONCE }, () => 0);
  let [longest, stoppedJobs] = [0, 0];
  for (const count of records) {
    const slot = free.indexOf(Math.min(...free));
    const { createdAtMs, endedAtMs, timedOut } = jobTimes(count, free[slot]!, rules);
    longest = Math.max(longest, endedAtMs - createdAtMs);
    stoppedJobs += timedOut ? 1 : 0;
    free[slot] = endedAtMs;
  }
  const own = Math.max(...free) / 1000;
  return {
    seconds: Math.max(own, requestSeconds ?? 0),
    usersPerSecond: (1000 * JOBS_AT_ONCE * 1000) / jobTimes(1000, 0, rules).endedAtMs,
    longestJob: longest / 1000,
    stoppedJobs,
    requests,
    requestSeconds,
  };
}
