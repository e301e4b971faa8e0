import { catalogEntry } from '#domain/diagnostics/catalog.ts';
import type { ImportJob } from '#domain/migration/import-job.ts';
import type { UserOutcome } from '#domain/migration/outcome.ts';
import type { Replica } from '#engine/ports/replica.ts';

const PAGE = 1_000;

/**
 * What becomes of a user whom the trial counts as failed or skipped. `kept-out`: in no file. `refused`: in a file,
 * and the import refuses the record. `incomplete`: imported, but without something, such as a password.
 */
export type Fate = 'kept-out' | 'refused' | 'incomplete';

export interface FailedUsers {
  /** NDJSON, one user a line, in the order of the legacy store. Names nobody: keys, ids and causes. */
  readonly text: string;
  readonly fates: Readonly<Record<Fate, number>>;
  /** Positions of the users who are in no file. */
  readonly keptOut: ReadonlySet<number>;
}

/** Users whom the import files do not bring into the tenant as they should. */
export function failedUsers(replica: Replica, jobs: readonly ImportJob[]): FailedUsers {
  const refused = refusedPositions(replica, jobs);
  const fates: Record<Fate, number> = { 'kept-out': 0, refused: 0, incomplete: 0 };
  const lines: string[] = [];
  const keptOut = new Set<number>();
  for (const outcome of replica.rejects('bulk')) {
    const fate = fateOf(outcome, refused);
    fates[fate] += 1;
    if (fate === 'kept-out') keptOut.add(outcome.position);
    lines.push(`${JSON.stringify(lineOf(outcome, fate))}\n`);
  }
  return { text: lines.join(''), fates, keptOut };
}

/** Throws when records, fates and the trial's own counts do not add up: such files must not leave the house. */
export function assertAddsUp(
  { fates }: FailedUsers,
  records: number,
  counts: { readonly done: number; readonly failed: number; readonly skipped: number },
): void {
  const failed = fates['kept-out'] + fates.refused + fates.incomplete;
  if (failed !== counts.failed + counts.skipped || records + fates['kept-out'] !== counts.done) {
    throw new Error(
      `our bug: ${records} records and ${fates['kept-out']} users kept out of ${counts.done}; ${failed} explained of ${counts.failed + counts.skipped} not ok`,
    );
  }
}

function fateOf({ position, state }: UserOutcome, refused: ReadonlySet<number>): Fate {
  if (refused.has(position)) return 'refused';
  return state === 'legacy-only' ? 'kept-out' : 'incomplete';
}

function lineOf({ position, key, legacyId, status, cause }: UserOutcome, fate: Fate) {
  return { position, key, legacyId, fate, status, cause, title: catalogEntry(cause ?? '')?.title ?? '' };
}

function refusedPositions(replica: Replica, jobs: readonly ImportJob[]): ReadonlySet<number> {
  const positions = new Set<number>();
  for (const { id } of jobs) {
    for (let after = -1; ; ) {
      const page = replica.jobErrors(id, after, PAGE);
      for (const { position } of page) positions.add(position);
      if (page.length < PAGE) break;
      after = page.at(-1)!.index;
    }
  }
  return positions;
}
