import { z } from 'zod';
import { pipelineModeSchema } from '#contract/pipeline.ts';

export const TRIAL_RECORD_VERSION = 1;

export const trialKindSchema = z.enum(['lazy', 'bulk', 'mixed']);
export const depthSchema = z.enum(['profiles', 'formats', 'assumed', 'proven']);
export const phaseSchema = z.enum(['lazy', 'bulk']);
export const legacyKeySchema = z.array(z.union([z.string(), z.number()])).readonly();

/**
 * `running` with no live process behind it is shown as `interrupted`. `paused` in a record: somebody paused it, and
 * nothing runs; in progress it may also wait for the legacy database and go on by itself.
 * Only `finished` cannot be resumed.
 */
export const trialStatusSchema = z.enum(['running', 'paused', 'cancelled', 'interrupted', 'finished']);

/** Which legacy users take part. All of them where nothing is given. */
export const trialFilterSchema = z.strictObject({
  /** First N users in the order of the pagination key. */
  limit: z.int().positive().optional(),
  /** Extra condition in the SQL of the legacy database. */
  where: z.string().min(1).optional(),
  /** Keys of single users, from a rejects file. */
  only: z.array(legacyKeySchema).optional(),
});

export const phaseCountsSchema = z.strictObject({
  phase: phaseSchema,
  /** expected = done + remaining; done = ok + failed + skipped. Checked whenever a record is written. */
  expected: z.int(),
  done: z.int(),
  ok: z.int(),
  failed: z.int(),
  skipped: z.int(),
  finished: z.boolean(),
  seconds: z.number(),
});
export type PhaseRecord = z.infer<typeof phaseCountsSchema>;

export const trialOptionsSchema = z.strictObject({
  kind: trialKindSchema,
  depth: depthSchema,
  /** Mixed trials: which phase comes first. */
  order: z.enum(['lazy-first', 'bulk-first']),
  /** Mixed trials: users whose last login is at most this many days ago take part in the lazy phase. */
  lazyDays: z.int().positive(),
  container: z.enum(['warm', 'fresh']),
  /** Wall limit of one script run, milliseconds. The tenant's is about 20,000. */
  timeLimitMs: z.int().positive(),
  upsert: z.boolean(),
  /** Lazy phases: what runs after the scripts at each login; absent: nothing. */
  pipeline: pipelineModeSchema.optional(),
  filter: trialFilterSchema,
  workers: z.int().positive().optional(),
  /** How long an unreachable legacy database is waited for before the trial stops as resumable, seconds. */
  retryForSeconds: z.number().nonnegative(),
});
export type TrialOptions = z.infer<typeof trialOptionsSchema>;

/** `trial.json`: what was rehearsed, with what, and how far it got. The replica beside it is the truth for counts. */
export const trialRecordSchema = z.strictObject({
  version: z.literal(TRIAL_RECORD_VERSION),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  project: z.string(),
  status: trialStatusSchema,
  options: trialOptionsSchema,
  createdAt: z.string(),
  updatedAt: z.string(),
  /** Checksums of everything the result depends on; a resume with other inputs is refused. */
  inputs: z.strictObject({
    settings: z.string(),
    scripts: z.record(z.string(), z.string()),
    /** Of Actions, Rules and Hooks, where the trial runs them. */
    pipeline: z.string().optional(),
    legacyEngine: z.string(),
    legacyVersion: z.string(),
    legacyReadOnly: z.string(),
    legacyRows: z.int(),
  }),
  versions: z.strictObject({ userferry: z.string(), node: z.string(), scriptRuntime: z.string() }),
  assumptions: z.record(z.string(), z.string()),
  phases: z.array(phaseCountsSchema),
  fault: z.strictObject({ kind: z.string(), message: z.string(), help: z.string().optional() }).nullable(),
});
export type TrialRecord = z.infer<typeof trialRecordSchema>;
export type TrialStatus = z.infer<typeof trialStatusSchema>;
