import { z } from 'zod';

/**
 * What a page may ask the desktop shell around it, beside the engine's contract. Main checks every message by
 * these schemas. No message takes a path: people choose paths in the system's own dialogs, and the page gets a
 * handle for later requests.
 */

const text = z.string().min(1).max(200);

/** Keys as the command registry writes them: `mod+shift+k`, `alt+arrowup`, `f5`. */
const shortcutSchema = z
  .string()
  .max(40)
  .regex(/^[^\s]+$/);

export const menuItemSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('command'),
    /** Id in the command registry; comes back when it is chosen. */
    id: z
      .string()
      .max(80)
      .regex(/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$/i),
    title: text,
    shortcut: shortcutSchema.optional(),
    enabled: z.boolean(),
    checked: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('separator') }),
]);
export type MenuItem = z.infer<typeof menuItemSchema>;

/** Menus of the registry in their order. `edit` and `view` items are put below the system's own. */
export const menuModelSchema = z.strictObject({
  menus: z
    .array(
      z.strictObject({
        place: z.enum(['file', 'edit', 'view', 'help', 'other']),
        title: text,
        items: z.array(menuItemSchema).max(60),
      }),
    )
    .max(12),
});
export type MenuModel = z.infer<typeof menuModelSchema>;

const fileFilterSchema = z.strictObject({
  name: text,
  extensions: z
    .array(z.string().regex(/^([a-z0-9]{1,12}|\*)$/i))
    .min(1)
    .max(12),
});

export const pickSchema = z.strictObject({
  title: text.optional(),
  filters: z.array(fileFilterSchema).max(8).optional(),
});
export type PickOptions = z.infer<typeof pickSchema>;

export const saveSchema = z.strictObject({
  /** A file name, no folder. */
  suggestedName: z
    .string()
    .min(1)
    .max(200)
    // oxlint-disable-next-line no-control-regex -- control characters are what this refuses
    .regex(/^[^/\\:*?"<>|\u0000-\u001f]+$/),
  filters: z.array(fileFilterSchema).max(8).optional(),
  content: z.union([z.string(), z.instanceof(Uint8Array)]),
});
export type SaveOptions = z.infer<typeof saveSchema>;

/** Something that a person chose in a dialog of the system. */
export interface Picked {
  /** For `reveal`; means nothing after the app is started again. */
  readonly handle: string;
  /** For the engine, which runs on the same machine under the same account. */
  readonly path: string;
  readonly name: string;
}

export const handleSchema = z.string().regex(/^[0-9a-f]{32}$/);

/** What the frame of the window shows of the work inside. */
export const activitySchema = z.strictObject({
  /** Name of the open project; null on Home. */
  project: text.nullable(),
  /** Whether a trial, an audit or an export runs: the machine stays awake. */
  running: z.boolean(),
  /** Share that is done, 0 to 1; null where nobody knows. */
  done: z.number().min(0).max(1).nullable(),
});
export type Activity = z.infer<typeof activitySchema>;

export const themeSchema = z.enum(['system', 'light', 'dark']);
export type Theme = z.infer<typeof themeSchema>;

/**
 * What protects secrets on this machine. `sealed`: the system's keychain. `unprotected`: a key that everybody knows.
 * `none`: nothing. Without a keychain they are kept as text, and only with the person's consent.
 */
export interface SecretProtection {
  readonly state: 'sealed' | 'unprotected' | 'none';
  /** Such as `gnome_libsecret`, `keychain`, `dpapi`, `basic_text`. */
  readonly by: string;
  /** Whether the person agreed to keep secrets without protection. */
  readonly consent: boolean;
}

/** A project that the system asked the app to open: by a double click, a drop or a second start. */
export interface ProjectToOpen {
  readonly folder: string;
}

export interface DesktopPlatform {
  readonly os: 'linux' | 'mac' | 'windows';
  readonly electron: string;
  readonly chromium: string;
}
