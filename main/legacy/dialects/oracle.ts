import { dirname } from 'node:path';
import oracledb from 'oracledb';
import { type Dialect, exactNumber, type KeyKind, plainKeyPart, type Row } from '#legacy/dialect.ts';
import type { ServerConnection } from '#legacy/server-connection.ts';
import { groupTables, withIndexes } from '#legacy/table-list.ts';
import type { TroubleCodes } from '#legacy/trouble.ts';

export const ORACLE_TROUBLES: TroubleCodes = {
  codes: {
    '1017': 'password',
    '1005': 'password',
    '28000': 'password',
    '28001': 'password',
    '1031': 'privilege',
    '1045': 'privilege',
    '1456': 'privilege',
    '942': 'no-table',
    '904': 'no-column',
    '900': 'syntax',
    '905': 'syntax',
    '907': 'syntax',
    '911': 'syntax',
    '923': 'syntax',
    '933': 'syntax',
    '936': 'syntax',
    '12514': 'no-database',
    '12505': 'no-database',
    '12541': 'refused',
    '12545': 'unresolved',
    '12170': 'timed-out',
    '12537': 'lost',
    '3113': 'lost',
    '3114': 'lost',
    '3135': 'lost',
    '18': 'too-many',
    '20': 'too-many',
    '12516': 'too-many',
    '12520': 'too-many',
    '1033': 'shutting-down',
    '1034': 'shutting-down',
    '1089': 'shutting-down',
    '1090': 'shutting-down',
    '12528': 'shutting-down',
    '1013': 'slow',
    '54': 'busy',
    '1426': 'data',
    '1427': 'data',
    '1476': 'data',
    '1722': 'data',
    '1830': 'data',
    '1840': 'data',
    '1843': 'data',
    '1847': 'data',
    '1858': 'data',
    '1861': 'data',
    '6502': 'data',
    '40441': 'data',
  },
  texts: [
    [/NJS-503|ECONNREFUSED/, 'refused'],
    [/NJS-(510|511|040|123)\b|ETIMEDOUT/, 'timed-out'],
    [/NJS-(518|517)\b/, 'no-database'],
    [/NJS-(500|501|521)\b/, 'lost'],
    [/NJS-(505|530|533)\b|certificate/, 'tls'],
    [/ENOTFOUND|EAI_AGAIN/, 'unresolved'],
  ],
};

/** Names that Oracle itself folds to upper case are folded here too; others are taken as they are written. */
const quote = (name: string) =>
  `"${(/^[a-z][a-z0-9_$#]*$/.test(name) ? name.toUpperCase() : name).replaceAll('"', '')}"`;

const DATE = 'YYYY-MM-DD"T"HH24:MI:SS';
const TIMESTAMP = `${DATE}.FF9`;
const ZONED = `${TIMESTAMP} TZH:TZM`;

function timeKind(format: string, parse: string): KeyKind {
  return {
    select: (column) => `TO_CHAR(${column}, '${format}')`,
    encode: plainKeyPart,
    bind: (part, bind) => `${parse}(${bind(part)}, '${format}')`,
  };
}

function keyKind(type: string): KeyKind {
  switch (type) {
    case 'NUMBER':
      return { encode: plainKeyPart, bind: (part, bind) => `TO_NUMBER(${bind(String(part))})` };
    case 'DATE':
      return timeKind(DATE, 'TO_DATE');
    case 'TIMESTAMP':
      return timeKind(TIMESTAMP, 'TO_TIMESTAMP');
    case 'TIMESTAMP WITH TIME ZONE':
    case 'TIMESTAMP WITH LOCAL TIME ZONE':
      return timeKind(ZONED, 'TO_TIMESTAMP_TZ');
    case 'RAW':
      return { encode: plainKeyPart, bind: (part, bind) => `HEXTORAW(${bind(part)})` };
    default:
      return { encode: plainKeyPart, bind: (part, bind) => bind(part) };
  }
}

const TABLES = `
SELECT c.OWNER AS "owner", c.TABLE_NAME AS "name", CASE WHEN t.TABLE_NAME IS NULL THEN 'v' ELSE 'r' END AS "kind",
  t.NUM_ROWS AS "estimate", c.COLUMN_NAME AS "column_name", c.DATA_TYPE AS "type",
  CASE c.NULLABLE WHEN 'Y' THEN 1 ELSE 0 END AS "nullable"
FROM ALL_TAB_COLUMNS c
LEFT JOIN ALL_TABLES t ON t.OWNER = c.OWNER AND t.TABLE_NAME = c.TABLE_NAME
JOIN ALL_USERS u ON u.USERNAME = c.OWNER AND u.ORACLE_MAINTAINED = 'N'
ORDER BY CASE c.OWNER WHEN USER THEN 0 ELSE 1 END, c.OWNER, c.TABLE_NAME, c.COLUMN_ID`;

