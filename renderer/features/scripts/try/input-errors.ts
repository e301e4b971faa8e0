import { needsPassword, type Scenario } from '#renderer/features/scripts/try/scenarios.ts';
import type { Slot } from '#renderer/stores/tries.ts';
import type { TryInput } from '#renderer/stores/try-inputs.ts';

export type InputErrors = Partial<Record<keyof TryInput, string>>;

/** What is missing in the form for this scenario, by field. */
export function inputErrors(slot: Slot, scenario: Scenario, input: TryInput): InputErrors {
  return {
    ...(input.identifier.trim() === '' ? { identifier: 'Say which user it is' } : {}),
    ...(needsPassword(slot, scenario) && input.password === ''
      ? { password: `${slot} needs a password` }
      : {}),
    ...(slot === 'change_password' && input.newPassword === '' ? { newPassword: 'Say what it becomes' } : {}),
    ...(slot === 'change_email' && input.newEmail.trim() === '' ? { newEmail: 'Say what it becomes' } : {}),
  };
}
