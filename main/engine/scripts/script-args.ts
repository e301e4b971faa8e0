import type { Json } from '#domain/json.ts';
import type { Slot } from '#domain/migration/slots.ts';

/** What a caller knows about the person a script is run for. */
export interface ScriptInput {
  readonly identifier: string;
  readonly password: string;
  readonly newPassword: string;
  readonly newEmail: string;
  readonly connection: string;
}

/** Positional arguments of a slot before `callback`; the context object goes last where it is enabled. */
export function scriptArgs(slot: Slot, input: ScriptInput, withContext: boolean): readonly Json[] {
  const args = positional(slot, input);
  return withContext && slot !== 'change_email' ? [...args, {}] : args;
}

function positional(slot: Slot, input: ScriptInput): readonly Json[] {
  switch (slot) {
    case 'login':
      return [input.identifier, input.password];
    case 'get_user':
    case 'verify':
    case 'delete':
      return [input.identifier];
    case 'change_password':
      return [input.identifier, input.newPassword];
    case 'change_email':
      return [input.identifier, input.newEmail, false];
    case 'create':
      return [
        {
          email: input.identifier,
          password: input.password,
          tenant: 'rehearsal',
          client_id: 'rehearsal',
          connection: input.connection,
        },
      ];
  }
}
