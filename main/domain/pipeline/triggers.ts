/** Moments at which a tenant runs Actions, as far as a rehearsal can reach them. Names are the tenant's own. */
export const TRIGGERS = {
  'pre-user-registration': {
    handler: 'onExecutePreUserRegistration',
    continues: null,
    blocking: true,
    mostActions: 20,
  },
  'post-user-registration': {
    handler: 'onExecutePostUserRegistration',
    continues: null,
    blocking: false,
    mostActions: 20,
  },
  'post-login': {
    handler: 'onExecutePostLogin',
    continues: 'onContinuePostLogin',
    blocking: true,
    mostActions: 20,
  },
  'post-change-password': {
    handler: 'onExecutePostChangePassword',
    continues: null,
    blocking: false,
    mostActions: 20,
  },
  'password-reset-post-challenge': {
    handler: 'onExecutePostChallenge',
    continues: 'onContinuePostChallenge',
    blocking: true,
    mostActions: 4,
  },
  'credentials-exchange': {
    handler: 'onExecuteCredentialsExchange',
    continues: null,
    blocking: true,
    mostActions: 20,
  },
} as const satisfies Readonly<Record<string, Trigger>>;

export interface Trigger {
  /** Name of the export that is called. */
  readonly handler: string;
  /** Name of the export that is called after a redirect. */
  readonly continues: string | null;
  /** Whether the flow waits for it, and fails with it. */
  readonly blocking: boolean;
  readonly mostActions: number;
}

export type TriggerName = keyof typeof TRIGGERS;
export const TRIGGER_NAMES = Object.keys(TRIGGERS) as TriggerName[];

/** Triggers that a tenant has and that nothing in a rehearsal sets off. */
export const OTHER_TRIGGERS: ReadonlySet<string> = new Set([
  'send-phone-message',
  'custom-token-exchange',
  'custom-phone-provider',
  'custom-email-provider',
  'event-stream',
  'password-hash-migration',
  'login-post-identifier',
  'signup-post-identifier',
]);

export function isTrigger(name: string): name is TriggerName {
  return Object.hasOwn(TRIGGERS, name);
}

/** Points at which a tenant ran a Hook. */
export const HOOK_POINTS = [
  'pre-user-registration',
  'post-user-registration',
  'post-change-password',
  'credentials-exchange',
] as const;
export type HookPoint = (typeof HOOK_POINTS)[number];

export function hookPoint(trigger: string): HookPoint | null {
  return HOOK_POINTS.find((point) => point === trigger) ?? null;
}
