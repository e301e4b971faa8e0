import { z } from 'zod';
import { procedure } from '#contract/errors.ts';
import { diagnosticSchema } from '#contract/diagnostic.ts';
import { SLOTS } from '#domain/migration/slots.ts';

export const slotSchema = z.enum(SLOTS);

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

export const scripts = {
  /** Runs one script for one user without saving anything. The password is used once and never kept. */
  try: procedure
    .input(
      z.strictObject({
        project: z.string(),
        slot: slotSchema,
        identifier: z.string(),
        password: z.string().optional(),
        newPassword: z.string().optional(),
        newEmail: z.string().optional(),
        scenario: scenarioSchema.default('right-password'),
        timeLimitMs: z.int().min(100).max(600_000).default(20_000),
      }),
    )
    .output(z.strictObject({ attempts: z.array(attemptSchema) })),
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
