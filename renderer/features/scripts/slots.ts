import type { Slot } from '#renderer/stores/tries.ts';

export const PROJECT_SLOTS: readonly Slot[] = [
  'login',
  'get_user',
  'create',
  'verify',
  'change_password',
  'change_email',
  'delete',
];
