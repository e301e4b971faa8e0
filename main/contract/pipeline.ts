import { z } from 'zod';
import { severitySchema } from '#contract/diagnostic.ts';
import { procedure } from '#contract/errors.ts';
import { PIPELINE_MODES } from '#domain/pipeline/pipeline.ts';
import { HOOK_POINTS, TRIGGER_NAMES } from '#domain/pipeline/triggers.ts';

/**
 * How much of what comes after a script is run: nothing, Actions, or also Rules and Hooks, which no tenant runs any
 * more.
 */
export const pipelineModeSchema = z.enum(PIPELINE_MODES);
export const triggerSchema = z.enum(TRIGGER_NAMES);

const consoleLine = z.strictObject({ atMs: z.number(), level: z.string(), text: z.string() });

/** One Action, Rule or Hook as it ran. */
const stepSchema = z.strictObject({
  kind: z.enum(['action', 'rule', 'hook']),
  name: z.string(),
  trigger: triggerSchema,
  /** Function that was called: `onExecutePostLogin`, or the second one after a redirect. */
  handler: z.string(),
  /** `left`: it sent the person to another page, and the next step is their return. `not-run`: the flow was over. */
  status: z.enum(['ok', 'denied', 'failed', 'left', 'not-run']),
  /** Of the failure or denial, in the step's own file. */
  line: z.int().nullable(),
  error: z.strictObject({ name: z.string(), message: z.string() }).nullable(),
  console: z.array(consoleLine),
  ms: z.number(),
  memoryBytes: z.number().nullable(),
});
export type PipelineStep = z.infer<typeof stepSchema>;

const findingSchema = z.strictObject({
  code: z.string(),
  severity: severitySchema,
  title: z.string(),
  detail: z.string(),
  fix: z.string(),
  /** Step that it is about, and the line in its file. */
  step: z.string().nullable(),
  line: z.int().nullable(),
});

const tokenSchema = z.strictObject({
  /** Claims that the scopes alone give. */
  before: z.record(z.string(), z.json()),
  /** Claims after all steps; null where no token is issued. */
  after: z.record(z.string(), z.json()).nullable(),
  /** Claims that a step asked for and no token takes. */
  dropped: z.array(
    z.strictObject({ name: z.string(), by: z.string(), why: z.string(), line: z.int().optional() }),
  ),
  /** Claims that two steps set, or that a step set over the profile's. */
  overwritten: z.array(z.strictObject({ name: z.string(), by: z.string(), replaced: z.string() })),
});

/** What happened after the scripts, for one person in one step of a story. */
export const pipelineRunSchema = z.strictObject({
  mode: pipelineModeSchema,
  /** That Rules and Hooks are past their end of life; null where none ran. */
  endOfLife: z.string().nullable(),
  triggers: z.array(
    z.strictObject({
      trigger: triggerSchema,
      /** Why it runs in this flow, in words. */
      because: z.string(),
      ms: z.number(),
    }),
  ),
  /** In the order in which they ran. */
  steps: z.array(stepSchema),
  outcome: z.discriminatedUnion('status', [
    z.strictObject({ status: z.literal('ok') }),
    z.strictObject({
      status: z.literal('denied'),
      by: z.string(),
      reason: z.string(),
      /** OAuth error that the application gets. */
      error: z.string(),
      userMessage: z.string().nullable(),
    }),
    z.strictObject({ status: z.literal('failed'), by: z.string(), cause: z.string(), detail: z.string() }),
  ]),
  /** `event.user` as the steps saw it; null where there is none. */
  user: z.record(z.string(), z.json()).nullable(),
  metadata: z.array(
    z.strictObject({
      store: z.enum(['user_metadata', 'app_metadata']),
      key: z.string(),
      before: z.json(),
      after: z.json(),
      by: z.string(),
    }),
  ),
  /** Null where the flow issues none. */
  idToken: tokenSchema.nullable(),
  accessToken: tokenSchema.nullable(),
  /** What else was asked for, in words: factors, sessions, SAML. */
  requests: z.array(z.strictObject({ by: z.string(), what: z.string() })),
  findings: z.array(findingSchema),
  /** Against the login before it in the same story: legacy mode first, then migrated. */
  differences: z.array(
    z.strictObject({
      what: z.enum(['outcome', 'event.user', 'metadata', 'id token', 'access token']),
      name: z.string(),
      before: z.json(),
      after: z.json(),
      code: z.string(),
    }),
  ),
});
export type PipelineRun = z.infer<typeof pipelineRunSchema>;

export const pipeline = {
  /** What the project's files hold, in the order in which it would run. */
  show: procedure.input(z.strictObject({ project: z.string() })).output(
    z.strictObject({
      triggers: z.array(
        z.strictObject({
          trigger: triggerSchema,
          handler: z.string(),
          blocking: z.boolean(),
          actions: z.array(
            z.strictObject({ name: z.string(), path: z.string(), secrets: z.array(z.string()) }),
          ),
        }),
      ),
      rules: z.array(z.strictObject({ name: z.string(), path: z.string(), order: z.number() })),
      rulesConfiguration: z.array(z.string()),
      hooks: z.array(z.strictObject({ name: z.string(), path: z.string(), point: z.enum(HOOK_POINTS) })),
      endOfLife: z.string().nullable(),
      problems: z.int(),
      /** Which triggers each flow sets off, with the assumption behind it where there is one. */
      matrix: z.array(
        z.strictObject({
          flow: z.string(),
          rules: z.boolean(),
          triggers: z.array(
            z.strictObject({ trigger: triggerSchema, runs: z.boolean(), assumption: z.string().nullable() }),
          ),
        }),
      ),
    }),
  ),
  /**
   * Runs one trigger, for a legacy user as they would be after the migration, or for a client alone
   * (credentials-exchange). Nothing is stored.
   */
  run: procedure
    .input(
      z.strictObject({
        project: z.string(),
        trigger: triggerSchema,
        /** E-mail address or username of a legacy user; not for credentials-exchange. */
        identifier: z.string().min(1).optional(),
        mode: pipelineModeSchema.exclude(['off']).default('actions'),
        scopes: z.array(z.string()).optional(),
        audience: z.string().min(1).optional(),
        protocol: z.string().min(1).optional(),
        prompt: z.string().min(1).optional(),
        roles: z.array(z.string()).default([]),
        /** What another page sends the person back with. */
        returns: z.record(z.string(), z.string()).default({}),
        /** Further fields of the form. */
        body: z.record(z.string(), z.string()).default({}),
        timeLimitMs: z.int().min(100).max(600_000).default(20_000),
      }),
    )
    .output(pipelineRunSchema),
};
