import type { ImportJob } from '#domain/migration/import-job.ts';
import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import type { Replica } from '#engine/ports/replica.ts';

const PAGE = 1_000;

/** Legacy keys of the first and the last record of a file. */
export interface FileKeys {
  readonly first: LegacyKey;
  readonly last: LegacyKey;
}

/** Files follow the order of the legacy store and leave out nobody but those who were kept out. One entry per job. */
export function keysOfFiles(
  replica: Replica,
  jobs: readonly ImportJob[],
  keptOut: ReadonlySet<number>,
): readonly FileKeys[] {
  const keys = keysInFiles(replica, keptOut);
  return jobs.map(({ file, summary }) => {
    const first = keys.next();
    let last = first;
    for (let record = 1; record < (summary?.total ?? 0); record += 1) last = keys.next();
    if (first.done === true || last.done === true) {
      throw new Error(`our bug: the trial has fewer users than records in the files up to ${file}`);
    }
    return { first: first.value, last: last.value };
  });
}

function* keysInFiles(replica: Replica, keptOut: ReadonlySet<number>): Generator<LegacyKey, undefined> {
  let after = -1;
  for (;;) {
    const page = replica.verdicts('bulk', after, PAGE);
    for (const { position, key } of page) if (!keptOut.has(position)) yield key;
    if (page.length < PAGE) return;
    after = page.at(-1)!.position;
  }
}
