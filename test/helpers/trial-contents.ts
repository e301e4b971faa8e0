import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { replicaOpener } from '#replica/replica-opener.ts';

/** Ids of a project's trials in the order of their beginning; none before the first, and no folder that is being made. */
export function trialIds(project: string): string[] {
  try {
    return readdirSync(join(project, 'trials'))
      .filter((name) => !name.startsWith('.'))
      .toSorted();
  } catch {
    return [];
  }
}

/** One digest per table of a trial's replica: equal for equal rehearsals. */
export function trialDigests(project: string, trial: string): Readonly<Record<string, string>> {
  const replica = replicaOpener.openReadOnly(join(project, 'trials', trial, 'replica.db'));
  try {
    return replica.contentDigests();
  } finally {
    replica.close();
  }
}
