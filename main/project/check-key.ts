import type { ProjectSettings } from '#contract/project-settings.ts';
import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { LegacyRecord, TableInfo } from '#engine/ports/legacy-store.ts';
import { didYouMean } from '#project/did-you-mean.ts';

const place = { kind: 'setting', name: 'users.key' } as const;

export function missingKeyColumns({ users }: ProjectSettings, columns: readonly string[]): Diagnostic[] {
  return users.key
    .filter((name) => !columns.includes(name))
    .map((name) => {
      const message = `"users.key" names "${name}", which the users query does not give.${didYouMean(name, columns)}`;
      return diagnostic('project.key-column-missing', message, { place });
    });
}

/** Whether the pagination key is unique and not null: as the table declares it, or else as far as rows show. */
export function checkKey(
  { users, legacy }: ProjectSettings,
  tables: readonly TableInfo[],
  records: readonly LegacyRecord[],
): Diagnostic[] {
  // Dumps are read line by line, whatever the key says.
  if (legacy.engine === 'csv' || legacy.engine === 'ndjson') return [];
  const key = users.key.join(', ');
  if (records.some((record) => record.key.some((part) => part === null || part === undefined))) {
    return [diagnostic('project.key-null', `Rows have no value in the key (${key}).`, { place })];
  }
  const seen = new Set(records.map((record) => JSON.stringify(record.key)));
  if (seen.size < records.length) {
    const message = `${records.length - seen.size} of the first ${records.length} rows repeat a key (${key}).`;
    return [diagnostic('project.key-duplicate', message, { place })];
  }
  if (isDeclaredUnique(users.table, users.key, tables)) return [];
  const message = `No primary key or unique index covers the key (${key}); the first ${records.length} rows are unique.`;
  return [diagnostic('project.key-unproven', message, { place })];
}

function isDeclaredUnique(
  name: string | undefined,
  key: readonly string[],
  tables: readonly TableInfo[],
): boolean {
  const table = tables.find((info) => info.name === name || info.name.split('.').at(-1) === name);
  if (table === undefined) return false;
  const primary = table.columns.filter((column) => column.primaryKey !== null);
  if (primary.length > 0 && primary.every((column) => key.includes(column.name))) return true;
  return table.columns.some((column) => column.unique && !column.nullable && key.includes(column.name));
}
