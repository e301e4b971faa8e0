import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';

/** Columns of the sample's table, and as many indexes as every user enters in a replica. */
const TABLE = `CREATE TABLE u (id, legacy_uuid, email, email_confirmed, login_name, pw_hash, pw_salt, pw_scheme,
  first_name, last_name, display_name, phone, avatar, status, is_locked, created_at, last_login_at, profile_json,
  preferences);
CREATE INDEX u1 ON u (id); CREATE INDEX u2 ON u (lower(email)); CREATE INDEX u3 ON u (lower(login_name));
CREATE INDEX u4 ON u (phone); CREATE INDEX u5 ON u (legacy_uuid); CREATE INDEX u6 ON u (status);
CREATE INDEX u7 ON u (substr(pw_hash, 1, 4)); CREATE INDEX u8 ON u (substr(last_login_at, 1, 7));
CREATE INDEX u9 ON u (substr(email, instr(email, '@') + 1));`;

/**
 * Seconds that a dump takes into a bare SQLite table with nine indexes: no mapping, no checks, no files. `dump` is a
 * shell command that writes rows; null where one of the programs is missing or fails.
 */
export function bareImport(
  file: string,
  mode: 'csv' | 'tabs',
  dump: string,
  env: Record<string, string> = {},
): number | null {
  rmSync(file, { force: true });
  if (spawnSync('sqlite3', [file], { input: TABLE }).status !== 0) return null;
  // Lines of tabs are read as they are: a quotation mark at the beginning of a name quotes nothing there.
  const reading = mode === 'csv' ? "'.mode csv'" : `'.mode ascii' '.separator "\\t" "\\n"'`;
  const load = `sqlite3 '${file}' ${reading} '.import /dev/stdin u'`;
  const start = performance.now();
  const done = spawnSync('bash', ['-c', `set -o pipefail; ${dump} | ${load}`], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const seconds = (performance.now() - start) / 1000;
  const rows = spawnSync('sqlite3', [file, 'SELECT count(*) FROM u'], { encoding: 'utf8' }).stdout.trim();
  rmSync(file, { force: true });
  if (done.status !== 0) console.error(`bare import: ${String(done.stderr).slice(0, 300)}`);
  return done.status === 0 && Number(rows) > 0 ? seconds : null;
}
