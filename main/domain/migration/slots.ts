/** Keys of `customScripts` that a connection may fill. The slot decides what a script is, not its function name. */
export const SLOTS = [
  'login',
  'get_user',
  'create',
  'verify',
  'change_password',
  'change_email',
  'delete',
] as const;
export type Slot = (typeof SLOTS)[number];
