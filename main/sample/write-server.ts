import type { Knex } from 'knex';
import { SAMPLE_COLUMNS, SAMPLE_TABLE, type SampleRow, type SampleUser } from '#sample/sample-row.ts';

export type ServerEngine = 'postgresql' | 'mysql';

const ROWS_PER_INSERT = 500;

/** Creates `app_users` in an empty PostgreSQL, MySQL or MariaDB and fills it batch by batch. Answers the number of rows. */
export async function writeSampleServer(
  knex: Knex,
  engine: ServerEngine,
  users: Iterable<SampleUser>,
): Promise<number> {
  for (const statement of SCHEMAS[engine]) await knex.raw(statement);
  let rows = 0;
  let batch: Record<string, unknown>[] = [];
  const flush = async () => {
    if (batch.length > 0) await knex(SAMPLE_TABLE).insert(batch);
    rows += batch.length;
    batch = [];
  };
  for (const { row } of users) {
    batch.push(engine === 'mysql' ? forMysql(row) : { ...row });
    if (batch.length === ROWS_PER_INSERT) await flush();
  }
  await flush();
  for (const statement of AFTERWARDS[engine]) await knex.raw(statement);
  return rows;
}

/** DATETIME has no zone: the UTC time is written as it stands. */
function forMysql(row: SampleRow): Record<string, unknown> {
  return { ...row, created_at: dateTime(row.created_at), last_login_at: dateTime(row.last_login_at) };
}

const POSTGRESQL = `
CREATE TABLE ${SAMPLE_TABLE} (
  id integer PRIMARY KEY,
  legacy_uuid text,
  email text,
  email_confirmed smallint,
  login_name text NOT NULL,
  pw_hash text,
  pw_salt text,
  pw_scheme text,
  first_name text NOT NULL,
  last_name text NOT NULL,
  display_name text NOT NULL,
  phone text,
  avatar text,
  status text NOT NULL,
  is_locked smallint NOT NULL,
  created_at timestamptz NOT NULL,
  last_login_at timestamptz,
  profile_json text NOT NULL,
  preferences text
)`;

// Binary collation, so that addresses compare by code point as they do elsewhere; MySQL has no index on an
// expression, hence the generated columns behind the scripts' lookups.
const MYSQL = `
CREATE TABLE ${SAMPLE_TABLE} (
  id INT PRIMARY KEY,
  legacy_uuid CHAR(36),
  email VARCHAR(320),
  email_confirmed TINYINT,
  login_name VARCHAR(190) NOT NULL,
  pw_hash VARCHAR(255),
  pw_salt VARCHAR(64),
  pw_scheme VARCHAR(32),
  first_name VARCHAR(400) NOT NULL,
  last_name VARCHAR(400) NOT NULL,
  display_name VARCHAR(801) NOT NULL,
  phone VARCHAR(64),
  avatar VARCHAR(500),
  status VARCHAR(16) NOT NULL,
  is_locked TINYINT NOT NULL,
  created_at DATETIME NOT NULL,
  last_login_at DATETIME,
  profile_json TEXT NOT NULL,
  preferences MEDIUMTEXT,
  email_lower VARCHAR(320) GENERATED ALWAYS AS (LOWER(email)) STORED,
  login_lower VARCHAR(190) GENERATED ALWAYS AS (LOWER(login_name)) STORED
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`;

const SCHEMAS: Readonly<Record<ServerEngine, readonly string[]>> = {
  postgresql: [POSTGRESQL],
  mysql: [MYSQL],
};

const AFTERWARDS: Readonly<Record<ServerEngine, readonly string[]>> = {
  postgresql: [
    `CREATE INDEX app_users_email ON ${SAMPLE_TABLE} (lower(email))`,
    `CREATE INDEX app_users_login_name ON ${SAMPLE_TABLE} (lower(login_name))`,
    `ANALYZE ${SAMPLE_TABLE}`,
  ],
  mysql: [
    `CREATE INDEX app_users_email ON ${SAMPLE_TABLE} (email_lower)`,
    `CREATE INDEX app_users_login_name ON ${SAMPLE_TABLE} (login_lower)`,
    `ANALYZE TABLE ${SAMPLE_TABLE}`,
  ],
};

function dateTime(iso: string | null): string | null {
  return iso?.replace('T', ' ').replace('Z', '') ?? null;
}

/** The columns of the sample as every engine has them; MySQL's generated columns are left out. */
export const SAMPLE_SELECT = `SELECT ${SAMPLE_COLUMNS.join(', ')} FROM ${SAMPLE_TABLE} ORDER BY id`;
