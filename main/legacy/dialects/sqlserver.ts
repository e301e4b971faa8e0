import { type Dialect, exactNumber, type KeyKind, plainKeyPart, type Row } from '#legacy/dialect.ts';
import type { ServerConnection } from '#legacy/server-connection.ts';
import { groupTables } from '#legacy/table-list.ts';
import { authority } from '#legacy/tls.ts';
import type { TroubleCodes } from '#legacy/trouble.ts';

export const SQLSERVER_TROUBLES: TroubleCodes = {
  codes: {
    '18456': 'password',
    '18452': 'password',
    '18470': 'password',
    '4060': 'no-database',
    '911': 'no-database',
    '229': 'privilege',
    '230': 'privilege',
    '262': 'privilege',
    '916': 'privilege',
    '3906': 'privilege',
    '208': 'no-table',
    '207': 'no-column',
    '102': 'syntax',
    '156': 'syntax',
    '105': 'syntax',
    '4104': 'no-column',
    '10928': 'too-many',
    '10929': 'too-many',
    '17809': 'too-many',
    '40501': 'too-many',
    '40613': 'shutting-down',
    '6005': 'shutting-down',
    '17142': 'shutting-down',
    '1222': 'busy',
    '1205': 'busy',
    '220': 'data',
    '232': 'data',
    '241': 'data',
    '242': 'data',
    '244': 'data',
    '245': 'data',
    '248': 'data',
    '295': 'data',
    '512': 'data',
    '8114': 'data',
    '8115': 'data',
    '8134': 'data',
    '8169': 'data',
    ELOGIN: 'password',
    ETIMEOUT: 'timed-out',
    EREQUEST: 'syntax',
    EINSTLOOKUP: 'unresolved',
    EENCRYPT: 'tls',
  },
  texts: [
    [/Timeout: Request failed|request timeout/i, 'slow'],
    [/ECONNREFUSED/i, 'refused'],
    [/ENOTFOUND|EAI_AGAIN/i, 'unresolved'],
    [/certificate|self.signed|encryption/i, 'tls'],
    [/Failed to connect|ETIMEDOUT/i, 'timed-out'],
    [/connection lost|socket hang up|Connection closed|ECONNRESET|terminated/i, 'lost'],
  ],
};

const quote = (name: string) => `[${name.replaceAll(']', ']]')}]`;

