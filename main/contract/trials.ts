import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from '#contract/errors.ts';
import { pipelineModeSchema } from '#contract/pipeline.ts';
import { reportFormatSchema, reportSchema } from '#contract/report.ts';
import {
  legacyKeySchema,
  phaseSchema,
  trialKindSchema,
  depthSchema,
  trialFilterSchema,
  trialRecordSchema,
} from '#contract/trial-record.ts';

const inProject = { project: z.string() } as const;
const oneTrial = z.strictObject({ ...inProject, trial: z.string() });

/** What a client sets; the rest has defaults that the plan shows. */
export const trialRequestSchema = z.strictObject({
  ...inProject,
  kind: trialKindSchema,
  depth: depthSchema.default('assumed'),
  order: z.enum(['lazy-first', 'bulk-first']).default('lazy-first'),
  lazyDays: z.int().positive().default(90),
  container: z.enum(['warm', 'fresh']).default('warm'),
  timeLimitMs: z.int().min(100).max(600_000).default(20_000),
  upsert: z.boolean().default(false),
  pipeline: pipelineModeSchema.default('off'),
  filter: trialFilterSchema.default({}),
  workers: z.int().min(1).max(64).optional(),
  retryForSeconds: z.number().nonnegative().default(300),
});

/** What a trial would cost, from a count and the rate of the last trial of its sort, or known rates before the first. */
export const trialCostSchema = z.strictObject({
  users: z.int(),
  scriptRuns: z.int(),
  /** True password checks, the CPU-bound part of depth `proven`. */
  passwordChecks: z.int(),
  estimatedSeconds: z.number(),
  /** How the estimate came about, for people. */
  basis: z.string(),
});

export const progressSchema = z.strictObject({
  trial: z.string(),
  status: z.enum(['running', 'paused', 'cancelled', 'interrupted', 'finished']),
  phase: phaseSchema.nullable(),
  expected: z.int(),
  done: z.int(),
  ok: z.int(),
  failed: z.int(),
  skipped: z.int(),
  /** Users per second over the last seconds; null before the first batch. */
  rate: z.number().nullable(),
  etaSeconds: z.number().nullable(),
  /** Why it waits, in words, while `paused`; the fault's message once stopped. */
  note: z.string().nullable(),
  /** While `paused`. `database`: it goes on by itself. `user`: it has let go of everything until it is resumed. */
  pausedBy: z.enum(['user', 'database']).optional(),
});
export type Progress = z.infer<typeof progressSchema>;

export const trialListItemSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('trial'), record: trialRecordSchema }),
  z.strictObject({ kind: z.literal('damaged'), id: z.string(), reason: z.string() }),
]);

const comparison = z.strictObject({
  same: z.int(),
  fixed: z.int(),
  broken: z.int(),
  changedCause: z.int(),
  onlyInA: z.int(),
  onlyInB: z.int(),
  /** Users by cause in either trial, biggest change first. `same`: of them, those it is in both. */
  causes: z.array(z.strictObject({ cause: z.string(), a: z.int(), b: z.int(), same: z.int() })),
  groups: z.array(
    z.strictObject({
      from: z.string().nullable(),
      to: z.string().nullable(),
      users: z.int(),
      samples: z.array(z.strictObject({ key: legacyKeySchema, legacyId: z.string().nullable() })),
    }),
  ),
});

/** The users behind a number of a report. */
export const outcomeSchema = z.strictObject({
  position: z.int(),
  key: legacyKeySchema,
  legacyId: z.string().nullable(),
  phase: phaseSchema,
  status: z.enum(['ok', 'failed', 'skipped']),
  cause: z.string().nullable(),
  state: z.string(),
  findings: z.array(z.strictObject({ code: z.string(), detail: z.string(), line: z.int().optional() })),
  cohorts: z.strictObject({ hashFormat: z.string(), lastLogin: z.string(), emailDomain: z.string() }),
  ms: z.number(),
});

/** Every user of a list, as a file or as keys to go on with. */
export const everyUserEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('reading'), done: z.int(), expected: z.int() }),
  /** A piece of a CSV that is safe to open in a spreadsheet; the first one is the heading. */
  z.strictObject({ type: z.literal('text'), text: z.string() }),
  z.strictObject({ type: z.literal('keys'), keys: z.array(legacyKeySchema) }),
]);
export type EveryUserEvent = z.infer<typeof everyUserEventSchema>;
export const everyUserFormSchema = z.enum(['csv', 'keys']);

