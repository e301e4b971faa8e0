import { z } from 'zod';
import { assumptionInForceSchema } from '#contract/report.ts';
import { depthSchema, phaseCountsSchema, trialKindSchema } from '#contract/trial-record.ts';
import { SLOTS } from '#domain/migration/slots.ts';

/** Version of proof.json. A reader refuses what it does not know. */
export const PROOF_VERSION = 1;
export const PROOF_FILE = 'proof.json';
/** The signature of proof.json, where one was asked for. */
export const SIGNATURE_FILE = 'proof.sig';

export const exportFormatSchema = z.enum([
  'deploy-directory',
  'deploy-yaml',
  'terraform',
  'management-api',
  'import-files',
  'end-of-migration',
]);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const provenFileSchema = z.strictObject({
  /** Relative to the export's folder, forward slashes. */
  path: z.string().min(1),
  bytes: z.int().nonnegative(),
  lines: z.int().nonnegative(),
  sha256,
});

/**
 * `validated`: this very text passed the named trials. `unvalidated`: it did not, and was exported all the same.
 * `generated`: written by Userferry, not by the project. `kept`: was in the tenant before and is handed back as it was.
 */
export const standingSchema = z.enum(['validated', 'unvalidated', 'generated', 'kept']);

export const provenScriptSchema = z.strictObject({
  /** A slot, or the name under which the tenant keeps a script that no rehearsal knows. */
  slot: z.union([z.enum(SLOTS), z.string().min(1)]),
  /** The exported file that holds the text, alone or within JSON. */
  path: z.string(),
  standing: standingSchema,
  /** Of the text as exported, markers standing. */
  sha256,
  /** Of the text as it ran: the same, unless markers of the deploy tool were filled. Null where nothing ran. */
  rehearsedSha256: sha256.nullable(),
  trials: z.array(z.string()),
  /** Why it is not validated; null where it is. */
  reason: z.string().nullable(),
});

export const provenTrialSchema = z.strictObject({
  id: z.string(),
  kind: trialKindSchema,
  depth: depthSchema,
  createdAt: z.string(),
  verdict: z.enum(['clean', 'findings', 'incomplete']),
  /** Rows of the legacy table, and whether all of them took part. */
  legacyRows: z.int(),
  allRows: z.boolean(),
  legacyEngine: z.string(),
  legacyVersion: z.string(),
  counts: z.array(phaseCountsSchema),
  /** Users by migration state, per phase. */
  coverage: z.array(z.strictObject({ phase: z.string(), state: z.string(), users: z.int() })),
  passwordChecks: z.strictObject({ truly: z.int(), assumed: z.int() }),
  /** One digest over the content of the trial's replica and the number of legacy rows. */
  dataFingerprint: sha256,
  versions: z.strictObject({ userferry: z.string(), node: z.string(), scriptRuntime: z.string() }),
});

export const proofSchema = z.strictObject({
  version: z.literal(PROOF_VERSION),
  generatedAt: z.string(),
  format: exportFormatSchema,
  project: z.string(),
  connection: z.string(),
  /** Failed users that were accepted, and what else was let through knowingly. */
  accepted: z.strictObject({
    failedUsers: z.int(),
    unvalidatedScripts: z.boolean(),
    randomPasswords: z.boolean(),
  }),
  files: z.array(provenFileSchema),
  scripts: z.array(provenScriptSchema),
  settings: z.strictObject({
    /** Of userferry.json and the connection's options, as trials record it. */
    sha256,
    /** Of the users query and the field mapping alone. */
    mappingSha256: sha256,
    sameAsRehearsed: z.boolean(),
  }),
  trials: z.array(provenTrialSchema),
  versions: z.strictObject({
    userferry: z.string(),
    node: z.string(),
    scriptRuntime: z.string(),
    /** What the exported scripts require, `name@version`. */
    modules: z.array(z.string()),
  }),
  /** Names whose values have to be supplied where the export is used. */
  placeholders: z.array(z.string()),
  assumptions: z.array(assumptionInForceSchema),
  warnings: z.array(z.strictObject({ code: z.string(), message: z.string() })),
  /** SHA-256 of the document without this line: an edit of the proof itself shows, signed or not. */
  seal: sha256,
});
export type Proof = z.infer<typeof proofSchema>;
export type ProvenFile = z.infer<typeof provenFileSchema>;
export type ProvenScript = z.infer<typeof provenScriptSchema>;
export type ProvenTrial = z.infer<typeof provenTrialSchema>;
export type Standing = z.infer<typeof standingSchema>;
