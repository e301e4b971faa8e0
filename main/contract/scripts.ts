import { z } from 'zod';
import { procedure } from '#contract/errors.ts';
import { diagnosticSchema } from '#contract/diagnostic.ts';
import { pipelineModeSchema, pipelineRunSchema } from '#contract/pipeline.ts';
import { slotSchema } from '#contract/slot.ts';

/** Standard scenarios of `try`. */
export const scenarioSchema = z.enum([
  'right-password',
  'wrong-password',
  'unknown',
  'other-case',
  'username',
  'twice',
  'db-down',
  'db-slow',
]);

const ms = z.strictObject({
  total: z.number(),
  database: z.number(),
  hashing: z.number(),
  script: z.number(),
});

/** One attempt with everything that was seen of it. */
export const attemptSchema = z.strictObject({
  slot: slotSchema,
  ending: z.string(),
  value: z.json(),
  error: z
    .strictObject({
      name: z.string(),
      message: z.string(),
      code: z.string().optional(),
      description: z.string().optional(),
      userId: z.string().optional(),
      stack: z.string().optional(),
      line: z.int().optional(),
      column: z.int().optional(),
    })
    .nullable(),
  diagnostics: z.array(diagnosticSchema),
  console: z.array(z.strictObject({ atMs: z.number(), level: z.string(), text: z.string() })),
  statements: z.array(
    z.strictObject({
      protocol: z.string(),
      connection: z.int(),
      text: z.string(),
      binds: z.array(z.string()),
      atMs: z.number(),
      ms: z.number(),
      rows: z.int().nullable(),
      error: z.string().optional(),
    }),
  ),
  connections: z.array(
    z.strictObject({
      id: z.int(),
      host: z.string(),
      port: z.int(),
      tls: z.enum(['none', 'verified', 'unverified']),
      openMs: z.number(),
      leftOpen: z.boolean(),
    }),
  ),
  refused: z.array(
    z.strictObject({ host: z.string(), port: z.int(), reason: z.string(), line: z.int().optional() }),
  ),
  ms,
  memoryBytes: z.number().nullable(),
  /** Longest stretch that the script kept its thread without a pause. */
  longestTurnMs: z.number().optional(),
});
export type Attempt = z.infer<typeof attemptSchema>;

/** One finding with the line of the script that it is about; secrets in that line are blanked out. */
export const lintFindingSchema = z.strictObject({
  diagnostic: diagnosticSchema,
  source: z.string().nullable(),
});
export type LintFinding = z.infer<typeof lintFindingSchema>;

/** A script as it lies in the project, markers (##NAME##) standing. */
export const scriptFileSchema = z.strictObject({
  slot: slotSchema,
  /** Absolute path: where it is, or where saving would put it. */
  file: z.string(),
  /** Null where the connection has no script for the slot, or its file is missing. */
  text: z.string().nullable(),
  /** SHA-256 of the text, hex; null like the text. */
  checksum: z.string().nullable(),
  bytes: z.int(),
  /** Too large for the tenant, does not parse, not listed in `database.json`, … */
  diagnostics: z.array(diagnosticSchema),
});
export type ScriptFile = z.infer<typeof scriptFileSchema>;

/** A set of scripts to start from. Every set has a text for every slot. */
export const scriptTemplateSchema = z.strictObject({
  name: z.string(),
  title: z.string(),
  engine: z.enum(['postgresql', 'mysql', 'sqlserver', 'mongodb', 'ldap', 'http', 'none']),
  /** Notations of stored passwords that `login` can check; none where another system checks them. */
  hashes: z.array(z.string()),
  usernames: z.boolean(),
  /** Names that its scripts read from `configuration`. */
  configuration: z.array(z.string()),
  /** Slots that do their work; the scripts of the others call back an error that says why not. */
  slots: z.array(slotSchema),
  testedAgainst: z.string(),
});
export type ScriptTemplate = z.infer<typeof scriptTemplateSchema>;

const oneScript = { project: z.string().min(1), slot: slotSchema } as const;

export const scripts = {
  /** The text of one slot, to be edited. */
  read: procedure.input(z.strictObject(oneScript)).output(scriptFileSchema),
  /**
   * Saves the text of one slot; a slot that the connection does not list yet is added to `database.json`. `checksum`
   * is the one that was read, null for a script that was not there. `FAULT` `file-changed`: somebody else has saved
   * meanwhile, nothing was written. A text that is wrong or too large is saved all the same, with diagnostics.
   */
  save: procedure
    .input(z.strictObject({ ...oneScript, text: z.string().max(2_000_000), checksum: z.string().nullable() }))
    .output(scriptFileSchema),
  templates: procedure
    .input(z.strictObject({}))
    .output(z.strictObject({ templates: z.array(scriptTemplateSchema) })),
  /** The text of one slot of a set. `FAULT` `input-invalid`: no such set. */
  template: procedure
    .input(z.strictObject({ name: z.string(), slot: slotSchema }))
    .output(z.strictObject({ name: z.string(), slot: slotSchema, text: z.string() })),
  /**
   * The text that fits the project: by its database and how passwords are stored there, with its table and columns
   * filled in where the set has such. Nothing is saved.
   */
  starter: procedure.input(z.strictObject(oneScript)).output(
    z.strictObject({
      /** Name of the set; null where it is none of `templates`. */
      name: z.string().nullable(),
      title: z.string(),
      text: z.string(),
      /** Whether the project's table and columns are filled in. */
      fitted: z.boolean(),
    }),
  ),
  /**
   * Runs one script for one user without saving anything. The password is used once and never kept. With a `text`,
   * that is what runs in the slot, whether the project has it or not. Dropping the call ends the run.
   */
  try: procedure
    .input(
      z.strictObject({
        project: z.string(),
        slot: slotSchema,
        text: z.string().max(2_000_000).optional(),
        identifier: z.string(),
        password: z.string().optional(),
        newPassword: z.string().optional(),
        newEmail: z.string().optional(),
        scenario: scenarioSchema.default('right-password'),
        /** What runs after a `login` that gave a profile: its Actions, or Rules too. */
        pipeline: pipelineModeSchema.default('off'),
        timeLimitMs: z.int().min(100).max(600_000).default(20_000),
      }),
    )
    .output(
      z.strictObject({
        attempts: z.array(attemptSchema),
        /** After the last attempt; absent where nothing was to run. */
        pipeline: pipelineRunSchema.nullable().optional(),
      }),
    ),
  /** Reads scripts without running them: those of a project, or one text that belongs to none. */
  lint: procedure
    .input(
      z.strictObject({
        from: z.discriminatedUnion('kind', [
          /** No slots: all that the connection has. */
          z.strictObject({
            kind: z.literal('project'),
            project: z.string(),
            slots: z.array(slotSchema).default([]),
          }),
          /** A text in the place of a project's script, as it stands in an editor. */
          z.strictObject({
            kind: z.literal('draft'),
            project: z.string(),
            slot: slotSchema,
            text: z.string().max(2_000_000),
          }),
          z.strictObject({
            kind: z.literal('text'),
            slot: slotSchema,
            text: z.string(),
            withContext: z.boolean().default(false),
            importMode: z.boolean().default(true),
            requiresUsername: z.boolean().default(false),
          }),
        ]),
        nodeVersion: z.union([z.literal(18), z.literal(22)]).default(22),
      }),
    )
    .output(z.strictObject({ slots: z.array(slotSchema), findings: z.array(lintFindingSchema) })),
};
