import { failureOf, host } from './host.ts';
import { pend, runtime, type Settle } from './runtime.ts';

/** Starts an operation on the host's threads. Its answer, or why it was not started, comes to `settle`. */
export function startOperation(name: string, args: readonly unknown[], settle: Settle): void {
  const id = pend(settle);
  const refused = failureOf(host('acrypto', id, name, args));
  if (refused === null) return;
  runtime.pending.delete(id);
  settle(refused, undefined);
}
