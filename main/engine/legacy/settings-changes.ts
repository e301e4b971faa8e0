import { fieldMappingSchema, type ProjectSettings } from '#contract/project-settings.ts';
import type { SettingChange } from '#contract/legacy.ts';
import type { LegacyInspection, MappingProposal } from '#engine/ports/legacy-inspection.ts';

type Value = SettingChange['from'];
type Part = Pick<ProjectSettings, 'users' | 'fields'>;
type Field = keyof ProjectSettings['fields'];

export interface SettingsChanges {
  readonly changes: SettingChange[];
  /** Differences that are left alone, because somebody chose the present value. */
  readonly kept: SettingChange[];
}

/**
 * What the proposal would change. A value counts as set by hand when it is not what a new project starts with;
 * such values stay, unless `force` says otherwise. Starting values that name no column of the table are taken out.
 */
export function settingsChanges(
  settings: Part,
  starter: Part,
  inspection: LegacyInspection,
  force: boolean,
): SettingsChanges {
  const result: SettingsChanges = { changes: [], kept: [] };
  const offer = (setting: string, from: Value, started: Value, to: Value, why: string) => {
    if (same(from, to) || (typeof from === 'string' && typeof to === 'string' && to.endsWith(`.${from}`)))
      return;
    const byHand = from !== null && !same(from, started);
    if (byHand && to === null) return;
    (byHand && !force ? result.kept : result.changes).push({ setting, from, to, why });
  };
  const { proposal } = inspection;
  if (proposal.table === null) return result;
  const { users, fields } = settings;
  if (users.query === undefined) {
    offer(
      'users.table',
      users.table ?? null,
      starter.users.table ?? null,
      proposal.table.table,
      proposal.table.reason,
    );
  }
  if (proposal.key !== null) {
    offer(
      'users.key',
      [...users.key],
      [...starter.users.key],
      [...proposal.key.columns],
      proposal.key.reason,
    );
  }
  const columns = columnsOf(inspection);
  for (const field of Object.keys(fieldMappingSchema.shape) as Field[]) {
    const from = plainValue(fields[field]);
    const proposed = proposal.fields[field];
    if (proposed !== undefined) {
      offer(`fields.${field}`, from, plainValue(starter.fields[field]), proposed.column, proposed.reason);
    } else if (field !== 'id' && typeof from === 'string' && !columns.has(from)) {
      offer(`fields.${field}`, from, plainValue(starter.fields[field]), null, `there is no column "${from}"`);
    }
  }
  return result;
}

function plainValue(value: string | readonly string[] | undefined): Value {
  if (value === undefined) return null;
  return typeof value === 'string' ? value : [...value];
}

function same(one: Value, other: Value): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

export function columnsOf({ tables, proposal }: LegacyInspection): ReadonlySet<string> {
  return new Set(tableOf(tables, proposal)?.columns.map((column) => column.name));
}

function tableOf(tables: LegacyInspection['tables'], proposal: MappingProposal) {
  return tables.find((table) => table.name === proposal.table?.table);
}