/** What the driver rounds (decimals, money, 100 ns of a time) is read as text and cast back to the very type. */
function keyKind(type: string): KeyKind {
  const family = type.replace(/\(.*$/, '');
  const bind: KeyKind['bind'] = (part, value) => `CAST(${value(part)} AS ${type})`;
  switch (family) {
    case 'bigint':
    case 'int':
    case 'smallint':
    case 'tinyint':
      return { encode: (value) => exactNumber(String(value)), bind };
    case 'decimal':
    case 'numeric':
      return { select: (column) => `CONVERT(varchar(60), ${column})`, encode: plainKeyPart, bind };
    case 'money':
    case 'smallmoney':
      return { select: (column) => `CONVERT(varchar(60), ${column}, 2)`, encode: plainKeyPart, bind };
    case 'datetime':
    case 'datetime2':
    case 'smalldatetime':
    case 'date':
    case 'time':
    case 'datetimeoffset':
      return { select: (column) => `CONVERT(varchar(40), ${column}, 126)`, encode: plainKeyPart, bind };
    case 'binary':
    case 'varbinary':
    case 'timestamp':
    case 'rowversion':
      return {
        encode: (value) => `0x${plainKeyPart(value)}`,
        bind: (part, value) =>
          `CONVERT(${family === 'timestamp' || family === 'rowversion' ? 'binary(8)' : type}, ${value(part)}, 1)`,
      };
    default:
      return { encode: plainKeyPart, bind };
  }
}

const TABLES = `
SELECT s.name AS table_schema, o.name AS name, CASE o.type WHEN 'V' THEN 'v' ELSE 'r' END AS kind,
  (SELECT SUM(p.rows) FROM sys.partitions p WHERE p.object_id = o.object_id AND p.index_id IN (0, 1)) AS estimate,
  c.name AS column_name, TYPE_NAME(c.user_type_id) AS type, CAST(c.is_nullable AS int) AS nullable,
  (SELECT MIN(ic.key_ordinal) FROM sys.indexes i JOIN sys.index_columns ic ON ic.object_id = i.object_id
    AND ic.index_id = i.index_id WHERE i.object_id = o.object_id AND i.is_primary_key = 1
    AND ic.column_id = c.column_id) AS key_position,
  CASE WHEN EXISTS (SELECT 1 FROM sys.indexes i JOIN sys.index_columns ic ON ic.object_id = i.object_id
    AND ic.index_id = i.index_id AND ic.key_ordinal > 0 WHERE i.object_id = o.object_id AND i.is_unique = 1
    AND i.has_filter = 0 GROUP BY i.index_id HAVING COUNT(*) = 1 AND MAX(ic.column_id) = c.column_id)
    THEN 1 ELSE 0 END AS is_unique
FROM sys.objects o
JOIN sys.schemas s ON s.schema_id = o.schema_id
JOIN sys.columns c ON c.object_id = o.object_id
WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0
ORDER BY s.name, o.name, c.column_id`;

type Cell = { readonly metadata: { readonly colName: string }; readonly value: unknown };

function cellRows(response: unknown): Row[] {
  return (response as readonly (readonly Cell[])[]).map((cells) => {
    const row: Row = {};
    for (const { metadata, value } of cells) row[metadata.colName] = value;
    return row;
  });
}

const dotted = (name: unknown) => (String(name).includes('.') ? quote(String(name)) : String(name));

export function sqlserverDialect(connection: ServerConnection): Dialect {
  const { host, port, user, password, database, tls } = connection;
  const ca = tls.mode === 'verify' ? authority(tls) : undefined;
  return {
    engine: 'sqlserver',
    product: 'SQL Server',
    knex: {
      client: 'mssql',
      connection: {
        server: host,
        port,
        user,
        password,
        database,
        options: {
          encrypt: tls.mode !== 'off',
          trustServerCertificate: tls.mode !== 'verify',
          ...(ca === undefined ? {} : { cryptoCredentialsDetails: { ca } }),
          connectTimeout: connection.connectTimeoutMs,
          requestTimeout: connection.statementTimeoutMs,
          readOnlyIntent: true,
          useUTC: true,
          appName: 'userferry',
        },
      } as object,
    },
    readOnly: {
      enforced: false,
      how: 'ApplicationIntent=ReadOnly, which a primary server does not enforce; use a login with db_datareader only',
    },
    troubles: SQLSERVER_TROUBLES,
    rows: cellRows,
    prefetch: true,
    rowComparison: false,
    aliased: (from) => `${from} AS uf_users`,
    quote,
    limited: (sql, count, skip = 0) =>
      / ORDER BY [^)]*$/.test(sql)
        ? `${sql} OFFSET ${skip} ROWS FETCH NEXT ${count} ROWS ONLY`
        : sql.replace(/^SELECT /, `SELECT TOP (${count}) `),
    placeholder: (index) => ({ sql: `@p${index}` }),
    describe: async (source, session) => {
      const rows = await session.rows(
        'SELECT name, system_type_name, error_message FROM sys.dm_exec_describe_first_result_set(@p0, NULL, 0) WHERE is_hidden = 0 ORDER BY column_ordinal',
        [`SELECT * FROM ${source}`],
      );
      // An unknown table is told in a column here; running the statement gives the server's own error for it.
      if (rows.some((row) => row['name'] === null)) await session.rows(`SELECT TOP (0) * FROM ${source}`);
      return rows.map((row) => ({ name: String(row['name']), type: String(row['system_type_name']) }));
    },
    keyKind,
    version: async (session) => {
      const [row] = await session.rows(
        "SELECT CONVERT(varchar(60), SERVERPROPERTY('ProductVersion')) AS version",
      );
      return `SQL Server ${String(row?.['version'])}`;
    },
    tables: async (session) =>
      groupTables(
        await session.rows(TABLES),
        (row) => `${dotted(row['table_schema'])}.${dotted(row['name'])}`,
      ),
  };
}
