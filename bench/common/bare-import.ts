import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { SAMPLE_COLUMNS } from '#sample/sample-row.ts';

/**
 * For each index of a replica that every user enters, the same thing of the legacy row. Null: hardly anybody is in it.
 */
const SAME_OF_ROW: Readonly<Record<string, string | null>> = {
  accounts_by_user_id: 'legacy_uuid',
  accounts_by_email: 'lower(email)',
  accounts_by_username: 'lower(login_name)',
  accounts_by_phone: 'phone',
  accounts_hidden: null,
  outcomes_by_key: 'id',
  outcomes_by_cause: null,
  outcomes_rejected: null,
  outcomes_by_state: 'status',
  outcomes_by_hash_format: 'substr(pw_hash, 1, 4)',
  outcomes_by_last_login: 'substr(last_login_at, 1, 7)',
  outcomes_by_email_domain: "substr(email, instr(email, '@') + 1)",
};

/** Statements that make the indexes of a finished trial's replica on the bare table. */
export function sameIndexes(replica: string): readonly string[] {
  const db = new Database(replica, { readonly: true });
  const names = db
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('accounts', 'outcomes')",
    )
    .pluck()
    .all() as string[];
  db.close();
  return names.flatMap((name, at) => {
    const same = SAME_OF_ROW[name];
    if (same === undefined) throw new Error(`the bare import has nothing like the replica's index ${name}`);
    return same === null ? [] : [`CREATE INDEX u${at} ON u (${same});`];
  });
}

/** What the replica gives SQLite too: its cache, and no wait for the disk at each step. */
const SETTINGS = 'PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536;';
const TABLE = `CREATE TABLE u (${SAMPLE_COLUMNS.join(', ')});`;

export interface Dump {
  /** Shell command that writes the rows of the sample's table. */
  readonly command: string;
  readonly mode: 'csv' | 'tabs';
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Seconds that a dump takes into a bare SQLite table: no mapping, no checks, no files. `when` the indexes are made:
 * `first`, so that every row enters them as it comes, or `last`, from the finished table, which is the quickest there is.
 */
export function bareImport(
  file: string,
  { command, mode, env = {} }: Dump,
  indexes: readonly string[],
  when: 'first' | 'last',
  users: number,
): number {
  rmSync(file, { force: true });
  const before = when === 'first' ? indexes.join(' ') : '';
  const after = when === 'last' ? indexes.join(' ') : '';
  // Lines of tabs are read as they are: a quotation mark at the beginning of a name quotes nothing there.
  const reading =
    mode === 'csv'
      ? '.mode csv'
      : String.raw`.mode ascii
.separator "\t" "\n"`;
  const load = ['sqlite3', file, '-cmd', `${SETTINGS} ${TABLE} ${before}`, ...reading.split('\n')];
  const pipe = [...load, '.import /dev/stdin u', ...(after === '' ? [] : [after])].map(quoted).join(' ');
  const start = performance.now();
  const done = spawnSync('bash', ['-c', `set -o pipefail; ${command} | ${pipe}`], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const seconds = (performance.now() - start) / 1000;
  const rows = spawnSync('sqlite3', [file, 'SELECT count(*) FROM u'], { encoding: 'utf8' }).stdout.trim();
  rmSync(file, { force: true });
  if (done.status !== 0 || Number(rows) !== users) {
    throw new Error(`bare import: ${rows} rows of ${users} ${String(done.stderr).slice(0, 300)}`);
  }
  return seconds;
}

const quoted = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;
