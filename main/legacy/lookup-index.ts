import type { Row } from '#legacy/dialect.ts';
import { exactNumber } from '#legacy/dialect.ts';

interface Statement {
  all(...values: unknown[]): Row[];
  run(...values: unknown[]): unknown;
}

/** The parts of a SQLite connection that finding users needs; knex keeps the connection. */
export interface SqliteConnection {
  prepare(sql: string): Statement;
  exec(sql: string): unknown;
  function(name: string, options: { deterministic: boolean }, work: (value: unknown) => unknown): unknown;
}

export interface LookupColumns {
  /** What stands after FROM, and the condition on it. */
  readonly from: string;
  readonly where: string | null;
  /** Columns, quoted, that lead back to a row fast. */
  readonly key: readonly string[];
  readonly id: string;
  /** E-mail and username columns, quoted. */
  readonly identifiers: readonly string[];
}

const fold = (value: unknown) => (typeof value === 'string' ? value.toLowerCase() : value);

/**
 * Finds users by identifier, in any case, and by id. The file is read-only and may have no fitting index, so one
 * is built in a temporary table of the connection.
 */
export function lookupIndex(database: SqliteConnection, columns: LookupColumns) {
  const { from, where, key, id, identifiers } = columns;
  const parts = key.map((_, index) => `k${index}`);
  database.function('uf_fold', { deterministic: true }, fold);
  database.exec(`CREATE TEMP TABLE uf_lookup (kind INTEGER, value TEXT, ${parts.join(', ')})`);
  const add = (kind: 0 | 1, value: string, column: string) => {
    const conditions = [`${column} IS NOT NULL`, ...(where === null ? [] : [`(${where})`])].join(' AND ');
    database.exec(
      `INSERT INTO temp.uf_lookup SELECT ${kind}, ${value}, ${key.join(', ')} FROM ${from} WHERE ${conditions}`,
    );
  };
  for (const column of identifiers) add(0, `uf_fold(CAST(${column} AS TEXT))`, column);
  add(1, `CAST(${id} AS TEXT)`, id);
  database.exec('CREATE INDEX temp.uf_lookup_value ON uf_lookup (kind, value)');

  const keys = database.prepare(
    `SELECT DISTINCT ${parts.join(', ')} FROM temp.uf_lookup WHERE kind = ? AND value = ? LIMIT 100`,
  );
  const row = database.prepare(
    `SELECT uf_users.* FROM ${from} WHERE ${key.map((column) => `${column} = ?`).join(' AND ')}`,
  );
  const found = (kind: 0 | 1, value: string): Row[] =>
    keys.all(kind, value).flatMap((one) => row.all(...parts.map((part) => one[part])).map(plain));
  return {
    byIdentifier: (identifier: string) => found(0, identifier.toLowerCase()),
    byId: (value: string) => found(1, value),
  };
}

export type LookupIndex = ReturnType<typeof lookupIndex>;

/** A row as JSON can hold it: long whole numbers as digits, bytes as hexadecimal digits. */
function plain(row: Row): Row {
  for (const name in row) {
    const value = row[name];
    if (typeof value === 'bigint') row[name] = exactNumber(value);
    else if (value instanceof Uint8Array) row[name] = Buffer.from(value).toString('hex');
  }
  return row;
}
