import { catalogEntry } from '#domain/diagnostics/catalog.ts';
import type { UserOutcome } from '#domain/migration/outcome.ts';
import type { ImportJob } from '#domain/migration/import-job.ts';
import type { Replica } from '#engine/ports/replica.ts';

const PAGE = 1_000;

export interface LeftOut {
  /** NDJSON, one user a line, in the order of the legacy store. Names nobody: keys, ids and causes. */
  readonly text: string;
  readonly users: number;
  /** Of them, those whose record is in a file and will be refused there. */
  readonly inFiles: number;
}

/** Users whom the import files do not bring into the tenant. */
export function usersLeftOut(replica: Replica, jobs: readonly ImportJob[]): LeftOut {
  const refused = refusedPositions(replica, jobs);
  const lines: string[] = [];
  let inFiles = 0;
  for (const outcome of replica.rejects('bulk')) {
    const inFile = refused.has(outcome.position);
    if (inFile) inFiles += 1;
    lines.push(`${JSON.stringify(lineOf(outcome, inFile))}\n`);
  }
  return { text: lines.join(''), users: lines.length, inFiles };
}

function lineOf(outcome: UserOutcome, inFile: boolean) {
  const { position, key, legacyId, status, cause } = outcome;
  return { position, key, legacyId, status, cause, title: catalogEntry(cause ?? '')?.title ?? '', inFile };
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
