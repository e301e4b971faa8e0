import { type Dialect, type KeyKind, plainKeyPart, type Row } from '#legacy/dialect.ts';
import { groupTables, withIndexes } from '#legacy/table-list.ts';
import type { ServerConnection } from '#legacy/server-connection.ts';
import { authority } from '#legacy/tls.ts';
import type { TroubleCodes } from '#legacy/trouble.ts';

export const MYSQL_TROUBLES: TroubleCodes = {
  codes: {
    '1040': 'too-many',
    '1203': 'too-many',
    '1226': 'too-many',
    '1045': 'password',
    '1698': 'password',
    '1044': 'privilege',
    '1142': 'privilege',
    '1143': 'privilege',
    '1227': 'privilege',
    '1370': 'privilege',
    '1792': 'privilege',
    '1130': 'host-denied',
    '3159': 'tls',
    '1049': 'no-database',
    '1146': 'no-table',
    '1051': 'no-table',
    '1054': 'no-column',
    '1060': 'syntax',
    '1064': 'syntax',
    '1149': 'syntax',
    '1053': 'shutting-down',
    '1077': 'shutting-down',
    '1079': 'shutting-down',
    '1927': 'shutting-down',
    '1205': 'busy',
    '1213': 'busy',
    '1317': 'slow',
    '1969': 'slow',
    '3024': 'slow',
    '1242': 'data',
    '1292': 'data',
    '1365': 'data',
    '1366': 'data',
    '1411': 'data',
    '1690': 'data',
    '3140': 'data',
    '3141': 'data',
    '3143': 'data',
    '3156': 'data',
    '4025': 'data',
    PROTOCOL_CONNECTION_LOST: 'lost',
    PROTOCOL_SEQUENCE_TIMEOUT: 'slow',
    HANDSHAKE_NO_SSL_SUPPORT: 'tls',
    HANDSHAKE_SSL_ERROR: 'tls',
  },
  texts: [
    [/connect ETIMEDOUT|handshake timeout/i, 'timed-out'],
    [/closed state|connection is closed|Connection lost|packets out of order/i, 'lost'],
    [/does not support secure connection|certificate/i, 'tls'],
  ],
};

const UNKNOWN_VARIABLE = 1193;

interface RawConnection {
  readonly stream: { destroy(): void };
  query(sql: string, done: (error: { errno?: number } | null, rows: Row[]) => void): void;
}

const run = (connection: RawConnection, sql: string) =>
  new Promise<Row[]>((resolve, reject) => {
    connection.query(sql, (error, rows) => (error === null ? resolve(rows) : reject(error)));
  });

/** Read-only, UTC, and a time limit on the server's side, which MySQL and MariaDB spell differently. */
async function prepare(connection: RawConnection, statementTimeoutMs: number): Promise<void> {
  await run(connection, 'SET SESSION TRANSACTION READ ONLY');
  await run(connection, "SET time_zone = '+00:00'");
  const [row] = await run(connection, 'SELECT VERSION() AS version');
  const maria = /mariadb/i.test(String(row?.['version']));
  const limit = maria
    ? `SET SESSION max_statement_time = ${statementTimeoutMs / 1000}`
    : `SET SESSION max_execution_time = ${statementTimeoutMs}`;
  try {
    await run(connection, limit);
  } catch (error) {
    if ((error as { errno?: number }).errno !== UNKNOWN_VARIABLE) throw error;
  }
}

interface Field {
  readonly name: string;
  readonly columnType: number;
  readonly characterSet: number;
  readonly flags: number;
}

const NUMBERS = new Set([0, 1, 2, 3, 5, 8, 9, 13, 246]);
const FLOAT = 4;
const BIT = 16;
const TEXTS_OR_BYTES = new Set([15, 249, 250, 251, 252, 253, 254]);
const BINARY = 63;
const LISTED = 0x100 | 0x800;

/** The few kinds of column that keys treat differently. */
function fieldKind(field: Field): string {
  if ((field.flags & LISTED) !== 0) return 'listed';
  if (NUMBERS.has(field.columnType)) return 'number';
  if (field.columnType === FLOAT) return 'float';
  if (field.columnType === BIT) return 'binary';
  return TEXTS_OR_BYTES.has(field.columnType) && field.characterSet === BINARY ? 'binary' : 'text';
}

// The driver writes values into the statement itself, and would take question marks in the user's SQL for
// placeholders. Hexadecimal literals are exact, and do not depend on the server's idea of backslashes.
const textLiteral = (part: string | number) =>
  `_utf8mb4 X'${Buffer.from(String(part), 'utf8').toString('hex')}'`;
