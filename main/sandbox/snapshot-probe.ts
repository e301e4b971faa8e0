import { type AttemptJob, newJob } from './attempt-job.ts';

const PROBE_ID = 0x7f_ff_ff_ff;
const TEXT = "function login(callback) { callback(null, Buffer.from('ab').toString('base64')); }";
const ATTEMPT = {
  script: { slot: 'login', text: TEXT, checksum: 'probe' },
  args: [],
  password: null,
  configuration: {},
  container: 'fresh',
  timeLimitMs: 5000,
  passwordChecks: { kind: 'true' },
  detail: 'counts',
} as const;

/**
 * Whether isolates work when they start from a snapshot. V8 aborts on snapshots it does not like, and what was
 * missing while one was made stays missing; neither must be found out by the first user.
 */
export async function snapshotsWork(run: (job: AttemptJob) => void): Promise<boolean> {
  const job = await new Promise<AttemptJob | null>((resolve) => {
    run(newJob(PROBE_ID, ATTEMPT, resolve, () => resolve(null)));
  });
  return job?.result?.value === '"YWI="';
}
