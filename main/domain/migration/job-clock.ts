import type { Assumptions } from '#domain/assumptions.ts';

/** Import jobs that a tenant runs at once. */
export const JOBS_AT_ONCE = 2;
/** A job that runs longer is stopped and fails. */
export const JOB_LIMIT_MS = 2 * 60 * 60 * 1000;
/** The tenant keeps status and errors of a job for this long after its end. A trial keeps them for ever. */
export const JOB_DATA_KEPT_MS = 24 * 60 * 60 * 1000;

/** Users a second that two jobs together take in, by tier. */
const USERS_PER_SECOND: Readonly<Record<Assumptions['import-rate'], number>> = {
  enterprise: 111,
  'free-tier': 11,
};

/** When a job ran on the simulated clock, and how far it got. */
export interface JobTimes {
  readonly createdAtMs: number;
  readonly endedAtMs: number;
  /** Records taken before the limit; all of them where the job was in time. */
  readonly records: number;
  readonly timedOut: boolean;
}

/** The run of a job that starts as soon as it is created. One job gets its share of the tenant's rate, busy or not. */
export function jobTimes(records: number, createdAtMs: number, assumptions: Assumptions): JobTimes {
  const perSecond = USERS_PER_SECOND[assumptions['import-rate']];
  const wantedMs = (records * JOBS_AT_ONCE * 1000) / perSecond;
  if (wantedMs <= JOB_LIMIT_MS) {
    return { createdAtMs, endedAtMs: createdAtMs + Math.ceil(wantedMs), records, timedOut: false };
  }
  const taken = Math.floor((JOB_LIMIT_MS * perSecond) / (JOBS_AT_ONCE * 1000));
  return { createdAtMs, endedAtMs: createdAtMs + JOB_LIMIT_MS, records: taken, timedOut: true };
}

/** Jobs that have not ended at a moment. */
export function activeJobs(endedAtMs: readonly number[], atMs: number): number {
  return endedAtMs.filter((ended) => ended > atMs).length;
}

/** The first moment from `atMs` on at which another job may be created. */
export function nextFreeMs(endedAtMs: readonly number[], atMs: number): number {
  const open = endedAtMs.filter((ended) => ended > atMs).toSorted((a, b) => a - b);
  return open.length < JOBS_AT_ONCE ? atMs : open[open.length - JOBS_AT_ONCE]!;
}
