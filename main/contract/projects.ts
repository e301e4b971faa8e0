import { z } from 'zod';
import { diagnosticSchema } from '#contract/diagnostic.ts';
import { procedure } from '#contract/errors.ts';
import { environmentSchema } from '#contract/project-settings.ts';
import { slotSchema } from '#contract/slot.ts';
import { trialRecordSchema } from '#contract/trial-record.ts';

export const initFromSchema = z.enum([
  'sample',
  'postgresql',
  'mysql',
  'sqlserver',
  'oracle',
  'sqlite',
  'csv',
]);

const folder = z.string().min(1);

/** A project that somebody had open, as this account's list remembers it. */
export const recentProjectSchema = z.strictObject({
  folder: z.string(),
  /** The name it had when it was last open. */
  name: z.string(),
  openedAt: z.string(),
  /** `gone`: no folder, or none of ours, any more; it may be on a disk that is not there now. */
  state: z.enum(['there', 'gone']),
});
export type RecentProject = z.infer<typeof recentProjectSchema>;

const recentSchema = z.strictObject({ projects: z.array(recentProjectSchema) });

/** One slot of the connection. */
export const projectSlotSchema = z.strictObject({
  slot: slotSchema,
  /** `missing`: `database.json` lists it and there is no such file, or it cannot be read. */
  state: z.enum(['there', 'missing', 'none']),
  /** Absolute path; null where nothing is listed. */
  file: z.string().nullable(),
  bytes: z.int().nullable(),
  /** SHA-256 of the file's text, hex, markers standing. */
  checksum: z.string().nullable(),
  /** The template whose text this is, unchanged; null where it was written or edited by hand. */
  template: z.string().nullable(),
});
export type ProjectSlot = z.infer<typeof projectSlotSchema>;

/** The legacy side in words that may be shown to anybody. */
export const legacySummarySchema = z.strictObject({
  engine: z.string(),
  /** `app_reader at db.example.org:5432/shop, TLS`, `users.csv`. No password. */
  description: z.string(),
  /** A server over the network, or a file that the rehearsal serves to scripts. */
  kind: z.enum(['server', 'file']),
  /** The table, or "a query". */
  users: z.string(),
  /** Whether sessions are made read-only by the database itself, so that nothing we do could write. */
  readOnly: z.boolean(),
  environment: environmentSchema.nullable(),
  /** Whether the password that the settings refer to has a value; null where none is needed. */
  passwordSet: z.boolean().nullable(),
});
export type LegacySummary = z.infer<typeof legacySummarySchema>;

/** What a project is, without connecting to anything. What is damaged is null and explained by a diagnostic. */
export const projectOverviewSchema = z.strictObject({
  folder: z.string(),
  name: z.string(),
  /** Whether its settings can be used at all. */
  usable: z.boolean(),
  connection: z.string().nullable(),
  legacy: legacySummarySchema.nullable(),
  slots: z.array(projectSlotSchema),
  /** The set of templates that most scripts come from, where that can be told. */
  template: z.string().nullable(),
  trials: z.strictObject({
    count: z.int(),
    damaged: z.int(),
    /** The newest that can be read. */
    last: trialRecordSchema.nullable(),
  }),
  diagnostics: z.array(diagnosticSchema),
});
export type ProjectOverview = z.infer<typeof projectOverviewSchema>;

export const projects = {
  /** Writes a new project folder; refuses to overwrite anything. `users` and `seed` shape the sample only. */
  init: procedure
    .input(
      z.strictObject({
        folder: z.string().min(1),
        from: initFromSchema,
        name: z.string().min(1).optional(),
        users: z.int().positive().max(50_000_000).optional(),
        seed: z.int().nonnegative().optional(),
      }),
    )
    .output(z.strictObject({ folder: z.string(), files: z.array(z.string()), next: z.array(z.string()) })),
  /** Validates settings, secrets, connection, query, mapping and scripts; explains each finding. */
  check: procedure
    .input(z.strictObject({ project: z.string() }))
    .output(z.strictObject({ name: z.string(), diagnostics: z.array(diagnosticSchema) })),
  /**
   * Everything that Home and the frame show of a project. Never a `FAULT` for what is wrong inside a project;
   * `project-missing` where the folder has no `userferry.json`.
   */
  open: procedure.input(z.strictObject({ folder })).output(projectOverviewSchema),
  /** Newest first, at most 30. */
  recent: procedure.input(z.strictObject({})).output(recentSchema),
  /** Puts a project on top of the list. `FAULT` `project-missing` where there is none. */
  remember: procedure.input(z.strictObject({ folder })).output(recentSchema),
  /** Takes it from the list; the folder stays. */
  forget: procedure.input(z.strictObject({ folder })).output(recentSchema),
};
