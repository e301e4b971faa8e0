import { z } from 'zod';
import { severitySchema } from '#contract/diagnostic.ts';
import { procedure } from '#contract/errors.ts';
import { pipelineModeSchema, pipelineRunSchema } from '#contract/pipeline.ts';
import { assumptionInForceSchema } from '#contract/report.ts';
import { attemptSchema } from '#contract/scripts.ts';
import { ACCOUNT_STATES } from '#domain/migration/account.ts';
import { FLOW_NAMES, STORY_NAMES } from '#domain/migration/stories.ts';

export const flowNameSchema = z.enum([...FLOW_NAMES, ...STORY_NAMES]);

/** A user of the store with what may be shown of it: the kind of its credential, the names of its metadata. */
const accountSchema = z.strictObject({
  userId: z.string(),
  state: z.enum(ACCOUNT_STATES),
  origin: z.string(),
  email: z.string().nullable(),
  emailVerified: z.boolean(),
  username: z.string().nullable(),
  phoneNumber: z.string().nullable(),
  name: z.string().nullable(),
  nickname: z.string().nullable(),
  blocked: z.boolean(),
  credential: z.string(),
  userMetadata: z.array(z.string()),
  appMetadata: z.array(z.string()),
  mfaFactors: z.int(),
});
export type FlowAccount = z.infer<typeof accountSchema>;

const stepSchema = z.strictObject({
  /** 1-based. */
  number: z.int(),
  title: z.string(),
  /** A login that only makes the account that the flow needs. */
  preparation: z.boolean(),
  importMode: z.boolean(),
  /** On the simulated clock. */
  at: z.string(),
  /** What was looked up, checked and concluded, in order, in words. */
  decisions: z.array(z.string()),
  scripts: z.array(attemptSchema),
  outcome: z.discriminatedUnion('status', [
    z.strictObject({ status: z.literal('ok') }),
    z.strictObject({
      /** `not-possible`: the flow could not even start. */
      status: z.enum(['failed', 'not-possible']),
      cause: z.string(),
      title: z.string(),
      detail: z.string(),
      fix: z.string(),
    }),
  ]),
  /** What happened to accounts, in words. */
  events: z.array(z.string()),
  /** Entries of the tenant log, with the tenant's own codes. */
  log: z.array(z.strictObject({ type: z.string(), userId: z.string(), description: z.string() })),
  findings: z.array(
    z.strictObject({
      code: z.string(),
      severity: severitySchema,
      title: z.string(),
      detail: z.string(),
      fix: z.string(),
    }),
  ),
  /** What came after the scripts; null where nothing was to run. */
  pipeline: pipelineRunSchema.nullable(),
  before: accountSchema.nullable(),
  after: accountSchema.nullable(),
});
export type FlowStep = z.infer<typeof stepSchema>;

export const flowResultSchema = z.strictObject({
  name: flowNameSchema,
  title: z.string(),
  meaning: z.string(),
  /** The trial whose user store was used; null for an empty one. */
  trial: z.string().nullable(),
  kept: z.boolean(),
  /** Where the person's password came from. `assumed`: nobody knows it, and checks were answered for it. */
  password: z.enum(['typed', 'credentials', 'assumed']),
  steps: z.array(stepSchema),
  /** The switches that the decisions asked for. */
  assumptions: z.array(assumptionInForceSchema),
});
export type FlowResult = z.infer<typeof flowResultSchema>;

const described = z.strictObject({ name: flowNameSchema, title: z.string(), meaning: z.string() });

export const flows = {
  list: procedure
    .input(z.strictObject({}))
    .output(z.strictObject({ flows: z.array(described), stories: z.array(described) })),
  /**
   * Takes one person through a tenant flow or a story of several, with the project's scripts. Passwords are used
   * once and never kept; nothing is written to the trial unless `keep`.
   */
  run: procedure
    .input(
      z.strictObject({
        project: z.string(),
        name: flowNameSchema,
        identifier: z.string().min(1),
        /** Without one the project's test accounts are asked, and after them the rehearsal answers by itself. */
        password: z.string().optional(),
        newPassword: z.string().min(1).optional(),
        newEmail: z.string().min(1).optional(),
        /** For sign-ups to connections that require one. */
        username: z.string().min(1).optional(),
        /** Start from the user store of this finished trial instead of an empty one. */
        trial: z.string().optional(),
        keep: z.boolean().default(false),
        importMode: z.boolean().optional(),
        /** How much of the project's Actions, Rules and Hooks runs; absent: Actions, if their files can be used. */
        pipeline: pipelineModeSchema.optional(),
        /** `create`, `verify`, `change_password`, `change_email` and `delete` write to the legacy database. */
        allowLegacyWrites: z.boolean().default(false),
        timeLimitMs: z.int().min(100).max(600_000).default(20_000),
      }),
    )
    .output(flowResultSchema),
};
