import Database from 'better-sqlite3';
import { Fault } from '#engine/fault.ts';

/**
 * SQLite's own errors as faults; everything else comes back as it is. SQLite's messages name tables and
 * columns, never bound values, so they may stand as the cause.
 */
export function asFault(error: unknown, doing: string, where: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const details = { doing, where, cause: error };
  const { code } = error;
  if (code === 'SQLITE_NOTADB') return damaged(where, 'it is not an SQLite file', { doing, cause: error });
  if (code.startsWith('SQLITE_CORRUPT')) {
    return damaged(where, 'parts of it are missing or overwritten', { doing, cause: error });
  }
  if (/^SQLITE_(BUSY|LOCKED|PROTOCOL)/.test(code)) {
    return new Fault('project-busy', 'another process is using the replica', {
      ...details,
      help: 'Wait until the other run has ended, or close the program that has the file open.',
    });
  }
  if (code.startsWith('SQLITE_FULL')) {
    return new Fault('replica-unwritable', 'the disk is full', {
      ...details,
      help: 'Free some space and go on: everything up to the last batch is kept.',
    });
  }
  if (code.startsWith('SQLITE_READONLY')) {
    return new Fault('replica-unwritable', 'the replica may only be read', {
      ...details,
      help: 'Give yourself the right to write to the file and its folder.',
    });
  }
  if (/^SQLITE_(CANTOPEN|IOERR|PERM|AUTH)/.test(code)) {
    return new Fault('replica-unwritable', `the replica cannot be read or written (${code})`, {
      ...details,
      help: 'Check the folder, its permissions and the disk, then go on: everything up to the last batch is kept.',
    });
  }
  return error;
}

/** The file is torn, foreign or contradicts itself. It is left as it was found. */
export function damaged(
  where: string,
  what: string,
  more: { readonly doing?: string; readonly cause?: unknown } = {},
): Fault {
  return new Fault('replica-damaged', `the replica is damaged: ${what}`, {
    ...more,
    where,
    help:
      'The file was left as it is, and the files beside it (trial.json, reports, rejects) are not affected. ' +
      'Restore it from a copy, or start a new trial.',
  });
}

/** Runs one storage operation; SQLite's errors leave as faults. */
export function guarded<T>(where: string, doing: string, operation: () => T): T {
  try {
    return operation();
  } catch (error) {
    throw asFault(error, doing, where);
  }
}
