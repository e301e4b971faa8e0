import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import type { Picked } from '#contract/desktop.ts';

/** Paths that people chose in dialogs, under names that cannot be guessed. Kept as long as the app runs. */
export interface Handles {
  give(path: string): Picked;
  /** Null for a handle that was never given. */
  path(handle: string): string | null;
}

/** Far more than anybody picks in a day; the oldest goes first. */
const KEPT = 1_000;

export function createHandles(): Handles {
  const paths = new Map<string, string>();
  return {
    give(path) {
      const handle = randomBytes(16).toString('hex');
      paths.set(handle, path);
      if (paths.size > KEPT) paths.delete(paths.keys().next().value!);
      return { handle, path, name: basename(path) };
    },
    path: (handle) => paths.get(handle) ?? null,
  };
}
