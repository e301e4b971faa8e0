import type { ProjectSettings } from '#contract/project-settings.ts';
import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { LegacyRow } from '#domain/profile/legacy-user.ts';
import { Fault } from '#engine/fault.ts';
import type { OpenLegacy } from '#engine/ports/legacy-access.ts';
import type { LegacyRecord, LegacyStore } from '#engine/ports/legacy-store.ts';
import type { Project } from '#engine/ports/project-store.ts';
import { checkFields } from '#project/check-fields.ts';
import { checkKey, missingKeyColumns } from '#project/check-key.ts';

const PAGE = 1000;
const PAGES = 5;

/** Opens the legacy database and compares what is there with what the settings say about it. */
export async function checkLegacy(project: Project, openLegacy: OpenLegacy): Promise<Diagnostic[]> {
  const { settings } = project;
  // Without its password there is only a second, misleading finding to be had.
  if (project.problems.some(({ place }) => place?.kind === 'setting' && place.name === 'legacy.password'))
    return [];
  try {
    const access = await openLegacy(project, { forScripts: false });
    try {
      return await checkStore(settings, access.store);
    } finally {
      await access.close();
    }
  } catch (error) {
    if (error instanceof Fault) return [faultAsFinding(error)];
    throw error;
  }
}

async function checkStore(settings: ProjectSettings, store: LegacyStore): Promise<Diagnostic[]> {
  const columns = await store.columns();
  const missing = missingKeyColumns(settings, columns);
  if (missing.length > 0) return [...missing, ...checkFields(settings.fields, columns, [])];
  const records = await firstRecords(store);
  if (records.length === 0) {
    const message = 'The users query gives no rows.';
    const found = diagnostic('project.users-empty', message, { place: { kind: 'setting', name: 'users' } });
    return [found, ...checkFields(settings.fields, columns, [])];
  }
  const rows = records.flatMap((record): LegacyRow[] => (record.kind === 'row' ? [record.row] : []));
  const tables = settings.users.table === undefined ? [] : await store.tables();
  return [...checkKey(settings, tables, records), ...checkFields(settings.fields, columns, rows)];
}

async function firstRecords(store: LegacyStore): Promise<readonly LegacyRecord[]> {
  const records: LegacyRecord[] = [];
  let after: Parameters<LegacyStore['page']>[0] = null;
  for (let page = 0; page < PAGES; page++) {
    const { records: more, next } = await store.page(after, PAGE);
    records.push(...more);
    if (next === null) break;
    after = next;
  }
  return records;
}

function faultAsFinding(fault: Fault): Diagnostic {
  const query = fault.kind === 'legacy-query';
  const code = query ? 'project.users-query-failed' : 'project.legacy-unavailable';
  const notes = [fault.doing, fault.where].filter((text) => text !== undefined);
  return diagnostic(
    code,
    `${query ? 'The users query fails' : 'The legacy database cannot be opened'}: ${fault.message}.`,
    {
      place: { kind: 'setting', name: query ? 'users' : 'legacy' },
      notes,
      ...(fault.help === undefined ? {} : { help: fault.help }),
    },
  );
}
