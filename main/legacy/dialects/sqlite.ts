import type { ColumnInfo, LegacyEngine, TableInfo } from '#engine/ports/legacy-store.ts';
import { type Dialect, exactNumber, type KeyKind, type Row, type Session } from '#legacy/dialect.ts';
import type { TroubleCodes } from '#legacy/trouble.ts';

export const SQLITE_TROUBLES: TroubleCodes = {
  codes: {
    'SQLITE_BUSY*': 'busy',
    'SQLITE_LOCKED*': 'busy',
    'SQLITE_CANTOPEN*': 'no-file',
    'SQLITE_READONLY*': 'privilege',
    'SQLITE_PERM*': 'no-file',
    'SQLITE_IOERR*': 'no-file',
    SQLITE_NOTADB: 'not-a-database',
    'SQLITE_CORRUPT*': 'data',
    SQLITE_MISMATCH: 'data',
    SQLITE_TOOBIG: 'data',
  },
  texts: [
    [/no such table/i, 'no-table'],
    [/no such column|ambiguous column/i, 'no-column'],
    [/syntax error|incomplete input|no such function|unrecognized token/i, 'syntax'],
    [/directory does not exist/i, 'no-file'],
    [/readonly database/i, 'privilege'],
    [/malformed JSON|integer overflow|string or blob too big|JSON/i, 'data'],
  ],
};

/**
 * SQLite types values, not columns, so a key part says itself what it is: numbers and texts as they are, whole
 * numbers beyond 2^53 as `~i…`, bytes as `~x…`, and a text that begins with a tilde gets one more.
 */
export function encodeSqliteKey(value: unknown): string | number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') {
    const exact = exactNumber(value);
    return typeof exact === 'number' ? exact : `~i${exact}`;
  }
  if (value instanceof Uint8Array) return `~x${Buffer.from(value).toString('hex')}`;
  const text = String(value);
  return text.startsWith('~') ? `~${text}` : text;
}

export function decodeSqliteKey(part: string | number): unknown {
  if (typeof part === 'number') return Number.isSafeInteger(part) ? BigInt(part) : part;
  if (!part.startsWith('~')) return part;
  if (part.startsWith('~i')) return BigInt(part.slice(2));
  return part.startsWith('~x') ? Buffer.from(part.slice(2), 'hex') : part.slice(1);
}

const KEY: KeyKind = { encode: encodeSqliteKey, bind: (part, bind) => bind(decodeSqliteKey(part)) };

/** Whole numbers come as `bigint`, so that none is rounded; those that fit become numbers here. */
function plainRow(row: Row): Row {
  for (const name in row) {
    const value = row[name];
    if (typeof value === 'bigint') row[name] = exactNumber(value);
  }
  return row;
}

interface RawDatabase {
  prepare(sql: string): { columns(): readonly { readonly name: string; readonly type: string | null }[] };
}

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;

async function tableInfo(session: Session, table: Row): Promise<TableInfo> {
  const name = String(table['name']);
  const columns = await session.rows(`SELECT * FROM pragma_table_info(?)`, [name]);
  const indexes = await session.rows(
    `SELECT i.name AS index_name, max(c.name) AS column_name FROM pragma_index_list(?) AS i, pragma_index_info(i.name) AS c
     WHERE i."unique" = 1 AND i.partial = 0 GROUP BY i.name HAVING count(*) = 1`,
    [name],
  );
  const unique = new Set(indexes.map((index) => index['column_name']));
  const keyColumns = columns.filter((column) => Number(column['pk']) !== 0).length;
  const infos = columns.map((column): ColumnInfo => {
    const position = Number(column['pk']);
    return {
      name: String(column['name']),
      type: String(column['type']).toLowerCase(),
      nullable: Number(column['notnull']) === 0 && position === 0,
      primaryKey: position === 0 ? null : position,
      unique: unique.has(column['name']) || (position === 1 && keyColumns === 1),
    };
  });
  const kind = table['type'] === 'view' ? 'view' : 'table';
  return {
    name: name.includes('.') ? quote(name) : name,
    kind,
    columns: infos,
    estimatedRows: await estimate(session, name),
  };
}

/** From `ANALYZE`, where somebody ran it. */
async function estimate(session: Session, table: string): Promise<number | null> {
  const known = await session.rows("SELECT 1 AS one FROM sqlite_master WHERE name = 'sqlite_stat1'");
  if (known.length === 0) return null;
  const [row] = await session.rows('SELECT stat FROM sqlite_stat1 WHERE tbl = ? LIMIT 1', [table]);
  const rows = Number.parseInt(String(row?.['stat']), 10);
  return Number.isNaN(rows) ? null : rows;
}

export function sqliteDialect(
  path: string,
  engine: LegacyEngine = 'sqlite',
  keyKind: KeyKind = KEY,
): Dialect {
  return {
    engine,
    product: 'SQLite',
    knex: {
      client: 'better-sqlite3',
      useNullAsDefault: true,
      connection: { filename: path, options: { readonly: true, safeIntegers: true } },
      pool: { min: 0, max: 1 },
    },
    readOnly: { enforced: true, how: 'file opened read-only' },
    troubles: SQLITE_TROUBLES,
    rows: (response) => response as Row[],
    plainRow,
    // Reading is synchronous: a page read ahead would only come earlier than wanted.
    prefetch: false,
    rowComparison: true,
    aliased: (from) => `${from} AS uf_users`,
    quote,
    limited: (sql, count, skip = 0) => `${sql} LIMIT ${count}${skip === 0 ? '' : ` OFFSET ${skip}`}`,
    placeholder: () => ({ sql: '?' }),
    describe: async (source, session) =>
      session.withConnection((connection) => {
        const statement = (connection as RawDatabase).prepare(`SELECT * FROM ${source} LIMIT 0`);
        return statement.columns().map(({ name, type }) => ({ name, type: (type ?? '').toLowerCase() }));
      }),
    keyKind: () => keyKind,
    version: async (session) => {
      const [row] = await session.rows('SELECT sqlite_version() AS version');
      return `SQLite ${String(row?.['version'])}`;
    },
    tables: async (session) => {
      const tables = await session.rows(
        "SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
      );
      const infos: TableInfo[] = [];
      for (const table of tables) infos.push(await tableInfo(session, table));
      return infos;
    },
  };
}
