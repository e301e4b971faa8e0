/** The one way out of the isolate. Captured at connect and taken off the global before any script runs. */
export type HostCallback = (op: string, ...args: unknown[]) => unknown;

let callback: HostCallback | null = null;

export function connectHost(given: HostCallback): void {
  callback = given;
}

export const isConnected = (): boolean => callback !== null;

/**
 * Calls the host. Arguments and result are structured clones. A refusal or failure comes back as `{ __err }`, never
 * as an exception. Before the guest is connected (while a snapshot is built) it throws: nothing of the host, above
 * all no randomness, may be frozen into a snapshot.
 */
export function host(op: string, ...args: unknown[]): unknown {
  if (callback === null) throw new Error(`${op} needs the host, which is not connected yet`);
  return callback(op, ...args);
}

export interface Failure {
  readonly name?: string;
  readonly message: string;
  readonly code?: string;
}

export function failureOf(result: unknown): Failure | null {
  if (typeof result !== 'object' || result === null || !Object.hasOwn(result, '__err')) return null;
  return (result as { readonly __err: Failure }).__err;
}

const CLASSES: Readonly<Record<string, ErrorConstructor>> = { TypeError, RangeError };

/** The guest's own error for a failure that the host described. */
export function errorFrom(failure: Failure): Error & { code?: string } {
  const make = CLASSES[failure.name ?? ''] ?? Error;
  const error: Error & { code?: string } = new make(failure.message);
  if (failure.code !== undefined) error.code = failure.code;
  return error;
}

/** Calls the host and throws when it failed. */
export function hostOrThrow(op: string, ...args: unknown[]): unknown {
  const result = host(op, ...args);
  const failure = failureOf(result);
  if (failure !== null) throw errorFrom(failure);
  return result;
}
