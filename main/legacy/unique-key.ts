import type { TableInfo } from '#engine/ports/legacy-store.ts';
import { nameParts } from '#legacy/dialect.ts';

/** Whether the database itself promises that these columns are unique and never empty together. */
export function keyIsCovered(tables: readonly TableInfo[], table: string, key: readonly string[]): boolean {
  const wanted = nameParts(table).map((part) => part.toLowerCase());
  const named = tables.filter((info) => {
    const parts = nameParts(info.name).map((part) => part.toLowerCase());
    return wanted.every((part, index) => parts[parts.length - wanted.length + index] === part);
  });
  const [found, ...others] = named;
  if (found === undefined || others.length > 0) return false;
  const inKey = new Set(key.map((name) => name.toLowerCase()));
  const has = (name: string) => inKey.has(name.toLowerCase());
  if (found.columns.some((column) => has(column.name) && column.nullable)) return false;
  const primary = found.columns.filter((column) => column.primaryKey !== null);
  if (primary.length > 0 && primary.every((column) => has(column.name))) return true;
  return found.columns.some((column) => column.unique && has(column.name));
}
