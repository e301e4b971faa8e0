import assert from 'node:assert/strict';
import type { Database } from 'better-sqlite3';
import type { StoredAccounts, Checkpoint, Phase, ReplicaBatch } from '#engine/ports/replica.ts';
import { wrapLookup } from './account-reader.ts';
import { openAccountWriter } from './account-writer.ts';
import { type CheckpointReader, openCheckpointWriter } from './checkpoints.ts';
import { openCoverageWriter } from './coverage-writer.ts';
import { openJobWriter } from './jobs.ts';
import type { Labels } from './labels.ts';
import type { LoadLookup } from './load-lookup.ts';
import { openOutcomeWriter } from './outcome-writer.ts';
import { emptyTally, openTallyWriter, type Tally } from './tallies.ts';
import { openTenantLogWriter } from './tenant-log.ts';

/** Runs a batch in one immediate transaction: all of it is there afterwards, or nothing. */
export type RunBatch = <T>(work: (batch: ReplicaBatch) => T) => T;

interface Pending {
  readonly tally: Tally;
  readonly checkpoints: Map<Phase, Checkpoint>;
}

export function openBatches(
  db: Database,
  labels: Labels,
  lookup: StoredAccounts,
  checkpoints: CheckpointReader,
  load?: LoadLookup,
): RunBatch {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
  const writers = openWriters(db, labels, load);
  const writeTally = openTallyWriter(db);
  const writeCheckpoints = openCheckpointWriter(db, checkpoints);

  return (work) => {
    assert(!db.inTransaction, 'our bug: a batch inside a batch');
    const pending: Pending = { tally: emptyTally(), checkpoints: new Map() };
    const { batch, end } = batchOver(lookup, writers, pending);
    begin.run();
    try {
      const result = work(batch);
      assert(!isPromise(result), 'our bug: a batch cannot wait for anything');
      writeTally(pending.tally);
      writers.log.flush();
      writers.coverage.flush();
      writeCheckpoints(pending.checkpoints, pending.tally);
      commit.run();
      return result;
    } catch (error) {
      // A full disk makes SQLite roll back by itself.
      if (db.inTransaction) rollback.run();
      labels.forget();
      writers.log.forget();
      writers.coverage.forget();
      throw error;
    } finally {
      end();
    }
  };
}

type Writers = ReturnType<typeof openWriters>;

function openWriters(db: Database, labels: Labels, load: LoadLookup | undefined) {
  const coverage = openCoverageWriter(db);
  return {
    coverage,
    accounts: openAccountWriter(db, load),
    outcomes: openOutcomeWriter(db, labels, coverage),
    jobs: openJobWriter(db),
    log: openTenantLogWriter(db),
  };
}

function batchOver(lookup: StoredAccounts, writers: Writers, pending: Pending) {
  let open = true;
  const within = <Args extends unknown[], R>(operation: (...args: Args) => R) => {
    return (...args: Args): R => {
      assert(open, 'our bug: a batch was used after its end');
      return operation(...args);
    };
  };
  const batch: ReplicaBatch = {
    ...wrapLookup(lookup, within),
    apply: within((event, atMs, legacyPosition) =>
      event.type === 'logged'
        ? writers.log.write(event, atMs, legacyPosition)
        : writers.accounts.apply(event, atMs, legacyPosition),
    ),
    outcome: within((outcome, evidence) => writers.outcomes.write(outcome, pending.tally, evidence)),
    job: within(writers.jobs.job),
    jobError: within(writers.jobs.jobError),
    checkpoint: within((checkpoint) => void pending.checkpoints.set(checkpoint.phase, checkpoint)),
  };
  const end = (): void => {
    open = false;
  };
  return { batch, end };
}

function isPromise(value: unknown): boolean {
  return value instanceof Promise;
}