const userFilter = z.strictObject({
  status: z.enum(['ok', 'failed', 'skipped']).optional(),
  cause: z.string().optional(),
  findingCode: z.string().optional(),
  state: z.string().optional(),
  cohort: z
    .strictObject({ by: z.enum(['hashFormat', 'lastLogin', 'emailDomain']), value: z.string() })
    .optional(),
});

export const trials = {
  /** Counts users and estimates time; changes nothing. */
  cost: procedure.input(trialRequestSchema).output(trialCostSchema),
  /** Creates a trial and starts it in the background; watch it by its id. */
  start: procedure.input(trialRequestSchema).output(trialRecordSchema),
  /** Goes on after the last committed batch. Refused (`trial-changed`) when scripts or settings are others now. */
  resume: procedure.input(oneTrial).output(trialRecordSchema),
  /** Progress at most ten times a second until the trial stops, whoever started it in this engine. */
  watch: procedure.input(oneTrial).output(eventIterator(progressSchema)),
  /** Stops after the running attempts are dropped; what was committed is kept. Answers within 200 ms. */
  cancel: procedure.input(oneTrial).output(z.strictObject({ stopped: z.boolean() })),
  /**
   * Stops after the batch that is running, which is committed; nothing is held open then, and `resume` goes on.
   * Answers at once: watch it become `paused`. False: it was not running here.
   */
  pause: procedure.input(oneTrial).output(z.strictObject({ pausing: z.boolean() })),
  list: procedure.input(z.strictObject(inProject)).output(z.array(trialListItemSchema)),
  show: procedure.input(oneTrial).output(trialRecordSchema),
  remove: procedure.input(oneTrial).output(z.strictObject({ removed: z.boolean() })),
  compare: procedure
    .input(z.strictObject({ ...inProject, a: z.string(), b: z.string(), phase: phaseSchema }))
    .output(comparison),
  /** The users behind a row of `compare`, in the order of the trial that decides; `next` is null at the end. */
  changed: procedure
    .input(
      z.strictObject({
        ...inProject,
        a: z.string(),
        b: z.string(),
        phase: phaseSchema,
        /** Causes before and after (null: ok, `any`: whatever cause), or users that only one of the two has. */
        change: z.union([
          z
            .strictObject({ from: z.string().nullable(), to: z.string().nullable() })
            .refine(({ from, to }) => from !== to || from === 'any', 'a change is from one to another'),
          z.strictObject({ onlyIn: z.enum(['a', 'b']) }),
        ]),
        after: z.int().min(-1).default(-1),
        limit: z.int().min(1).max(1000).default(100),
      }),
    )
    .output(
      z.strictObject({
        users: z.array(
          z.strictObject({
            position: z.int(),
            key: legacyKeySchema,
            legacyId: z.string().nullable(),
            /** Causes in `a` and `b`; null is ok, and both are null where one trial only has the user. */
            from: z.string().nullable(),
            to: z.string().nullable(),
          }),
        ),
        next: z.int().nullable(),
      }),
    ),
  /**
   * Users in the order of the legacy store after `after` (-1: from the start); `next` is null at the end. With `at`,
   * from that place among the users that the filter lets through (0-based) instead, and with their `total`.
   */
  users: procedure
    .input(
      z.strictObject({
        ...inProject,
        trial: z.string(),
        phase: phaseSchema,
        filter: userFilter.default({}),
        after: z.int().min(-1).default(-1),
        at: z.int().nonnegative().optional(),
        limit: z.int().min(1).max(1000).default(100),
      }),
    )
    .output(
      z.strictObject({
        users: z.array(outcomeSchema),
        next: z.int().nullable(),
        /** Null where no `at` was given. */
        total: z.int().nullable(),
      }),
    ),
  /** All users that a filter lets through, in the order of the legacy store. Dropping the call ends the reading. */
  everyUser: procedure
    .input(
      z.strictObject({
        ...inProject,
        trial: z.string(),
        phase: phaseSchema,
        filter: userFilter.default({}),
        as: everyUserFormSchema,
      }),
    )
    .output(eventIterator(everyUserEventSchema)),
  report: procedure
    .input(
      z.strictObject({
        ...inProject,
        trial: z.string(),
        personalData: z.boolean().default(false),
        allow: z.int().nonnegative().default(0),
      }),
    )
    .output(reportSchema),
  /** The report as a file to pass on. Its size does not grow with the users: samples are few, cohorts are cut. */
  render: procedure
    .input(
      z.strictObject({
        ...inProject,
        trial: z.string(),
        format: reportFormatSchema,
        personalData: z.boolean().default(false),
      }),
    )
    .output(z.strictObject({ fileName: z.string(), mediaType: z.string(), text: z.string() })),
};
