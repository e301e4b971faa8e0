import { z } from 'zod';
import { diagnosticSchema, severitySchema } from '#contract/diagnostic.ts';
import { fieldMappingSchema, usersQuerySchema } from '#contract/project-settings.ts';
import { legacyKeySchema } from '#contract/trial-record.ts';

/** A legacy user as it would be mapped; texts about people are masked, hashes are told by their format. */
export const previewSchema = z.strictObject({
  values: z.array(z.strictObject({ attribute: z.string(), value: z.string() })),
  findings: z.array(
    z.strictObject({ code: z.string(), severity: severitySchema, title: z.string(), detail: z.string() }),
  ),
});

const schemaColumn = z.strictObject({
  name: z.string(),
  /** The engine's own type name, lower case. */
  type: z.string(),
  nullable: z.boolean(),
  /** 1-based position in the primary key, or null. */
  primaryKey: z.int().nullable(),
  unique: z.boolean(),
});

export const legacySchemaSchema = z.strictObject({
  version: z.string(),
  readOnly: z.strictObject({ enforced: z.boolean(), how: z.string() }),
  tables: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.enum(['table', 'view']),
      /** From the engine's statistics; null where it has none. */
      estimatedRows: z.int().nullable(),
      columns: z.array(schemaColumn),
    }),
  ),
});
export type LegacySchema = z.infer<typeof legacySchemaSchema>;

/**
 * `hash`: stored passwords, shown as their format. `secret`: salts, tokens, answers, never shown. `personal`: masked
 * unless asked for. `plain`: numbers, dates, flags and short codes.
 */
export const columnContentSchema = z.enum(['plain', 'personal', 'hash', 'secret']);

export const legacyUsersSchema = z.strictObject({
  /** Rows of the users query when they were last counted. */
  total: z.int(),
  columns: z.array(
    z.strictObject({
      name: z.string(),
      content: columnContentSchema,
      /** Part of the pagination key. */
      key: z.boolean(),
      /** What the mapping makes of it, where it takes it. */
      attributes: z.array(z.string()),
    }),
  ),
  rows: z.array(
    z.strictObject({
      at: z.int(),
      /** Names the user for `try`, trials and flows. */
      key: legacyKeySchema,
      /** One text for each column, at most 300 characters; null is NULL. Empty for an unreadable row. */
      cells: z.array(z.string().nullable()),
      /** Why the row cannot be read; null as a rule. */
      unreadable: z.string().nullable(),
    }),
  ),
  /** How far the places of rows are noted; beyond that, far jumps cost the database a longer look. */
  noted: z.strictObject({ rows: z.int(), complete: z.boolean() }),
});
export type LegacyUsers = z.infer<typeof legacyUsersSchema>;

/** A mapping that is being edited. What is left out is taken from the project's settings. */
export const draftMappingSchema = z.strictObject({
  users: usersQuerySchema.optional(),
  fields: fieldMappingSchema.optional(),
});

export const mappingPreviewSchema = z.strictObject({
  /** Columns that the draft's query gives. */
  columns: z.array(z.string()),
  preview: z.array(z.strictObject({ key: legacyKeySchema.nullable(), ...previewSchema.shape })),
  /** The same rows as they come, a text for each column of `columns`, masked as in `legacy.users`. */
  rows: z.array(z.strictObject({ key: legacyKeySchema.nullable(), cells: z.array(z.string().nullable()) })),
  /** What is wrong with the draft as a whole: columns that are not there, a key that does not page. */
  diagnostics: z.array(diagnosticSchema),
});
export type MappingPreview = z.infer<typeof mappingPreviewSchema>;
