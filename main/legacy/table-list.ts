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
