import { types as driverTypes } from 'pg';
import { type Dialect, exactNumber, plainKeyPart, type Row } from '#legacy/dialect.ts';
import { groupTables } from '#legacy/table-list.ts';
import type { ServerConnection } from '#legacy/server-connection.ts';
import { tlsOptions } from '#legacy/tls.ts';
import type { TroubleCodes } from '#legacy/trouble.ts';

export const POSTGRESQL_TROUBLES: TroubleCodes = {
  codes: {
    '28P01': 'password',
    '28000': 'host-denied',
    '3D000': 'no-database',
    '42501': 'privilege',
    '25006': 'privilege',
    '42P01': 'no-table',
    '3F000': 'no-table',
    '42703': 'no-column',
    '42601': 'syntax',
    '42*': 'syntax',
    '53300': 'too-many',
    '53*': 'too-many',
    '57014': 'slow',
    '57P01': 'shutting-down',
    '57P02': 'shutting-down',
    '57P03': 'shutting-down',
    '55P03': 'busy',
    '08P01': 'pooler',
    '08*': 'lost',
    '22*': 'data',
    '21000': 'data',
    XX001: 'data',
  },
  texts: [
    [/Connection terminated due to connection timeout|timeout expired/i, 'timed-out'],
    [/Connection terminated|Connection ended|not queryable|Client was closed/i, 'lost'],
    [/does not support SSL|SSL connection/i, 'tls'],
    [/password must be a (non-empty )?string|no password supplied/i, 'password'],
    [/unsupported startup parameter/i, 'pooler'],
    [/certificate|altnames/i, 'tls'],
  ],
};

const INT8 = 20;
/** json, jsonb, date, timestamp, timestamptz, interval: text is exact, and half of a reader's time is saved. */
const AS_TEXT = new Set([114, 3802, 1082, 1114, 1184, 1186]);
const asText = (text: string) => text;

/** Values as the driver gives them, but whole numbers and times keep every digit. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format !== 'binary') {
      if (oid === INT8) return exactNumber;
      if (AS_TEXT.has(oid)) return asText;
    }
    return driverTypes.getTypeParser(oid, format);
  },
};

const TABLES = `
SELECT n.nspname AS schema, c.relname AS name, c.relkind::text AS kind, c.reltuples::float8 AS estimate,
  a.attname AS column_name, format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS nullable,
  array_position(p.conkey, a.attnum) AS key_position,
  EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND i.indpred IS NULL
    AND i.indnkeyatts = 1 AND i.indkey[0] = a.attnum) AS is_unique
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_constraint p ON p.conrelid = c.oid AND p.contype = 'p'
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
  AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_t%'
  AND has_table_privilege(c.oid, 'SELECT')
ORDER BY n.nspname = ANY (current_schemas(false)) DESC, n.nspname, c.relname, a.attnum`;

interface PgResult {
  readonly rows: Row[];
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}

interface RawClient {
  readonly connection: { readonly stream: { destroy(): void } };
}

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
const BYTEA = '17';

export function postgresqlDialect(connection: ServerConnection): Dialect {
  const { host, port, user, password, database, schema, tls } = connection;
  return {
    engine: 'postgresql',
    product: 'PostgreSQL',
    knex: {
      client: 'pg',
      ...(schema === null ? {} : { searchPath: [schema] }),
      connection: {
        host,
        port,
        user,
        password,
        database,
        ssl: tls.mode === 'off' ? false : tlsOptions(tls, host),
        application_name: 'userferry',
        connectionTimeoutMillis: connection.connectTimeoutMs,
        statement_timeout: connection.statementTimeoutMs,
        keepAlive: true,
        types,
        // Start-up options, not SET: behind a transaction pooler a SET would stay on in other programs' sessions.
        options:
          '-c default_transaction_read_only=on -c timezone=UTC -c datestyle=ISO -c intervalstyle=iso_8601',
      } as object,
    },
    readOnly: { enforced: true, how: 'default_transaction_read_only=on for every session' },
    troubles: POSTGRESQL_TROUBLES,
    breakOff: (raw) => (raw as RawClient).connection.stream.destroy(),
    rows: (response) => (response as PgResult).rows,
    // One statement for each message, whatever text the users query holds.
    statementOptions: { queryMode: 'extended' },
    prefetch: true,
    rowComparison: true,
    aliased: (from) => `${from} AS uf_users`,
    quote,
    limited: (sql, count, skip = 0) => `${sql} LIMIT ${count}${skip === 0 ? '' : ` OFFSET ${skip}`}`,
    placeholder: (index) => ({ sql: `$${index + 1}` }),
    describe: async (source, session) => {
      const response = (await session.response(`SELECT * FROM ${source} LIMIT 0`)) as PgResult;
      return response.fields.map((field) => ({ name: field.name, type: String(field.dataTypeID) }));
    },
    keyKind: (type) => ({
      encode: type === BYTEA ? (value) => `\\x${plainKeyPart(value)}` : plainKeyPart,
      bind: (part, bind) => bind(part),
    }),
    version: async (session) => {
      const [row] = await session.rows('SELECT version() AS version');
      return String(row?.['version']).split(/ on |,/)[0] ?? '';
    },
    tables: async (session) => {
      const rows = await session.rows(TABLES);
      const flags = rows.map((row) => ({
        ...row,
        nullable: row['nullable'] === true,
        is_unique: row['is_unique'] === true,
      }));
      return groupTables(flags, (row: Row) => `${plain(row['schema'])}.${plain(row['name'])}`);
    },
  };
}

const plain = (name: unknown) => (String(name).includes('.') ? quote(String(name)) : String(name));
