import type { Database, Statement } from 'better-sqlite3';
import type { UserOutcome } from '#domain/migration/outcome.ts';
import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import type { OutcomeFilter, Phase, Verdict } from '#engine/ports/replica.ts';
import type { CheckpointReader } from './checkpoints.ts';
import { openIndexes } from './deferred-indexes.ts';
import type { Labels } from './labels.ts';
import { planFilter } from './outcome-filter.ts';
import { openOutcomePlaces, type OutcomePlaces } from './outcome-places.ts';
import { OUTCOME_COLUMNS, type OutcomeRow, outcomeOf } from './outcome-rows.ts';
import { PHASES, phaseNumber } from './phases.ts';
import type { TallyReader } from './tallies.ts';

export interface OutcomeReader {
  readonly outcomes: (filter: OutcomeFilter, afterPosition: number, limit: number) => readonly UserOutcome[];
  readonly places: OutcomePlaces;
  readonly outcomesOf: (key: LegacyKey) => readonly UserOutcome[];
  readonly rejectsPage: (phase: Phase, afterPosition: number, limit: number) => readonly UserOutcome[];
  readonly verdicts: (phase: Phase, afterPosition: number, limit: number) => readonly Verdict[];
}

type VerdictRow = readonly [position: number, key: string, legacyId: string | null, cause: number | null];

export function openOutcomeReader(
  db: Database,
  labels: Labels,
  tallies: TallyReader,
  checkpoints: CheckpointReader,
): OutcomeReader {
  const byKey = db.prepare<[string], OutcomeRow>(
    `SELECT ${OUTCOME_COLUMNS} FROM outcomes o WHERE o.legacy_key = ? ORDER BY o.phase, o.position`,
  );
  const rejected = db.prepare<[number, number, number], OutcomeRow>(
    `SELECT ${OUTCOME_COLUMNS} FROM outcomes o INDEXED BY outcomes_rejected
     WHERE o.phase = ? AND o.position > ? AND o.cause IS NOT NULL ORDER BY o.position LIMIT ?`,
  );
  const verdicts = db
    .prepare<[number, number, number], VerdictRow>(
      `SELECT position, legacy_key, legacy_id, cause FROM outcomes
       WHERE phase = ? AND position > ? ORDER BY position LIMIT ?`,
    )
    .raw();
  const page = openFilteredPages(db, labels, tallies, checkpoints);
  return {
    outcomes(filter, afterPosition, limit) {
      const phases = filter.phase === undefined ? PHASES : [filter.phase];
      const rows = phases.flatMap((phase) => page(filter, phase, afterPosition, limit + 1));
      if (phases.length > 1) rows.sort((a, b) => a.position - b.position || a.phase - b.phase);
      return wholePositions(rows, limit).map((row) => outcomeOf(row, labels));
    },
    places: openOutcomePlaces(db, labels, tallies, checkpoints),
    outcomesOf: (key) => byKey.all(JSON.stringify(key)).map((row) => outcomeOf(row, labels)),
    rejectsPage: (phase, afterPosition, limit) =>
      rejected.all(phaseNumber(phase), afterPosition, limit).map((row) => outcomeOf(row, labels)),
    verdicts: (phase, afterPosition, limit) =>
      verdicts.all(phaseNumber(phase), afterPosition, limit).map(([position, key, legacyId, cause]) => ({
        position,
        key: JSON.parse(key) as LegacyKey,
        legacyId,
        cause: cause === null ? null : labels.textOf(cause),
      })),
  };
}

/** The first `limit` rows, and the one after them if it is of the same position: a page never splits a user. */
function wholePositions(rows: readonly OutcomeRow[], limit: number): readonly OutcomeRow[] {
  const last = rows[limit - 1];
  const split = last !== undefined && rows[limit]?.position === last.position;
  return rows.slice(0, split ? limit + 1 : limit);
}

type FilteredPage = (filter: OutcomeFilter, phase: Phase, after: number, limit: number) => OutcomeRow[];

function openFilteredPages(
  db: Database,
  labels: Labels,
  tallies: TallyReader,
  checkpoints: CheckpointReader,
): FilteredPage {
  // The texts depend on which conditions are given and which index leads: a few dozen at most.
  const statements = new Map<string, Statement<unknown[], OutcomeRow>>();
  const indexes = openIndexes(db);
  return (filter, phase, after, limit) => {
    const plan = planFilter(filter, phase, labels, tallies, checkpoints.counts(phase), indexes);
    if (plan === null) return [];
    const sql = `SELECT ${OUTCOME_COLUMNS} ${plan.sql} LIMIT :limit`;
    const statement = statements.get(sql) ?? db.prepare<unknown[], OutcomeRow>(sql);
    statements.set(sql, statement);
    return statement.all(...plan.values, { phase: phaseNumber(phase), after, limit });
  };
}
