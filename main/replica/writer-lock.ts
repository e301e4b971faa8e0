import Database from 'better-sqlite3';
import { Fault } from '#engine/fault.ts';
import { asFault } from './faults.ts';

/** Held while a process may write to a replica. */
export interface WriterLock {
  release(): void;
}

/**
 * One writer per replica. SQLite's own lock is only taken per transaction, so a second, always empty SQLite file
 * is locked for as long as the replica is open: the system frees it whatever way the process ends, and no
 * stale lock can remain. The empty file stays, because removing it would let two writers lock different files.
 */
export function lockForWriting(path: string): WriterLock {
  let lock: Database.Database | undefined;
  try {
    lock = new Database(`${path}-writer`, { timeout: 0 });
    // Nothing is ever written, so there is nothing a journal on disk could restore.
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    throw refusal(error, path);
  }
  const held = lock;
  return { release: () => void held.close() };
}

function refusal(error: unknown, path: string): unknown {
  // better-sqlite3 reports a missing folder this way, before SQLite is asked.
  if (error instanceof TypeError) {
    return new Fault('replica-unwritable', 'the folder of the replica does not exist', {
      doing: 'opening the replica',
      where: path,
      cause: error,
    });
  }
  return asFault(error, 'opening the replica', path);
}
