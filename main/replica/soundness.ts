import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { damaged } from './faults.ts';

/** "UFry" in the header of every replica. */
export const APPLICATION_ID = 0x55467279;

/** A full check reads the whole file, at roughly 300 MB/s; beyond this size only the small tables are walked. */
const FULLY_CHECKED_BYTES = 256 * 1024 * 1024;

/**
 * Whether committed work still waits in the log: the last writer was interrupted, or readers outlived it.
 * Asks for the size only: on Unix, opening and closing the file by other means than SQLite frees every lock that
 * this process holds on it.
 */
export function endedUncleanly(path: string): boolean {
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/**
 * Refuses files that are no replica, before anything is written to them. SQLite itself notices here what is not
 * its own format or shorter than its header says. A file without tables is one that was never finished.
 */
export function refuseForeign(db: Database, path: string): void {
  const applicationId = db.pragma('application_id', { simple: true });
  if (applicationId === APPLICATION_ID) return;
  const tables = db.prepare<[], number>('SELECT count(*) FROM sqlite_master').pluck().get();
  if (applicationId !== 0 || tables !== 0) throw damaged(path, 'it is an SQLite file of another program');
}

/** After an interruption: pages and indexes are in order, and the sums agree with the rows. */
export function checkContent(db: Database, path: string): void {
  const bytes = statSync(path).size;
  const scopes = bytes <= FULLY_CHECKED_BYTES ? [''] : ["('checkpoints')", "('tallies')", "('labels')"];
  for (const scope of scopes) {
    const found = db.pragma(`quick_check${scope}`, { simple: true });
    if (found !== 'ok') throw damaged(path, String(found).split('\n').slice(0, 2).join(' '));
  }
  const unbalanced = db
    .prepare<[], { readonly counted: number; readonly done: number }>(
      `SELECT count(o.position) AS counted, coalesce(c.done, 0) AS done
       FROM (SELECT 0 AS phase UNION ALL SELECT 1) p
       LEFT JOIN outcomes o ON o.phase = p.phase
       LEFT JOIN checkpoints c ON c.phase = p.phase
       GROUP BY p.phase HAVING counted <> coalesce(c.done, 0)`,
    )
    .get();
  if (unbalanced !== undefined) {
    throw damaged(path, `it holds ${unbalanced.counted} outcomes where ${unbalanced.done} were recorded`);
  }
}
