/** The error classes of Hooks, and the call of one. */

/** The second text is for the person who signs up; the first goes to the log. */
class PreUserRegistrationError extends Error {
  override name = 'PreUserRegistrationError';
  description: string | undefined;
  constructor(logMessage?: string, userMessage?: string) {
    super(logMessage);
    this.description = userMessage;
  }
}
class InvalidScopeError extends Error {
  override name = 'InvalidScopeError';
}
class InvalidRequestError extends Error {
  override name = 'InvalidRequestError';
}
class ServerError extends Error {
  override name = 'ServerError';
}

export const HOOK_ERRORS = [
  PreUserRegistrationError,
  InvalidScopeError,
  InvalidRequestError,
  ServerError,
] as const;

/** Positional arguments before the callback, as the point of the Hook has them. */
export interface HookInput {
  readonly args: readonly unknown[];
}

export function runHook(exported: unknown, input: HookInput, callback: unknown): unknown {
  if (typeof exported !== 'function') throw new TypeError('The hook must export one function.');
  return Reflect.apply(exported, undefined, [...input.args, callback]);
}
