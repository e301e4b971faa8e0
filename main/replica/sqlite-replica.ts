import assert from 'node:assert/strict';
import type { Database } from 'better-sqlite3';
import type { UserOutcome } from '#domain/migration/outcome.ts';
import type { Phase, Replica } from '#engine/ports/replica.ts';
import type { CoverageReader, PersonReader } from '#engine/ports/replica-coverage.ts';
import { openAccountPages } from './account-pages.ts';
import { openAccountReader, wrapLookup } from './account-reader.ts';
import { openBatches, type RunBatch } from './batches.ts';
import { openCheckpointReader } from './checkpoints.ts';
import { contentDigestSteps } from './content-digests.ts';
import { openCoverageReader } from './coverage-reader.ts';
import { guarded } from './faults.ts';
import { openJobReader } from './jobs.ts';
import { type Labels, openLabels } from './labels.ts';
import type { LoadLookup } from './load-lookup.ts';
import { openOutcomeReader } from './outcome-reader.ts';
import { openPersonReader } from './person-reader.ts';
import { openTallyReader } from './tallies.ts';
import { openTenantLogReader } from './tenant-log.ts';

const REJECTS_PER_PAGE = 500;

/** An open replica. `close` closes the file and is called once. With `load`, accounts have no indexes yet. */
export function replicaOver(
  db: Database,
  path: string,
  close: (db: Database) => void,
  load?: LoadLookup,
): Replica {
  const labels = openLabels(db);
  const accounts = load ?? openAccountReader(db);
  const tallies = openTallyReader(db);
  const checkpoints = openCheckpointReader(db);
  const outcomes = openOutcomeReader(db, labels, tallies, checkpoints);
  const runBatch: RunBatch = db.readonly ? refuseBatch : openBatches(db, labels, accounts, checkpoints, load);

  const reading = <Args extends unknown[], R>(what: string, operation: (...args: Args) => R) => {
    return (...args: Args): R => guarded(path, `reading ${what}`, () => operation(...args));
  };
  return {
    ...wrapLookup(accounts, (find) => reading('an account', find)),
    batch: (work) => guarded(path, 'writing a batch', () => runBatch(work)),
    checkpoint: reading('a checkpoint', checkpoints.checkpoint),
    counts: reading('counts', checkpoints.counts),
    coverageBy: reading('coverage', tallies.coverageBy),
    causes: reading('causes', tallies.causes),
    findingCodes: reading('findings', tallies.findingCodes),
    outcomes: reading('outcomes', outcomes.outcomes),
    outcomeCount: reading('outcomes', outcomes.places.count),
    positionAfter: reading('outcomes', outcomes.places.positionAfter),
    outcomesOf: reading('outcomes', outcomes.outcomesOf),
    rejects: (phase) => walkRejects(phase, reading('rejects', outcomes.rejectsPage)),
    rejectsAfter: reading('rejects', outcomes.rejectsPage),
    verdicts: reading('outcomes', outcomes.verdicts),
    ...openJobs(db, reading),
    ...openCoverage(db, labels, reading),
    ...openPersons(db, labels, reading),
    tenantLogCounts: reading('the tenant log', openTenantLogReader(db)),
    accountCount: reading('accounts', openAccountCount(db)),
    accounts: reading('accounts', openAccountPages(db)),
    ...openMeta(db, path),
    contentDigests: reading('the whole replica', () => toTheEnd(contentDigestSteps(db))),
    contentDigestSteps: () => guardedSteps(path, 'reading the whole replica', contentDigestSteps(db)),
    close: () => {
      if (db.open) close(db);
    },
  };
}

type Reading = <Args extends unknown[], R>(
  what: string,
  operation: (...args: Args) => R,
) => (...args: Args) => R;

function openJobs(db: Database, reading: Reading): Pick<Replica, 'jobs' | 'jobErrors'> {
  const { jobs, jobErrors } = openJobReader(db);
  return { jobs: reading('jobs', jobs), jobErrors: reading('errors of a job', jobErrors) };
}

function openCoverage(db: Database, labels: Labels, reading: Reading): CoverageReader {
  const reader = openCoverageReader(db, labels);
  return {
    attributes: reading('coverage', reader.attributes),
    usesSplit: reading('coverage', reader.usesSplit),
    coverageOf: reading('coverage', reader.coverageOf),
    coverageAt: reading('coverage', reader.coverageAt),
    coverageSum: reading('coverage', reader.coverageSum),
    outcomesWith: reading('outcomes', reader.outcomesWith),
    evidenceOf: reading('coverage of a user', reader.evidenceOf),
  };
}

function openPersons(db: Database, labels: Labels, reading: Reading): PersonReader {
  const reader = openPersonReader(db, labels);
  return {
    legacyPositionOf: reading('an account', reader.legacyPositionOf),
    outcomeAt: reading('an outcome', reader.outcomeAt),
    tenantLogOf: reading('the tenant log', reader.tenantLogOf),
    importedBefore: reading('outcomes', reader.importedBefore),
    refusalsOf: reading('errors of jobs', reader.refusalsOf),
  };
}

function openAccountCount(db: Database): () => number {
  const count = db
    .prepare<[], number>(
      `SELECT (SELECT count(*) FROM accounts)
        - (SELECT count(*) FROM accounts WHERE state IN ('partial', 'deleted'))`,
    )
    .pluck();
  return () => count.get()!;
}

function openMeta(db: Database, path: string): Pick<Replica, 'meta' | 'setMeta'> {
  const get = db.prepare<[string], string>('SELECT value FROM meta WHERE name = ?').pluck();
  const set = db.prepare<[string, string]>('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)');
  return {
    meta: (name) => guarded(path, 'reading', () => get.get(name) ?? null),
    setMeta: (name, value) => guarded(path, 'writing', () => void set.run(name, value)),
  };
}

/** Page by page: a statement that stays open would keep the connection from anything else. */
function* walkRejects(
  phase: Phase,
  page: (phase: Phase, after: number, limit: number) => readonly UserOutcome[],
): IterableIterator<UserOutcome> {
  let after = -1;
  for (;;) {
    const rejects = page(phase, after, REJECTS_PER_PAGE);
    yield* rejects;
    if (rejects.length < REJECTS_PER_PAGE) return;
    after = rejects.at(-1)!.position;
  }
}

function toTheEnd<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

export function* guardedSteps<T>(
  path: string,
  doing: string,
  steps: Generator<undefined, T>,
): Generator<undefined, T> {
  try {
    for (;;) {
      const step = guarded(path, doing, () => steps.next());
      if (step.done === true) return step.value;
      yield;
    }
  } finally {
    steps.return(undefined as never);
  }
}

function refuseBatch(): never {
  assert.fail('our bug: a batch on a replica that was opened for reading');
}
