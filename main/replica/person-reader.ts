import type { Database } from 'better-sqlite3';
import type { LogEntry, PersonReader, RefusedRecord } from '#engine/ports/replica-coverage.ts';
import { usesOfImport, usesText } from '#domain/projections/script-uses.ts';
import type { Labels } from './labels.ts';
import { OUTCOME_COLUMNS, type OutcomeRow, outcomeOf } from './outcome-rows.ts';
import { phaseNumber } from './phases.ts';
import { USES } from './traits.ts';

interface RefusalRow {
  readonly job: string;
  readonly file: string;
  readonly item: number;
  readonly errors: string;
}

/** The log and the refused records have no index by person: one person at a time may cost a walk over them. */
export function openPersonReader(db: Database, labels: Labels): PersonReader {
  const position = db
    .prepare<[string], number | null>('SELECT legacy_position FROM accounts WHERE user_id = ?')
    .pluck();
  const outcome = db.prepare<[number, number], OutcomeRow>(
    `SELECT ${OUTCOME_COLUMNS} FROM outcomes o WHERE o.phase = ? AND o.position = ?`,
  );
  const log = db.prepare<[number], LogEntry>(
    `SELECT at_ms AS atMs, log, user_id AS userId, description FROM tenant_log
     WHERE legacy_position = ? ORDER BY id`,
  );
  const refusals = db.prepare<[number], RefusalRow>(
    `SELECT j.id AS job, j.file, e.item, e.errors FROM job_errors e JOIN jobs j ON j.number = e.job
     WHERE e.position = ? ORDER BY e.job, e.item`,
  );
  const keptOut = db
    .prepare<[string, string], number>('SELECT id FROM traits WHERE attribute = ? AND value = ?')
    .pluck();
  const imported = db
    .prepare<[number, string], number>(
      `SELECT count(*) FROM outcomes NOT INDEXED WHERE phase = 1 AND position < ? AND instr(traits, ?) = 0`,
    )
    .pluck();
  return {
    importedBefore: (at) => {
      const id = keptOut.get(USES, usesText(usesOfImport('kept-out')));
      return imported.get(at, `,${id ?? -1},`)!;
    },
    legacyPositionOf: (userId) => position.get(userId) ?? null,
    outcomeAt(phase, at) {
      const row = outcome.get(phaseNumber(phase), at);
      return row === undefined ? null : outcomeOf(row, labels);
    },
    tenantLogOf: (at) => log.all(at),
    refusalsOf: (at) =>
      refusals.all(at).map(({ job, file, item, errors }) => ({
        jobId: job,
        file,
        index: item,
        errors: JSON.parse(errors) as RefusedRecord['errors'],
      })),
  };
}
