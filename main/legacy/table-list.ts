import type { ColumnInfo, TableInfo } from '#engine/ports/legacy-store.ts';
import type { Row } from '#legacy/dialect.ts';

/**
 * Tables out of one row for each column, in the order they come. Rows have `kind` (`r`, `v` or `m`), `estimate`,
 * `column_name`, `type`, `nullable`, `key_position` and `is_unique`.
 */
export function groupTables(rows: readonly Row[], name: (row: Row) => string): TableInfo[] {
  const tables = new Map<
    string,
    { kind: 'table' | 'view'; estimatedRows: number | null; columns: ColumnInfo[] }
  >();
  for (const row of rows) {
    const key = name(row);
    const estimate = row['estimate'] === null || row['estimate'] === undefined ? -1 : Number(row['estimate']);
    const table = tables.get(key) ?? {
      kind: row['kind'] === 'v' || row['kind'] === 'm' ? ('view' as const) : ('table' as const),
      estimatedRows: estimate < 0 ? null : Math.round(estimate),
      columns: [],
    };
    tables.set(key, table);
    const position = row['key_position'];
    table.columns.push({
      name: String(row['column_name']),
      type: String(row['type']).toLowerCase(),
      nullable: Boolean(Number(row['nullable'])),
      primaryKey:
        position === null || position === undefined || Number(position) === 0 ? null : Number(position),
      unique: Boolean(Number(row['is_unique'])),
    });
  }
  return [...tables].map(([key, table]) => ({ name: key, ...table }));
}

/**
 * Adds `key_position` and `is_unique` to column rows from one row for each column of a unique index: those the table is known by,
 * `index_name`, `column_name`, `position` and `is_primary`. In one query with the columns, servers whose catalog
 * is a view over views would take minutes for a large schema.
 */
export function withIndexes(
  columns: readonly Row[],
  indexes: readonly Row[],
  table: (row: Row) => string,
): Row[] {
  const primary = new Map<string, unknown>();
  const indexColumns = new Map<string, string[]>();
  const place = (of: string, column: unknown) => `${of}\0${String(column)}`;
  for (const row of indexes) {
    const column = place(table(row), row['column_name']);
    if (Number(row['is_primary']) === 1) primary.set(column, row['position']);
    const index = place(table(row), row['index_name']);
    indexColumns.set(index, [...(indexColumns.get(index) ?? []), column]);
  }
  const unique = new Set([...indexColumns.values()].filter((list) => list.length === 1).flat());
  return columns.map((row) => {
    const column = place(table(row), row['column_name']);
    return { ...row, key_position: primary.get(column) ?? null, is_unique: unique.has(column) };
  });
}
