import assert from 'node:assert/strict';
import Database from 'better-sqlite3';
import type { UserOutcome } from '#domain/migration/outcome.ts';
import type { Evidence } from '#engine/ports/replica-coverage.ts';
import type { Phase } from '#engine/ports/replica.ts';
import type { CoverageWriter } from './coverage-writer.ts';
import type { Labels } from './labels.ts';
import { phaseNumber, statusNumber } from './phases.ts';
import type { Tally } from './tallies.ts';

/** Writes outcomes and adds them to the sums of the batch. A second one for a user and phase is refused. */
export interface OutcomeWriter {
  write(outcome: UserOutcome, tally: Tally, evidence?: Evidence): void;
}

export function openOutcomeWriter(
  db: Database.Database,
  labels: Labels,
  coverage: CoverageWriter,
): OutcomeWriter {
  const insert = db.prepare<(string | number | null)[]>(
    `INSERT INTO outcomes (phase, position, legacy_key, legacy_id, status, cause, state, hash_format, last_login,
       email_domain, findings, ms, traits, row_mark) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertFinding = db.prepare<[number, number, number]>(
    'INSERT INTO finding_users (phase, code, position) VALUES (?, ?, ?)',
  );
  return {
    write(outcome, tally, evidence) {
      const { phase, position, status, cohorts, findings } = outcome;
      assert(
        (status === 'ok') === (outcome.cause === null),
        `our bug: outcome ${position} is ${status}, against its cause`,
      );
      const phaseNo = phaseNumber(phase);
      const cause = outcome.cause === null ? null : labels.idOf(outcome.cause);
      const state = labels.idOf(outcome.state);
      const hashFormat = labels.idOf(cohorts.hashFormat);
      const lastLogin = labels.idOf(cohorts.lastLogin);
      const emailDomain = labels.idOf(cohorts.emailDomain);
      const traits = evidence === undefined ? null : coverage.add(outcome, evidence);
      insertOnce(
        phase,
        position,
        () =>
        insert.run(
          phaseNo, position, JSON.stringify(outcome.key), outcome.legacyId, statusNumber(status), cause, state,
          hashFormat, lastLogin, emailDomain, findings.length === 0 ? null : JSON.stringify(findings), outcome.ms,
          traits, evidence?.mark ?? null,
        ), // biome-ignore format: in the order of the columns
      );
      tally.outcome(phase, status);
      tally.add(phase, 'state', state, status);
      tally.add(phase, 'hash_format', hashFormat, status);
      tally.add(phase, 'last_login', lastLogin, status);
      tally.add(phase, 'email_domain', emailDomain, status);
      if (cause !== null) tally.add(phase, 'cause', cause, status);
      for (const code of new Set(findings.map((finding) => finding.code))) {
        const label = labels.idOf(code);
        insertFinding.run(phaseNo, label, position);
        tally.add(phase, 'finding', label, status);
      }
    },
  };
}

function insertOnce(phase: Phase, position: number, insert: () => void): void {
  try {
    insert();
  } catch (error) {
    const twice = error instanceof Database.SqliteError && error.code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
    assert(!twice, `our bug: user ${position} has a second outcome in the ${phase} phase`);
    throw error;
  }
}
