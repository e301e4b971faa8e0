import type { AuditResult } from '#contract/audit.ts';

type State = AuditResult['states'][number]['state'];

/** States as people read them. */
export const STATE_NAMES: Readonly<Record<State, string>> = {
  migrated: 'migrated',
  'not-yet': 'not yet',
  shadow: 'shadow',
  indeterminate: 'indeterminate',
  partial: 'partial',
  conflict: 'conflict',
  duplicate: 'duplicate',
  stranger: 'only in the tenant',
  'sign-up': 'signed up in the tenant',
};

/** The name of a state that came as plain text. */
export function stateName(state: string): string {
  return (STATE_NAMES as Readonly<Record<string, string>>)[state] ?? state;
}
