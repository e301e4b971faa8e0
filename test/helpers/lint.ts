import type { Slot } from '#domain/migration/slots.ts';
import type { LintInput } from '#engine/ports/script-linter.ts';
import { lintScript } from '#lint/lint-script.ts';

const PARAMETERS: Readonly<Record<Slot, string>> = {
  login: 'email, password',
  get_user: 'email',
  create: 'user',
  verify: 'email',
  change_password: 'email, newPassword',
  change_email: 'email, newEmail, verified',
  delete: 'id',
};

/** A script of the slot with this body; `async ` before the slot makes it an async function. */
export function script(slot: Slot | `async ${Slot}`, body: string): string {
  const [async, name] = slot.startsWith('async ') ? ['async ', slot.slice(6)] : ['', slot];
  return `${async}function script(${PARAMETERS[name as Slot]}, callback) {\n${body}\n}`;
}

export function lint(slot: Slot, text: string, input: Partial<LintInput> = {}) {
  return lintScript({
    slot,
    text,
    withContext: false,
    configurationNames: null,
    requiresUsername: false,
    importMode: slot === 'login' || slot === 'get_user',
    nodeVersion: 22,
    ...input,
  });
}

export const codesOf = (slot: Slot, text: string, input: Partial<LintInput> = {}): readonly string[] => [
  ...new Set(lint(slot, text, input).map(({ code }) => code)),
];
