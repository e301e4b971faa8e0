import { z } from 'zod';
import { diagnosticSchema } from '#contract/diagnostic.ts';
import { procedure } from '#contract/errors.ts';
import { exportFormatSchema, proofSchema } from '#contract/proof.ts';

export const exportRequestSchema = z.strictObject({
  project: z.string(),
  format: exportFormatSchema,
  /** Ids of the trials that stand for what is exported. */
  trials: z.array(z.string()).default([]),
  /** Absolute path of the folder to make. */
  out: z.string().min(1),
  /** Failed users of a trial that do not keep its scripts from being validated. */
  allow: z.int().nonnegative().default(0),
  allowUnvalidated: z.boolean().default(false),
  acceptRandomPasswords: z.boolean().default(false),
  /** Replace a previous export of ours in that folder. */
  force: z.boolean().default(false),
  /** Absolute path of the connection as the tenant has it now (the answer to GET), for format `management-api`. */
  current: z.string().min(1).optional(),
  /** Absolute path of an Ed25519 private key in PEM. Read once and never kept. */
  sign: z.string().min(1).optional(),
});
export type ExportRequest = z.infer<typeof exportRequestSchema>;

export const exportResultSchema = z.strictObject({
  /** False: an error among the diagnostics forbids it, and nothing was written. */
  written: z.boolean(),
  folder: z.string(),
  diagnostics: z.array(diagnosticSchema),
  /** Null where nothing was written. */
  proof: proofSchema.nullable(),
  signed: z.boolean(),
});
export type ExportResult = z.infer<typeof exportResultSchema>;

export const exportChangeSchema = z.strictObject({
  path: z.string(),
  kind: z.enum(['changed', 'line-ends', 'added', 'removed', 'not-a-file', 'proof-edited']),
  lines: z.strictObject({ before: z.int().nullable(), now: z.int().nullable() }),
  meaning: z.string(),
});
export type ExportChange = z.infer<typeof exportChangeSchema>;

export const verificationSchema = z.strictObject({
  folder: z.string(),
  intact: z.boolean(),
  changes: z.array(exportChangeSchema),
  /**
   * `unsigned`: whoever can write the folder can write the proof anew. `not-checked`: signed, but no key was given.
   * `missing`: a key was given and there is no signature.
   */
  signature: z.enum(['unsigned', 'not-checked', 'valid', 'invalid', 'other-key', 'missing']),
  proof: proofSchema,
});
export type Verification = z.infer<typeof verificationSchema>;

/** An export that was made from this project, as it was then. */
export const madeExportSchema = z.strictObject({
  folder: z.string(),
  format: exportFormatSchema,
  madeAt: z.string(),
  /** Whether trials stood for everything in it. */
  validated: z.boolean(),
  signed: z.boolean(),
  trials: z.array(z.string()),
  /** Whether the folder still has its proof. What has changed in it, `verify` tells. */
  there: z.boolean(),
});
export type MadeExport = z.infer<typeof madeExportSchema>;

export const exports = {
  /** Exports made from the project, newest first, at most 100. */
  list: procedure
    .input(z.strictObject({ project: z.string() }))
    .output(z.strictObject({ exports: z.array(madeExportSchema) })),
  /** Writes scripts, settings or import files for a tenant, with a proof. All of it or nothing. */
  create: procedure.input(exportRequestSchema).output(exportResultSchema),
  /** Compares a folder with the proof in it. `key`: absolute path of the Ed25519 public key in PEM. */
  verify: procedure
    .input(z.strictObject({ folder: z.string().min(1), key: z.string().min(1).optional() }))
    .output(verificationSchema),
};
