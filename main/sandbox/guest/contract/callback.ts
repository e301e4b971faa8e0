/** The callback of one attempt: the first call counts, every further call is told with both places. */
import type { GuestError, ResultDetails } from '../guest-api.ts';
import { host } from '../host.ts';
import { closeAttempt } from './attempts.ts';
import { marshalError, stackHere } from './marshal-error.ts';
import { marshalResult, type MarshalledResult } from './marshal-result.ts';

function detailsOf(
  result: MarshalledResult,
  stacks: readonly [string, string] | undefined,
): ResultDetails | undefined {
  const details: { -readonly [Key in keyof ResultDetails]: ResultDetails[Key] } = {};
  if (result.losses.length > 0) details.losses = result.losses;
  if (result.unserialisable !== undefined) details.unserialisable = result.unserialisable;
  if (stacks !== undefined) details.stacks = stacks;
  return Object.keys(details).length === 0 ? undefined : details;
}

const nothing: MarshalledResult = { json: undefined, losses: [], unserialisable: undefined };

export function makeCallback(attempt: number): (error?: unknown, value?: unknown) => void {
  let calls = 0;
  let first: Error | null = null;
  return function callback(error?: unknown, value?: unknown): void {
    calls++;
    // Only captured, not formatted: the text is made if the callback is called again.
    first ??= new Error('first');
    const failed: GuestError | null = error ? marshalError(error) : null;
    const result = failed === null ? marshalResult(value) : nothing;
    const stacks = calls === 1 ? undefined : ([stackHere(first), stackHere()] as const);
    closeAttempt(attempt);
    host('result', attempt, calls, failed, result.json, detailsOf(result, stacks));
  };
}
