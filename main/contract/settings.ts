import { z } from 'zod';
import { diagnosticSchema } from '#contract/diagnostic.ts';
import { procedure } from '#contract/errors.ts';
import { projectSettingsSchema } from '#contract/project-settings.ts';

const inProject = { project: z.string().min(1) } as const;

/** `userferry.json` as it lies on the disk. */
export const settingsFileSchema = z.strictObject({
  /** Absolute path. */
  file: z.string(),
  text: z.string(),
  /** SHA-256 of the text, hex: given back when saving. */
  checksum: z.string(),
  /** Null where the diagnostics stand in the way. */
  settings: projectSettingsSchema.nullable(),
  diagnostics: z.array(diagnosticSchema),
});
export type SettingsFile = z.infer<typeof settingsFileSchema>;

/**
 * One setting by its path in `userferry.json`, such as `["assumptions", "importWithoutEmail"]`, `["users", "key"]`,
 * `["legacy"]` or `["egress"]`. Null takes it out.
 */
export const settingEditSchema = z.strictObject({
  path: z.array(z.string().min(1)).min(1).max(6),
  to: z.json(),
});

/** A secret by name: whether it has a value, never the value. */
export const secretStateSchema = z.strictObject({
  name: z.string(),
  set: z.boolean(),
  /**
   * Where the rehearsal takes it from: the environment comes first, then the project's secrets file, then what the
   * legacy connection in the settings says (host, port, user, …). Null: nowhere.
   */
  from: z.enum(['environment', 'file', 'settings']).nullable(),
  /** A value in the secrets file, used or hidden by the environment. */
  inFile: z.boolean(),
  /** Where the project asks for it: setting names, `configuration.NAME`, slots of scripts. */
  usedBy: z.array(z.string()),
});
export type SecretState = z.infer<typeof secretStateSchema>;

const secretsSchema = z.strictObject({
  /** Absolute path of the secrets file, which only this account may read. */
  file: z.string(),
  secrets: z.array(secretStateSchema),
  diagnostics: z.array(diagnosticSchema),
});

export const settings = {
  /** Also of a project whose settings cannot be used. */
  read: procedure.input(z.strictObject(inProject)).output(settingsFileSchema),
  /**
   * Puts a whole text in the file's place. Refused, nothing written: `FAULT` `file-changed` where the file is not
   * the one with this checksum any more, `project-invalid` where the text is no usable settings.
   */
  save: procedure
    .input(z.strictObject({ ...inProject, text: z.string().max(1_000_000), checksum: z.string() }))
    .output(settingsFileSchema),
  /**
   * Sets single settings and leaves the rest of the text as it is, comments too; all or none. With a checksum it is
   * refused like `save`; without one it is done on whatever is there. Passwords have to be references.
   */
  change: procedure
    .input(
      z.strictObject({
        ...inProject,
        changes: z.array(settingEditSchema).min(1).max(100),
        checksum: z.string().optional(),
      }),
    )
    .output(settingsFileSchema),
};

const secretName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
  .max(128);

export const secrets = {
  /** Names that the project asks for or keeps, in the order of their names. */
  list: procedure.input(z.strictObject(inProject)).output(secretsSchema),
  /** Keeps a value in the project's secrets file. No procedure gives it back. */
  keep: procedure
    .input(z.strictObject({ ...inProject, name: secretName, value: z.string().min(1).max(65_536) }))
    .output(secretsSchema),
  /** Takes a value out of the project's secrets file; the environment is not ours to change. */
  drop: procedure.input(z.strictObject({ ...inProject, name: secretName })).output(secretsSchema),
};
