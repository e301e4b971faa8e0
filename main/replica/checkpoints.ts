import assert from 'node:assert/strict';
import type { Database } from 'better-sqlite3';
import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import type { Checkpoint, Phase, PhaseCounts } from '#engine/ports/replica.ts';
import { PHASES, phaseNumber } from './phases.ts';
import type { Tally } from './tallies.ts';

interface CheckpointRow extends PhaseCounts {
  readonly after: string | null;
  readonly finished: number;
}

export interface CheckpointReader {
  readonly checkpoint: (phase: Phase) => Checkpoint | null;
  readonly counts: (phase: Phase) => PhaseCounts;
}

const NOTHING: PhaseCounts = { done: 0, ok: 0, failed: 0, skipped: 0 };

export function openCheckpointReader(db: Database): CheckpointReader {
  const select = db.prepare<[number], CheckpointRow>(
    'SELECT after, done, finished, ok, failed, skipped FROM checkpoints WHERE phase = ?',
  );
  return {
    checkpoint(phase) {
      const row = select.get(phaseNumber(phase));
      if (row === undefined) return null;
      const after = row.after === null ? null : (JSON.parse(row.after) as LegacyKey);
      return { phase, after, done: row.done, finished: row.finished === 1 };
    },
    counts(phase) {
      const row = select.get(phaseNumber(phase));
      return row === undefined
        ? NOTHING
        : { done: row.done, ok: row.ok, failed: row.failed, skipped: row.skipped };
    },
  };
}

/**
 * Writes the checkpoints of a batch with the counts that follow from its outcomes. This is where a run that
 * counted a user twice, or left one out, is stopped before it commits: a resumed trial would never notice.
 */
export function openCheckpointWriter(
  db: Database,
  reader: CheckpointReader,
): (checkpoints: ReadonlyMap<Phase, Checkpoint>, tally: Tally) => void {
  const put = db.prepare<[number, string | null, number, number, number, number, number]>(
    `INSERT OR REPLACE INTO checkpoints (phase, after, done, finished, ok, failed, skipped)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  return (checkpoints, tally) => {
    for (const phase of PHASES) {
      const added = tally.added(phase) ?? NOTHING;
      const before = reader.counts(phase);
      const ok = before.ok + added.ok;
      const failed = before.failed + added.failed;
      const skipped = before.skipped + added.skipped;
      const checkpoint = checkpoints.get(phase);
      if (checkpoint === undefined) {
        assert(
          tally.added(phase) === null,
          `our bug: ${phase} outcomes without the checkpoint that follows them`,
        );
        continue;
      }
      assert(
        checkpoint.done === ok + failed + skipped,
        `our bug: the ${phase} checkpoint says ${checkpoint.done} done, the outcomes are ${ok} ok, ${failed} failed, ${skipped} skipped`,
      );
      const after = checkpoint.after === null ? null : JSON.stringify(checkpoint.after);
      put.run(phaseNumber(phase), after, checkpoint.done, Number(checkpoint.finished), ok, failed, skipped);
    }
  };
}
