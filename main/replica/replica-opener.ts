import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Fault } from '#engine/fault.ts';
import type { LoadedReplica, Replica, ReplicaOpener } from '#engine/ports/replica.ts';
import { unfinishedPath } from '#files/unfinished.ts';
import { buildDeferred, dropDeferred, indexesMissing } from './deferred-indexes.ts';
import { asFault } from './faults.ts';
import { type LoadLookup, openLoadLookup } from './load-lookup.ts';
import {
  loadSchemaSteps,
  refuseNewer,
  SCHEMA_FOLDER,
  type SchemaStep,
  schemaMark,
  upgradeSchema,
} from './schema-steps.ts';
import { APPLICATION_ID, checkContent, endedUncleanly, refuseForeign } from './soundness.ts';
import { guardedSteps, replicaOver } from './sqlite-replica.ts';
import { lockForWriting } from './writer-lock.ts';

/** How long a statement waits for another connection of ours, milliseconds. Only checkpoints and upgrades ever do. */
const PATIENCE_MS = 2_000;

export const replicaOpener: ReplicaOpener = {
  open: (path) => openForWriting(resolve(path), loadSchemaSteps(SCHEMA_FOLDER)),
  openForLoad: (path, expected) => openForLoad(resolve(path), expected),
  openReadOnly: (path) => openForReading(resolve(path), loadSchemaSteps(SCHEMA_FOLDER)),
};

export function openForWriting(path: string, steps: readonly SchemaStep[]): Replica {
  const unclean = endedUncleanly(path);
  const lock = lockForWriting(path);
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { timeout: PATIENCE_MS });
    refuseForeign(db, path);
    refuseNewer(schemaMark(db), steps.length, path);
    tuneForWriting(db);
    upgradeSchema(db, steps, APPLICATION_ID);
    if (unclean) checkContent(db, path);
    return replicaOver(db, path, (open) => {
      leaveOneFile(open);
      lock.release();
    });
  } catch (error) {
    db?.close();
    lock.release();
    throw asFault(error, 'opening the replica', path);
  }
}

/** Takes no lock: whoever has the file open for writing holds it. */
function openForLoad(path: string, expected: number): LoadedReplica {
  let db: Database.Database | undefined;
  let lookup: LoadLookup | undefined;
  try {
    db = new Database(path, { timeout: PATIENCE_MS, fileMustExist: true });
    tuneForWriting(db);
    // New rows go to the ends of tables; sorting for an index may take as much again.
    db.pragma('cache_size = -24000');
    if (isEmpty(db)) dropDeferred(db);
    if (indexesMissing(db)) lookup = openLoadLookup(db, unfinishedPath(path), expected);
    const opened = db;
    const replica = replicaOver(
      db,
      path,
      () => {
        lookup?.close();
        opened.close();
      },
      lookup,
    );
    return { ...replica, buildSteps: () => guardedSteps(path, 'building indexes', buildDeferred(opened)) };
  } catch (error) {
    lookup?.close();
    db?.close();
    throw asFault(error, 'opening the replica', path);
  }
}

function isEmpty(db: Database.Database): boolean {
  const some = 'SELECT EXISTS (SELECT 1 FROM accounts) + EXISTS (SELECT 1 FROM outcomes)';
  return db.prepare<[], number>(some).pluck().get() === 0;
}

export function openForReading(path: string, steps: readonly SchemaStep[]): Replica {
  if (!existsSync(path)) {
    throw new Fault('trial-missing', 'the trial has no replica: its file is missing', {
      doing: 'opening the replica',
      where: path,
      help: 'Restore the file from a copy, resume the trial if it had not begun, or start a new one.',
    });
  }
  const options = { readonly: true, fileMustExist: true, timeout: PATIENCE_MS };
  let db: Database.Database | undefined;
  try {
    db = new Database(path, options);
    refuseForeign(db, path);
    const mark = schemaMark(db);
    refuseNewer(mark, steps.length, path);
    if (mark === null || mark.version < steps.length) {
      db.close();
      openForWriting(path, steps).close();
      db = new Database(path, options);
    }
    db.pragma('cache_size = -32000');
    return replicaOver(db, path, (open) => void open.close());
  } catch (error) {
    db?.close();
    throw asFault(error, 'opening the replica for reading', path);
  }
}

/** A process that dies loses no batch (WAL); a machine that dies may lose the last ones, never a part of one. */
function tuneForWriting(db: Database.Database): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('cache_size = -65536');
  // Pages rewritten by many batches go into the file once: fewer, larger checkpoints (about 40 MB of log).
  db.pragma('wal_autocheckpoint = 10000');
  // References document the schema and are checked by tests; per row they would cost six look-ups.
  db.pragma('foreign_keys = OFF');
}

/**
 * A closed replica is one plain file: it can be copied, and read where nothing can be written, as WAL files
 * cannot. Readers that are still there keep the log, and nothing waits for them.
 */
function leaveOneFile(db: Database.Database): void {
  try {
    db.pragma('busy_timeout = 0');
    db.pragma('journal_mode = DELETE');
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
  } finally {
    db.close();
  }
}
