import { z } from 'zod';
import { diagnosticSchema, severitySchema } from '#contract/diagnostic.ts';
import { procedure } from '#contract/errors.ts';
import { pipelineRunSchema } from '#contract/pipeline.ts';
import { attemptSchema } from '#contract/scripts.ts';
import { legacyKeySchema, phaseSchema } from '#contract/trial-record.ts';

const traceFinding = z.strictObject({
  code: z.string(),
  severity: severitySchema,
  title: z.string(),
  detail: z.string(),
  fix: z.string(),
});

/** In this order, those that there is something to say about. */
export const TRACE_STEPS = [
  'legacy-row',
  'mapping',
  'script',
  'import',
  'outcome',
  'account',
  'other-account',
  'tenant-log',
  'script-again',
  'next-login',
] as const;

export const traceStepSchema = z.strictObject({
  kind: z.enum(TRACE_STEPS),
  title: z.string(),
  /** The phase of the trial that it belongs to; null for what is so now. */
  phase: phaseSchema.nullable(),
  status: z.enum(['ok', 'failed', 'skipped']).nullable(),
  /** In the order to be read. Personal values are masked unless they were asked for. */
  facts: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  findings: z.array(traceFinding),
  /** Only of `script-again`: everything that was seen of the run. */
  attempt: attemptSchema.nullable(),
  /** Only of `next-login` that was rehearsed: what came after the scripts. */
  pipeline: pipelineRunSchema.optional(),
});
export type TraceStep = z.infer<typeof traceStepSchema>;

export const traceSchema = z.strictObject({
  trial: z.string().nullable(),
  /** The legacy key, null where nobody or more than one was found. */
  key: legacyKeySchema.nullable(),
  legacyId: z.string().nullable(),
  position: z.int().nullable(),
  /** Who is meant, if more than one legacy user fits. */
  matches: z.array(
    z.strictObject({ key: legacyKeySchema, legacyId: z.string().nullable(), who: z.string().nullable() }),
  ),
  /** What keeps the trace from being whole or up to date: codes `trace.…`. */
  diagnostics: z.array(diagnosticSchema),
  steps: z.array(traceStepSchema),
  personalData: z.enum(['masked', 'shown']),
});
export type Trace = z.infer<typeof traceSchema>;

export const traceRequestSchema = z.strictObject({
  project: z.string(),
  /** The newest one where none is named. */
  trial: z.string().optional(),
  /** An e-mail address, a username, a legacy id, or `key:` with the legacy key. */
  who: z.string().min(1),
  /** Run get_user and login once more, to see their statements, and rehearse the next login. Writes nothing. */
  runScripts: z.boolean().default(false),
  personalData: z.boolean().default(false),
  timeLimitMs: z.int().min(100).max(600_000).default(20_000),
});
export type TraceRequest = z.infer<typeof traceRequestSchema>;

export const traces = {
  /** One person's way through a trial: legacy row, mapping, scripts, import, account, log, next login. */
  show: procedure.input(traceRequestSchema).output(traceSchema),
};
