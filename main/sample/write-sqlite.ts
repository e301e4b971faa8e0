import Database from 'better-sqlite3';
import { SAMPLE_COLUMNS, SAMPLE_TABLE, type SampleUser } from '#sample/sample-row.ts';

const SCHEMA = `
CREATE TABLE ${SAMPLE_TABLE} (
  id INTEGER PRIMARY KEY,
  legacy_uuid TEXT,
  email TEXT,
  email_confirmed INTEGER,
  login_name TEXT NOT NULL,
  pw_hash TEXT,
  pw_salt TEXT,
  pw_scheme TEXT,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  display_name TEXT NOT NULL,
  phone TEXT,
  avatar TEXT,
  status TEXT NOT NULL,
  is_locked INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  last_login_at TEXT,
  profile_json TEXT NOT NULL,
  preferences TEXT
)`;

const INDEXES = `
CREATE INDEX app_users_email ON ${SAMPLE_TABLE} (lower(email));
CREATE INDEX app_users_login_name ON ${SAMPLE_TABLE} (lower(login_name));
`;

/**
 * Writes a new SQLite file; the path must be free. Without a journal, since a half-written file is thrown away
 * anyway. Answers the number of rows.
 */
export function writeSampleSqlite(path: string, users: Iterable<SampleUser>): number {
  const database = new Database(path);
  try {
    database.pragma('journal_mode = OFF');
    database.pragma('synchronous = OFF');
    database.exec(SCHEMA);
    const marks = SAMPLE_COLUMNS.map(() => '?').join(', ');
    const insert = database.prepare(`INSERT INTO ${SAMPLE_TABLE} VALUES (${marks})`);
    const rows = database.transaction(() => {
      let written = 0;
      for (const { row } of users) {
        insert.run(SAMPLE_COLUMNS.map((column) => row[column]));
        written++;
      }
      return written;
    })();
    database.exec(INDEXES);
    return rows;
  } finally {
    database.close();
  }
}
