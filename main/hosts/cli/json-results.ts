import { z } from 'zod';
import { auditResultSchema } from '#contract/audit.ts';
import { coverage } from '#contract/coverage.ts';
import { catalogEntrySchema } from '#contract/diagnostic.ts';
import { exports } from '#contract/exports.ts';
import { faultKindSchema } from '#contract/errors.ts';
import { flows } from '#contract/flows.ts';
import { jobs } from '#contract/jobs.ts';
import { inspectionSchema } from '#contract/legacy.ts';
import { formatsResultSchema, searchResultSchema } from '#contract/passwords.ts';
import { pipeline } from '#contract/pipeline.ts';
import { planResultSchema } from '#contract/plan.ts';
import { projects } from '#contract/projects.ts';
import { reference } from '#contract/reference.ts';
import { reportSchema } from '#contract/report.ts';
import { scripts } from '#contract/scripts.ts';
import { traceSchema } from '#contract/traces.ts';
import { trialCostSchema, trials } from '#contract/trials.ts';
import { audit } from '#contract/audit.ts';
import { JSON_VERSION } from '#hosts/cli/command-runner.ts';

/** What one procedure of the contract answers. */
function answerOf(procedure: { readonly '~orpc': { readonly outputSchema?: unknown } }): z.ZodType {
  const schema = procedure['~orpc'].outputSchema;
  if (schema instanceof z.ZodType) return schema;
  throw new Error('a procedure without a schema of its answer');
}

const stopped = z.strictObject({ stopped: z.literal(true) });
const notStarted = z.strictObject({ started: z.literal(false), cost: trialCostSchema });
const trialResult = z.union([reportSchema, notStarted]);

/** `result` of the document that each command writes with --json. */
export const JSON_RESULTS: Readonly<Record<string, z.ZodType>> = {
  init: answerOf(projects.init),
  'legacy inspect': inspectionSchema.extend({ written: z.boolean().optional() }),
  check: answerOf(projects.check),
  hash: z.union([searchResultSchema, formatsResultSchema, stopped]),
  'trial lazy': trialResult,
  'trial bulk': trialResult,
  'trial mixed': trialResult,
  'trial resume': trialResult,
  'trials list': answerOf(trials.list),
  'trials show': answerOf(trials.show),
  'trials compare': z.union([answerOf(trials.compare), answerOf(trials.changed)]),
  'trials delete': answerOf(trials.remove),
  report: reportSchema,
  trace: traceSchema,
  coverage: z.union([answerOf(coverage.show), answerOf(coverage.users)]),
  plan: z.union([planResultSchema, stopped]),
  audit: z.union([auditResultSchema, stopped]),
  'audit marker': answerOf(audit.mark),
  try: answerOf(scripts.try),
  export: answerOf(exports.create),
  verify: answerOf(exports.verify),
  flow: z.union([answerOf(flows.run), answerOf(flows.list)]),
  'pipeline show': answerOf(pipeline.show),
  'pipeline run': answerOf(pipeline.run),
  'jobs import': answerOf(jobs.import),
  'jobs list': answerOf(jobs.list),
  'jobs show': answerOf(jobs.show),
  'jobs errors': answerOf(jobs.errors),
  lint: answerOf(scripts.lint),
  explain: z.union([catalogEntrySchema, z.array(catalogEntrySchema)]),
  assumptions: answerOf(reference.assumptions),
  modules: answerOf(reference.modules),
  serve: z.strictObject({
    origin: z.string(),
    port: z.int(),
    ended: z.enum(['interrupted', 'idle']),
  }),
  demo: z.strictObject({ folder: z.string(), reports: z.array(reportSchema) }),
  completion: z.strictObject({ shell: z.enum(['bash', 'zsh', 'fish']), script: z.string() }),
  version: answerOf(reference.versions),
};

/** Kinds of trouble beside the engine's faults: wrong use, a file, the installation, a mistake of ours. */
export const TROUBLE_KINDS = [...faultKindSchema.options, 'usage', 'file', 'installation', 'bug'] as const;

export const troubleSchema = z.strictObject({
  kind: z.enum(TROUBLE_KINDS),
  message: z.string(),
  where: z.string().optional(),
  doing: z.string().optional(),
  help: z.string().optional(),
  retryable: z.boolean().optional(),
});

/** The whole document of one command. */
export function jsonDocumentSchema(command: string): z.ZodType {
  const result = JSON_RESULTS[command];
  if (result === undefined) throw new Error(`the documents of "${command}" have no schema`);
  const head = {
    version: z.literal(JSON_VERSION),
    command: z.literal(command),
    exitCode: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(130)]),
  };
  return z.union([z.strictObject({ ...head, result }), z.strictObject({ ...head, error: troubleSchema })]);
}
