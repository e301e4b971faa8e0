import { z } from 'zod';
import { diagnosticSchema } from '#contract/diagnostic.ts';
import { procedure } from '#contract/errors.ts';
import {
  draftMappingSchema,
  legacySchemaSchema,
  legacyUsersSchema,
  mappingPreviewSchema,
  previewSchema,
} from '#contract/legacy-users.ts';
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
  /** Connects once, as the rehearsal would, and says what it met. Trouble is a `FAULT` in plain words. */
  test: procedure.input(z.strictObject({ source: inspectSourceSchema })).output(
    z.strictObject({
      version: z.string(),
      readOnly: z.strictObject({ enforced: z.boolean(), how: z.string() }),
      /** From the first packet to the answer. */
      ms: z.number(),
    }),
  ),
  /** Tables and views with their columns, of a project or of a connection before there is one. */
  schema: procedure.input(z.strictObject({ source: inspectSourceSchema })).output(legacySchemaSchema),
  /**
   * Rows of the users query from position `at` (0-based) on. The first call opens the database and begins, beside,
   * to note where rows are; calls go on quickly meanwhile. `refresh` counts and notes anew.
   */
  users: procedure
    .input(
      z.strictObject({
        project: z.string().min(1),
        at: z.int().nonnegative(),
        limit: z.int().min(1).max(500).default(100),
        /** Show what is about people. Hashes and other secrets are never shown. */
        personalData: z.boolean().default(false),
        refresh: z.boolean().default(false),
      }),
    )
    .output(legacyUsersSchema),
  /** What some rows would become under a mapping that nobody has saved. */
  preview: procedure
    .input(
      z.strictObject({
        project: z.string().min(1),
        draft: draftMappingSchema,
        limit: z.int().min(1).max(50).default(5),
        personalData: z.boolean().default(false),
      }),
    )
    .output(mappingPreviewSchema),
  /** Puts changes into `userferry.json`, all or none; refused where a setting is not `from` any more. */
  adopt: procedure
    .input(z.strictObject({ project: z.string(), changes: z.array(settingChangeSchema).min(1) }))
    .output(z.strictObject({ file: z.string(), changed: z.int() })),
};
