import { z } from 'zod';
import { procedure } from '#contract/errors.ts';

/** `project`: a folder with a `userferry.json`. Links are told as what they lead to. */
export const fileEntrySchema = z.strictObject({
  name: z.string(),
  /** Absolute, as this machine writes paths. */
  path: z.string(),
  kind: z.enum(['folder', 'project', 'file']),
  /** Null for folders. */
  bytes: z.int().nullable(),
  /** ISO date of the last change; null where the system does not say. */
  changedAt: z.string().nullable(),
});
export type FileEntry = z.infer<typeof fileEntrySchema>;

/** Where people often start: their home, folders in it, disks, and the folders around recent projects. */
export const filePlaceSchema = z.strictObject({
  kind: z.enum(['home', 'documents', 'desktop', 'downloads', 'disk', 'recent']),
  name: z.string(),
  folder: z.string(),
});

export const folderListSchema = z.strictObject({
  folder: z.string(),
  /** Null at the top of a disk. */
  parent: z.string().nullable(),
  /** Whether the folder itself is a project. */
  project: z.boolean(),
  /** Whether this account may write to it, as far as the system says so beforehand. */
  writable: z.boolean(),
  /** Folders first, then files, each by name as people sort them. */
  entries: z.array(fileEntrySchema),
  /** Entries left out, because there are more than 5,000. */
  leftOut: z.int(),
  places: z.array(filePlaceSchema),
});
export type FolderList = z.infer<typeof folderListSchema>;

export const files = {
  /**
   * What is in a folder of the machine that the engine runs on; without a name, in the home folder. Reads no
   * contents. `FAULT` `folder-unreadable`: it is not there, no folder, or this account may not read it.
   */
  browse: procedure
    .input(
      z.strictObject({
        folder: z.string().min(1).optional(),
        hidden: z.boolean().default(false),
      }),
    )
    .output(folderListSchema),
  /** Makes one new folder in an existing one. `FAULT` `input-invalid`: bad name, or it exists; `project-unwritable`. */
  make: procedure
    .input(z.strictObject({ parent: z.string().min(1), name: z.string().min(1).max(255) }))
    .output(z.strictObject({ folder: z.string() })),
};
