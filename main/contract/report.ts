import { z } from 'zod';
import { pipelineModeSchema } from '#contract/pipeline.ts';
import { severitySchema } from '#contract/diagnostic.ts';
import {
  legacyKeySchema,
  phaseCountsSchema,
  phaseSchema,
  trialRecordSchema,
} from '#contract/trial-record.ts';

/** Version of report.json. A reader refuses what it does not know. */
export const REPORT_VERSION = 1;

/** What a report can be passed on as. */
export const reportFormatSchema = z.enum(['html', 'markdown', 'json', 'csv', 'junit']);
export type ReportFormat = z.infer<typeof reportFormatSchema>;

export const coverageBySchema = z.enum(['state', 'hashFormat', 'lastLogin', 'emailDomain']);

const countRow = z.strictObject({
  value: z.string(),
  total: z.int(),
  ok: z.int(),
  failed: z.int(),
  skipped: z.int(),
});

/** One user behind a number. `who` (e-mail or username) only where personal data was asked for. */
const sample = z.strictObject({
  position: z.int(),
  key: legacyKeySchema,
  legacyId: z.string().nullable(),
  detail: z.string(),
  line: z.int().nullable(),
  who: z.string().nullable(),
});

const group = {
  phase: phaseSchema,
  code: z.string(),
  severity: severitySchema,
  title: z.string(),
  meaning: z.string(),
  fix: z.string(),
  users: z.int(),
  samples: z.array(sample),
} as const;

/** A cause decided outcomes: the groups of one phase add up to its failed and skipped counts. */
export const causeGroupSchema = z.strictObject({ ...group, status: z.enum(['failed', 'skipped']) });
/** A finding is on users whatever their outcome: warnings overlap and add up to nothing. */
export const findingGroupSchema = z.strictObject(group);

export const jobsSummarySchema = z.strictObject({
  jobs: z.int(),
  files: z.int(),
  bytes: z.int(),
  inserted: z.int(),
  updated: z.int(),
  failed: z.int(),
  /** Where the import files are, relative to the trial's folder. */
  folder: z.string(),
});

export const assumptionInForceSchema = z.strictObject({
  name: z.string(),
  value: z.string(),
  isDefault: z.boolean(),
  effect: z.string(),
});

/** Mixed trials: users that the second phase refused because of what the first one did. */
export const clashSchema = z.strictObject({
  code: z.string(),
  title: z.string(),
  users: z.int(),
  samples: z.array(sample),
});

export const reportSchema = z.strictObject({
  version: z.literal(REPORT_VERSION),
  generatedAt: z.string(),
  trial: trialRecordSchema,
  /** `findings` when failed outcomes or errors exceed what was allowed, `incomplete` before the trial finished. */
  verdict: z.enum(['clean', 'findings', 'incomplete']),
  counts: z.array(phaseCountsSchema),
  coverage: z.array(z.strictObject({ phase: phaseSchema, by: coverageBySchema, rows: z.array(countRow) })),
  causes: z.array(causeGroupSchema),
  findings: z.array(findingGroupSchema),
  clashes: z.array(clashSchema),
  jobs: jobsSummarySchema.nullable(),
  tenantLog: z.array(z.strictObject({ log: z.string(), count: z.int() })),
  passwordChecks: z.strictObject({ truly: z.int(), assumed: z.int() }),
  /** What ran after the scripts, where the trial was asked to run it. */
  pipeline: z
    .strictObject({
      mode: pipelineModeSchema,
      /** That Rules are past their end of life; null where none could run. */
      endOfLife: z.string().nullable(),
    })
    .optional(),
  assumptions: z.array(assumptionInForceSchema),
  personalData: z.enum(['masked', 'shown']),
});
export type Report = z.infer<typeof reportSchema>;
