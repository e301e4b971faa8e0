import type { AssumptionName, Assumptions } from '#domain/assumptions.ts';
import { TRIGGER_NAMES, type TriggerName } from '#domain/pipeline/triggers.ts';

/** Flows by what they set off. */
export const PIPELINE_FLOWS = [
  'login, import off',
  'login that migrates',
  'login, migrated already',
  'sign-up',
  'bulk import',
  'password reset',
  'password reset that creates the user',
  'password set by an administrator',
  'refresh token',
  'client credentials',
] as const;
export type PipelineFlow = (typeof PIPELINE_FLOWS)[number];

/** Whether a flow sets off a trigger: always, never, or as an assumption says. */
export type Firing = 'yes' | 'no' | { readonly assumption: AssumptionName };

const AT_MIGRATION = { assumption: 'registration-triggers-at-migration' } as const;
const AT_IMPORT = { assumption: 'registration-triggers-at-import' } as const;
const AT_RESET = { assumption: 'registration-triggers-at-reset' } as const;

const MATRIX: Readonly<Record<PipelineFlow, Partial<Record<TriggerName, Firing>>>> = {
  'login, import off': { 'post-login': 'yes' },
  'login that migrates': {
    'pre-user-registration': AT_MIGRATION,
    'post-user-registration': AT_MIGRATION,
    'post-login': 'yes',
  },
  'login, migrated already': { 'post-login': 'yes' },
  'sign-up': { 'pre-user-registration': 'yes', 'post-user-registration': 'yes', 'post-login': 'yes' },
  'bulk import': { 'pre-user-registration': AT_IMPORT, 'post-user-registration': AT_IMPORT },
  'password reset': { 'password-reset-post-challenge': 'yes', 'post-change-password': 'yes' },
  'password reset that creates the user': {
    'password-reset-post-challenge': 'yes',
    'pre-user-registration': AT_RESET,
    'post-user-registration': AT_RESET,
    'post-change-password': 'yes',
  },
  'password set by an administrator': { 'post-change-password': 'yes' },
  'refresh token': { 'post-login': 'yes' },
  'client credentials': { 'credentials-exchange': 'yes' },
};

export interface FlowTrigger {
  readonly trigger: TriggerName;
  readonly runs: boolean;
  readonly assumption: AssumptionName | null;
}

export function flowTriggers(flow: PipelineFlow, assumptions: Assumptions): readonly FlowTrigger[] {
  return TRIGGER_NAMES.map((trigger) => firing(flow, trigger, assumptions));
}

/** Whether and why a flow sets off a trigger. */
export function firing(flow: PipelineFlow, trigger: TriggerName, assumptions: Assumptions): FlowTrigger {
  const assumed = MATRIX[flow][trigger] ?? 'no';
  if (typeof assumed === 'string') return { trigger, runs: assumed === 'yes', assumption: null };
  return { trigger, runs: assumptions[assumed.assumption] === 'fired', assumption: assumed.assumption };
}

/** Rules run with every authentication of a user. */
export function runsRules(flow: PipelineFlow): boolean {
  return MATRIX[flow]['post-login'] === 'yes';
}