const INDEXES = `
SELECT i.TABLE_OWNER AS "owner", i.TABLE_NAME AS "name", i.INDEX_NAME AS "index_name", k.COLUMN_NAME AS "column_name",
  k.COLUMN_POSITION AS "position", CASE WHEN p.CONSTRAINT_NAME IS NULL THEN 0 ELSE 1 END AS "is_primary"
FROM ALL_INDEXES i
JOIN ALL_IND_COLUMNS k ON k.INDEX_OWNER = i.OWNER AND k.INDEX_NAME = i.INDEX_NAME
JOIN ALL_USERS u ON u.USERNAME = i.TABLE_OWNER AND u.ORACLE_MAINTAINED = 'N'
LEFT JOIN ALL_CONSTRAINTS p ON p.CONSTRAINT_TYPE = 'P' AND p.OWNER = i.TABLE_OWNER
  AND p.TABLE_NAME = i.TABLE_NAME AND p.INDEX_NAME = i.INDEX_NAME
WHERE i.UNIQUENESS = 'UNIQUE'`;

const tableName = (row: Row) => `${String(row['owner'])}.${String(row['name'])}`;

interface Column {
  readonly name: string;
  readonly dbTypeName: string;
  readonly dbType: unknown;
}

/** Numbers come as text and become numbers only where no digit is lost; long texts and bytes come whole. */
function fetchTypeHandler({ dbType }: Column) {
  if (dbType === oracledb.DB_TYPE_NUMBER) {
    return {
      type: oracledb.STRING,
      converter: (value: string | null) => (value === null ? null : numberOf(value)),
    };
  }
  if (dbType === oracledb.DB_TYPE_CLOB || dbType === oracledb.DB_TYPE_NCLOB) return { type: oracledb.STRING };
  return dbType === oracledb.DB_TYPE_BLOB ? { type: oracledb.BUFFER } : undefined;
}

function numberOf(text: string): number | string {
  const number = Number(text);
  return String(number) === text ? exactOrText(number, text) : text;
}
const exactOrText = (number: number, text: string) => (Number.isInteger(number) ? exactNumber(text) : number);

interface RawConnection {
  callTimeout: number;
  isTransaction?: boolean;
  execute(sql: string): Promise<unknown>;
  rollback(): Promise<void>;
}

const SESSION = [
  "ALTER SESSION SET TIME_ZONE = '+00:00'",
  "ALTER SESSION SET NLS_NUMERIC_CHARACTERS = '.,'",
  'ALTER SESSION SET NLS_SORT = BINARY',
  'ALTER SESSION SET NLS_COMP = BINARY',
];

/** Easy Connect Plus: one text with protocol, address, service and time limit. */
export function oracleConnectString(connection: ServerConnection): string {
  const { host, port, database, tls } = connection;
  const seconds = Math.max(1, Math.round(connection.connectTimeoutMs / 1000));
  const settings = [`transport_connect_timeout=${seconds}`];
  if (tls.mode !== 'off') settings.push(`ssl_server_dn_match=${tls.mode === 'verify' ? 'on' : 'off'}`);
  if (tls.caPath !== null) settings.push(`wallet_location=${dirname(tls.caPath)}`);
  const protocol = tls.mode === 'off' ? 'tcp' : 'tcps';
  return `${protocol}://${host}:${port}/${database}?${settings.join('&')}`;
}

export function oracleDialect(connection: ServerConnection): Dialect {
  const { user, password } = connection;
  return {
    engine: 'oracle',
    product: 'Oracle',
    knex: {
      client: 'oracledb',
      connection: { user, password, connectString: oracleConnectString(connection) },
    },
    readOnly: { enforced: true, how: 'SET TRANSACTION READ ONLY before every statement' },
    troubles: ORACLE_TROUBLES,
    prepare: async (raw) => {
      const session = raw as RawConnection;
      session.callTimeout = connection.statementTimeoutMs;
      // Keeps knex from ending the read-only transaction with a commit of its own.
      session.isTransaction = true;
      for (const sql of SESSION) await session.execute(sql);
    },
    around: async (raw, work) => {
      const session = raw as RawConnection;
      await session.execute('SET TRANSACTION READ ONLY');
      try {
        return await work();
      } finally {
        await session.rollback();
      }
    },
    rows: (response) => response as Row[],
    statementOptions: { fetchTypeHandler },
    prefetch: true,
    rowComparison: false,
    aliased: (from) => `${from} uf_users`,
    quote,
    limited: (sql, count, skip = 0) =>
      `${sql}${skip === 0 ? '' : ` OFFSET ${skip} ROWS`} FETCH FIRST ${count} ROWS ONLY`,
    placeholder: (index) => ({ sql: `:${index + 1}` }),
    describe: async (source, session) => {
      const columns: { name: string; type: string }[] = [];
      await session.response(`SELECT * FROM ${source} WHERE 1 = 0`, [], {
        fetchTypeHandler: (column: Column) => {
          columns.push({ name: column.name, type: column.dbTypeName });
          return fetchTypeHandler(column);
        },
      });
      return columns;
    },
    keyKind,
    version: async (session) => {
      const [row] = await session.rows('SELECT BANNER AS "banner" FROM V$VERSION');
      return String(row?.['banner']);
    },
    tables: async (session) => {
      const columns = await session.rows(TABLES);
      return groupTables(withIndexes(columns, await session.rows(INDEXES), tableName), tableName);
    },
  };
}
