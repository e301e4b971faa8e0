import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { damaged } from './faults.ts';

/** "UFry", at offset 68 of every replica. */
export const APPLICATION_ID = 0x55467279;

/** A full check reads the whole file, at roughly 300 MB/s; beyond this size only the small tables are walked. */
const FULLY_CHECKED_BYTES = 256 * 1024 * 1024;

/** What can be told from outside before SQLite touches the file. */
export interface FileState {
  readonly kind: 'absent' | 'empty' | 'replica';
  /** Committed work still waits in the write-ahead log: the last writer was interrupted, or readers outlived it. */
  readonly unclean: boolean;
}

/** Looks at the header only. Throws `replica-damaged` for foreign and truncated files, which SQLite might alter. */
export function inspectFile(path: string): FileState {
  const walBytes = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  const file = openIfThere(path);
  if (file === null) return { kind: 'absent', unclean: false };
  try {
    const header = Buffer.alloc(100);
    const read = readSync(file, header, 0, 100, 0);
    if (read === 0) return { kind: 'empty', unclean: walBytes > 0 };
    if (read < 100 || header.toString('latin1', 0, 16) !== 'SQLite format 3\0') {
      throw damaged(path, 'it is not an SQLite file');
    }
    // A file that was created but not yet built: its first transaction waits in the log or never committed.
    const applicationId = header.readUInt32BE(68);
    if (applicationId !== APPLICATION_ID && !(applicationId === 0 && holdsNoTables(header))) {
      throw damaged(path, 'it is an SQLite file of another program');
    }
    const unclean = walBytes > 0;
    if (!unclean) refuseTruncated(path, header, fstatSync(file).size);
    return { kind: 'replica', unclean };
  } finally {
    closeSync(file);
  }
}

/** Page count and size of the header; with a log beside, pages may still be on their way into the file. */
function refuseTruncated(path: string, header: Buffer, bytes: number): void {
  const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  const pages = header.readUInt32BE(28);
  if (pages * pageSize > bytes) {
    throw damaged(path, `it has ${bytes} of ${pages * pageSize} bytes: the end is missing`);
  }
}

function holdsNoTables(header: Buffer): boolean {
  return header.readUInt32BE(28) <= 1;
}

function openIfThere(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
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
    .prepare<[], { readonly phase: number; readonly counted: number; readonly done: number }>(
      `SELECT p.phase, count(o.position) AS counted, coalesce(c.done, 0) AS done
       FROM (SELECT 0 AS phase UNION ALL SELECT 1) p
       LEFT JOIN outcomes o INDEXED BY outcomes_by_state ON o.phase = p.phase
       LEFT JOIN checkpoints c ON c.phase = p.phase
       GROUP BY p.phase HAVING counted <> coalesce(c.done, 0)`,
    )
    .get();
  if (unbalanced !== undefined) {
    throw damaged(path, `it holds ${unbalanced.counted} outcomes where ${unbalanced.done} were recorded`);
  }
}
