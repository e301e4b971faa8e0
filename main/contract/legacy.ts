import { z } from 'zod';
import { severitySchema, diagnosticSchema } from '#contract/diagnostic.ts';
import { procedure } from '#contract/errors.ts';
import { legacyConnectionSchema } from '#contract/project-settings.ts';

/** A setting that a proposal may change, as a path in `userferry.json`. */
const settingName = z.string().regex(/^(users\.(table|key)|fields\.[A-Za-z]+)$/);
const settingValue = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).nullable();

/** One difference between the settings and the proposal. Null: the setting is absent, or is taken out. */
export const settingChangeSchema = z.strictObject({
  setting: settingName,
  from: settingValue,
  to: settingValue,
  why: z.string(),
});
export type SettingChange = z.infer<typeof settingChangeSchema>;

const ranked = { confidence: z.number(), reason: z.string() } as const;

const tableSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(['table', 'view']),
  columns: z.int(),
  /** From the engine's statistics; null where it has none. */
  estimatedRows: z.int().nullable(),
});

export const proposalSchema = z.strictObject({
  table: z.strictObject({ name: z.string(), ...ranked }).nullable(),
  alternatives: z.array(z.strictObject({ name: z.string(), ...ranked })),
  key: z.strictObject({ columns: z.array(z.string()), ...ranked }).nullable(),
  fields: z.array(z.strictObject({ attribute: z.string(), column: z.string(), ...ranked })),
  /** Columns of the table that no attribute takes. */
  unused: z.array(z.string()),
});

/** A legacy user as it would be mapped; texts about people are masked, hashes are told by their format. */
export const previewSchema = z.strictObject({
  values: z.array(z.strictObject({ attribute: z.string(), value: z.string() })),
  findings: z.array(
    z.strictObject({ code: z.string(), severity: severitySchema, title: z.string(), detail: z.string() }),
  ),
});

export const inspectionSchema = z.strictObject({
  version: z.string(),
  readOnly: z.strictObject({ enforced: z.boolean(), how: z.string() }),
  tables: z.array(tableSchema),
  proposal: proposalSchema,
  preview: z.array(previewSchema),
  findings: z.array(diagnosticSchema),
  /** What the proposal would change in the project's settings, and what it leaves because it was set by hand. */
  settings: z
    .strictObject({ changes: z.array(settingChangeSchema), kept: z.array(settingChangeSchema) })
    .nullable(),
});
export type Inspection = z.infer<typeof inspectionSchema>;

export const inspectSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('project'), project: z.string() }),
  /** Before there is a project. Files are relative to `folder`; the password is used once and never kept. */
  z.strictObject({
    kind: z.literal('connection'),
    folder: z.string(),
    connection: legacyConnectionSchema,
    password: z.string().optional(),
  }),
]);
export type InspectSource = z.infer<typeof inspectSourceSchema>;

export const legacy = {
  /** Looks into the legacy database and proposes users table, key and field mapping. Changes nothing. */
  inspect: procedure
    .input(
      z.strictObject({
        source: inspectSourceSchema,
        /** The users table, where it is known. */
        table: z.string().min(1).optional(),
        /** Propose changes also for what was set by hand. */
        force: z.boolean().default(false),
      }),
    )
    .output(inspectionSchema),
  /** Puts changes into `userferry.json`, all or none; refused where a setting is not `from` any more. */
  adopt: procedure
    .input(z.strictObject({ project: z.string(), changes: z.array(settingChangeSchema).min(1) }))
    .output(z.strictObject({ file: z.string(), changed: z.int() })),
};