const hexLiteral = (part: string | number) => `X'${String(part).replace(/[^0-9a-f]/gi, '')}'`;
function numberLiteral(part: string | number): string {
  const text = String(part);
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? text : textLiteral(text);
}

const KINDS: Readonly<Record<string, KeyKind>> = {
  number: { encode: plainKeyPart, bind: numberLiteral },
  // A FLOAT prints fewer digits than it has; an ENUM sorts by its number but compares as text.
  float: { compare: (column) => `(${column} + 0e0)`, encode: plainKeyPart, bind: numberLiteral },
  listed: { compare: (column) => `(${column} + 0)`, encode: plainKeyPart, bind: numberLiteral },
  binary: { encode: plainKeyPart, bind: hexLiteral },
  text: { encode: plainKeyPart, bind: textLiteral },
};

const TABLES = `
SELECT t.TABLE_NAME AS name, IF(t.TABLE_TYPE LIKE '%VIEW%', 'v', 'r') AS kind, t.TABLE_ROWS AS estimate,
  c.COLUMN_NAME AS column_name, c.COLUMN_TYPE AS type, c.IS_NULLABLE = 'YES' AS nullable
FROM information_schema.TABLES t
JOIN information_schema.COLUMNS c ON c.TABLE_SCHEMA = t.TABLE_SCHEMA AND c.TABLE_NAME = t.TABLE_NAME
WHERE t.TABLE_SCHEMA = DATABASE()
ORDER BY t.TABLE_NAME, c.ORDINAL_POSITION`;

const INDEXES = `
SELECT TABLE_NAME AS name, INDEX_NAME AS index_name, COLUMN_NAME AS column_name, SEQ_IN_INDEX AS position,
  INDEX_NAME = 'PRIMARY' AS is_primary
FROM information_schema.STATISTICS
WHERE TABLE_SCHEMA = DATABASE() AND NON_UNIQUE = 0`;

const tableName = (row: Row) => dotted(String(row['name']));

type Response = readonly [rows: Row[], fields: readonly Field[]];

/** MySQL and MariaDB. */
export function mysqlDialect(connection: ServerConnection): Dialect {
  const { host, port, user, password, database, tls } = connection;
  const ca = tls.mode === 'verify' ? authority(tls) : undefined;
  const ssl = { rejectUnauthorized: tls.mode === 'verify', verifyIdentity: tls.mode === 'verify', ca };
  return {
    engine: 'mysql',
    product: 'MySQL',
    knex: {
      client: 'mysql2',
      connection: {
        host,
        port,
        user,
        password,
        database,
        ...(tls.mode === 'off' ? {} : { ssl }),
        connectTimeout: connection.connectTimeoutMs,
        charset: 'utf8mb4',
        timezone: 'Z',
        dateStrings: true,
        supportBigNumbers: true,
        jsonStrings: true,
        multipleStatements: false,
        flags: ['-LOCAL_FILES'],
      } as object,
    },
    readOnly: { enforced: true, how: 'SET SESSION TRANSACTION READ ONLY for every session' },
    troubles: MYSQL_TROUBLES,
    prepare: (raw) => prepare(raw as RawConnection, connection.statementTimeoutMs),
    breakOff: (raw) => (raw as RawConnection).stream.destroy(),
    rows: (response) => (response as Response)[0],
    prefetch: true,
    rowComparison: false,
    aliased: (from) => `${from} AS uf_users`,
    quote: (name) => `\`${name.replaceAll('`', '``')}\``,
    limited: (sql, count, skip = 0) => `${sql} LIMIT ${count}${skip === 0 ? '' : ` OFFSET ${skip}`}`,
    placeholder: (_index, value) => ({ sql: textLiteral(String(value)), literal: true }),
    describe: async (source, session) => {
      const response = (await session.response(`SELECT * FROM ${source} LIMIT 0`)) as Response;
      return response[1].map((field) => ({ name: field.name, type: fieldKind(field) }));
    },
    keyKind: (type) => KINDS[type] ?? KINDS['text']!,
    version: async (session) => {
      const [row] = await session.rows('SELECT VERSION() AS version');
      const version = String(row?.['version']);
      return /mariadb/i.test(version) ? `MariaDB ${version.split('-')[0]}` : `MySQL ${version}`;
    },

    tables: async (session) => {
      const columns = await session.rows(TABLES);
      return groupTables(withIndexes(columns, await session.rows(INDEXES), tableName), tableName);
    },
  };
}

const dotted = (name: string) => (name.includes('.') ? `\`${name}\`` : name);
