import type { Json } from '#domain/json.ts';
import type { Slot } from '#domain/migration/slots.ts';

/** What a caller knows about the person a script is run for. */
export interface ScriptInput {
  readonly identifier: string;
  readonly password: string;
  readonly newPassword: string;
  readonly newEmail: string;
  readonly connection: string;
  /** For `create`, where the connection requires one. */
  readonly username?: string;
  /** For `change_email`: whether the new address counts as verified. */
  readonly verified?: boolean;
}

/** Positional arguments of a slot before `callback`; the context object goes last where it is enabled. */
export function scriptArgs(slot: Slot, input: ScriptInput, withContext: boolean): readonly Json[] {
  const args = positional(slot, input);
  return withContext && slot !== 'change_email' ? [...args, {}] : args;
}

function positional(slot: Slot, input: ScriptInput): readonly Json[] {
  const { identifier, password, newPassword, newEmail, connection } = input;
  const newUser = {
    email: identifier,
    password,
    tenant: 'rehearsal',
    client_id: 'rehearsal',
    connection,
    ...(input.username === undefined ? {} : { username: input.username }),
  };
  const bySlot: Readonly<Record<Slot, readonly Json[]>> = {
    login: [identifier, password],
    get_user: [identifier],
    verify: [identifier],
    delete: [identifier],
    change_password: [identifier, newPassword],
    change_email: [identifier, newEmail, input.verified ?? false],
    create: [newUser],
  };
  return bySlot[slot];
}
