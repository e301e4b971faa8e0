import type { AttemptReport } from '../guest-api.ts';
import { host, isConnected } from '../host.ts';

/** Attempts whose callback has not been called yet. */
const open = new Set<number>();
let running = 0;
let latest = 0;

export function openAttempt(id: number): void {
  open.add(id);
  latest = id;
}

export const isOpen = (id: number): boolean => open.has(id);

export function closeAttempt(id: number): void {
  open.delete(id);
}

/** Code that runs inside `action` without a turn of the loop in between belongs to the attempt. */
export function runAs(id: number, action: () => void): void {
  running = id;
  try {
    action();
  } finally {
    running = 0;
  }
}

/**
 * The attempt that the running code belongs to. Code entered by an event is the only open attempt's, or, when none
 * is open, the latest one's; with several open it cannot be told and is 0.
 */
export function currentAttempt(): number {
  if (running !== 0) return running;
  if (open.size === 0) return latest;
  if (open.size > 1) return 0;
  for (const id of open) return id;
  return 0;
}

let quiet = 0;

/** What a module tries while it is evaluated says nothing about the script, so it is not reported. */
export function quietly<Result>(action: () => Result): Result {
  quiet++;
  try {
    return action();
  } finally {
    quiet--;
  }
}

/** Tells the worker; silent while a snapshot is built, when there is nobody to tell. */
export function report(what: AttemptReport, attempt = currentAttempt()): void {
  if (isConnected() && quiet === 0) host('report', attempt, what);
}
