import { z } from 'zod';
import { severitySchema } from '#contract/diagnostic.ts';
import { procedure } from '#contract/errors.ts';

const inTrial = { project: z.string(), trial: z.string() } as const;

/** A job as the tenant's API answers for it. */
export const tenantJobSchema = z.strictObject({
  id: z.string(),
  type: z.literal('users_import'),
  status: z.enum(['pending', 'completed', 'failed']),
  created_at: z.string(),
  connection_id: z.string(),
  connection: z.string(),
  upsert: z.boolean(),
  external_id: z.string().optional(),
  send_completion_email: z.boolean(),
  percentage_done: z.int().optional(),
  time_left_seconds: z.int().optional(),
  status_details: z.string().optional(),
  /** Not there for a job that broke. */
  summary: z
    .strictObject({ failed: z.int(), updated: z.int(), inserted: z.int(), total: z.int() })
    .optional(),
});
export type TenantJob = z.infer<typeof tenantJobSchema>;

/** What the API answers instead of a job. */
const refusalSchema = z.strictObject({ statusCode: z.int(), error: z.string(), message: z.string() });

const findingSchema = z.strictObject({
  code: z.string(),
  severity: severitySchema,
  title: z.string(),
  fix: z.string(),
  users: z.int(),
  /** The first record that has it, by its 0-based place in the file; null where the file as a whole is meant. */
  index: z.int().nullable(),
  detail: z.string(),
});

export const jobSchema = z.strictObject({
  job: tenantJobSchema,
  /** Copy of the file, relative to the trial's folder, and its size. */
  file: z.string(),
  bytes: z.int(),
  /** On the simulated clock. */
  endedAt: z.string(),
  seconds: z.number(),
  /** Until when the tenant would answer for this job. The trial keeps everything for ever. */
  tenantKeepsUntil: z.string(),
  findings: z.array(findingSchema),
});
export type Job = z.infer<typeof jobSchema>;

/** What became of one file. */
export const importedFileSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('job'),
    source: z.string(),
    /** Simulated seconds that the file had to wait for one of the two places. */
    waitedSeconds: z.number(),
    ...jobSchema.shape,
  }),
  z.strictObject({
    kind: z.literal('refused'),
    source: z.string(),
    refusal: refusalSchema,
    findings: z.array(findingSchema),
  }),
]);
export type ImportedFile = z.infer<typeof importedFileSchema>;

export const jobErrorSchema = z.strictObject({
  user: z.json(),
  errors: z.array(z.strictObject({ code: z.string(), message: z.string(), path: z.string().optional() })),
});

export const jobs = {
  /**
   * Takes files into the user store of a finished trial, as import jobs of the tenant would, two at a time on a
   * simulated clock. Without a trial a new, empty one is made for them.
   */
  import: procedure
    .input(
      z.strictObject({
        project: z.string(),
        trial: z.string().optional(),
        /** Paths; each file is one request. */
        files: z.array(z.string().min(1)).min(1).max(10_000),
        upsert: z.boolean().default(false),
        externalId: z.string().optional(),
        sendCompletionEmail: z.boolean().default(true),
        /** Sends everything at once instead of waiting for a free place: the third file is refused. */
        atOnce: z.boolean().default(false),
      }),
    )
    .output(z.strictObject({ trial: z.string(), files: z.array(importedFileSchema) })),
  list: procedure.input(z.strictObject(inTrial)).output(z.array(jobSchema)),
  show: procedure.input(z.strictObject({ ...inTrial, job: z.string() })).output(jobSchema),
  /** As the tenant answers: 200 with the refused records, or 204 where there are none or the job broke. */
  errors: procedure
    .input(z.strictObject({ ...inTrial, job: z.string() }))
    .output(
      z.discriminatedUnion('status', [
        z.strictObject({ status: z.literal(200), body: z.array(jobErrorSchema) }),
        z.strictObject({ status: z.literal(204), body: z.null() }),
      ]),
    ),
  /**
   * The records that a job refused or did not come to, as they stood in its file, secrets and all, as the next import
   * files. Without a job, those of all jobs of the trial, each record once and only as its newest file has it: what
   * was mended and sent again since is left out.
   */
  rejects: procedure.input(z.strictObject({ ...inTrial, job: z.string().optional() })).output(
    z.strictObject({
      records: z.int(),
      files: z.array(z.strictObject({ records: z.int(), text: z.string() })),
    }),
  ),
};
