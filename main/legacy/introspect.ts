import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { LegacyRow } from '#domain/profile/legacy-user.ts';
import { Fault } from '#engine/fault.ts';
import type {
  InspectionSubject,
  LegacyInspection,
  MappingProposal,
} from '#engine/ports/legacy-inspection.ts';
import type { LegacyStore, ReadOptions, TableInfo } from '#engine/ports/legacy-store.ts';
import { nameParts } from '#legacy/dialect.ts';
import { type Attribute, COLUMN_NAMES } from '#legacy/introspection/column-names.ts';
import { type ColumnScore, scoreColumn, wordsOf } from '#legacy/introspection/column-score.ts';
import { scoreTable } from '#legacy/introspection/table-score.ts';

/** Sampled rows by the table's name. */
export type Samples = Readonly<Record<string, readonly LegacyRow[]>>;

const ATTRIBUTES = Object.keys(COLUMN_NAMES) as readonly Attribute[];
const LEAST_TABLE = 0.3;
const LEAST_COLUMN = 0.3;
const GUESS = 0.5;

type ColumnProposal = NonNullable<MappingProposal['fields'][Attribute]>;
type KeyProposal = NonNullable<MappingProposal['key']>;

/** Proposes the users table, what its columns are, and the pagination key. Pure: the same input, the same proposal. */
export function proposeMapping(tables: readonly TableInfo[], samples: Samples): MappingProposal {
  const ranked = tables
    .map((table) => ({ table, score: scoreTable(table, samples[table.name] ?? []) }))
    .filter(({ score }) => score.confidence >= LEAST_TABLE)
    .sort(
      (one, other) =>
        other.score.confidence - one.score.confidence || compare(one.table.name, other.table.name),
    );
  const [best, ...others] = ranked;
  if (best === undefined) return { table: null, alternatives: [], fields: {}, key: null, findings: [] };
  const alternatives = others.slice(0, 5).map(({ score }) => score);
  return { ...proposeFor(best.table, samples[best.table.name] ?? []), alternatives };
}

/** The same for a table that somebody has chosen. */
export function proposeFor(table: TableInfo, rows: readonly LegacyRow[]): MappingProposal {
  const fields = proposeFields(table, rows);
  return {
    table: scoreTable(table, rows),
    alternatives: [],
    fields,
    key: proposeKey(table, fields.id ?? null),
    findings: [...uncertainties(fields), ...activeFlags(table, fields)],
  };
}

function uncertainties(fields: MappingProposal['fields']): Diagnostic[] {
  return Object.entries(fields)
    .filter(([, proposal]) => proposal.confidence < GUESS)
    .map(([attribute, { column, reason }]) => {
      const place = { kind: 'setting', name: `fields.${attribute}` } as const;
      return diagnostic('legacy.mapping-uncertain', `"${column}" as ${attribute} is a guess: ${reason}`, {
        place,
      });
    });
}

/** `is_active` and its like, where nothing says who is blocked. */
function activeFlags(table: TableInfo, fields: MappingProposal['fields']): Diagnostic[] {
  if (fields.blocked !== undefined) return [];
  return table.columns
    .filter((column) => ACTIVE.has(wordsOf(column.name).join('')))
    .map(({ name }) =>
      diagnostic('legacy.active-flag', `column "${name}" tells who is active, and no column who is blocked`),
    );
}

const ACTIVE: ReadonlySet<string> = new Set(
  'active isactive useractive enabled isenabled userenabled aktiv istaktiv actif activo ativo attivo'.split(
    ' ',
  ),
);

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/** Best pairs first; a column serves one attribute only. */
function proposeFields(table: TableInfo, rows: readonly LegacyRow[]): MappingProposal['fields'] {
  const scores = ATTRIBUTES.flatMap((attribute) =>
    table.columns.map((column) => scoreColumn(attribute, column, rows)).filter((score) => score !== null),
  ).filter((score) => score.confidence >= LEAST_COLUMN);
  scores.sort((one: ColumnScore, other: ColumnScore) => other.confidence - one.confidence);
  const fields: Partial<Record<Attribute, ColumnProposal>> = {};
  const taken = new Set<string>();
  for (const { attribute, column, confidence, reason } of scores) {
    if (fields[attribute] !== undefined || taken.has(column)) continue;
    fields[attribute] = { column, confidence, reason };
    taken.add(column);
  }
  // A file without a number for its users: their address or name must do.
  const stand = fields.id === undefined ? (fields.email ?? fields.username) : undefined;
  if (stand !== undefined) {
    const reason = 'no column looks like an id; this one identifies users';
    fields.id = { column: stand.column, confidence: Math.min(0.4, stand.confidence), reason };
  }
  return fields;
}

function proposeKey(table: TableInfo, id: ColumnProposal | null): KeyProposal | null {
  const primary = table.columns
    .filter((column) => column.primaryKey !== null)
    .sort((one, other) => (one.primaryKey ?? 0) - (other.primaryKey ?? 0))
    .map((column) => column.name);
  if (primary.length > 0) return { columns: primary, confidence: 0.99, reason: 'it is the primary key' };
  const unique = table.columns.find((column) => column.unique && !column.nullable);
  if (unique !== undefined) {
    return {
      columns: [unique.name],
      confidence: 0.9,
      reason: 'a unique index covers it, and it is never empty',
    };
  }
  if (id === null) return null;
  return {
    columns: [id.column],
    confidence: Math.min(0.5, id.confidence),
    reason: 'it looks like the id, but no index keeps it unique',
  };
}

const MOST_SAMPLED = 8;
const SAMPLE_ROWS = 200;

/** Rows shown with a proposal. */
const SHOWN_ROWS = 3;
const THE_QUERY = 'the users query';

/** Reads tables and some rows of the likely ones, and proposes a mapping. */
export async function inspectLegacy(
  store: LegacyStore,
  subject: InspectionSubject,
  options?: ReadOptions,
): Promise<LegacyInspection> {
  if (subject.kind === 'query') return inspectQuery(store, options);
  const tables = await store.tables(options);
  if (subject.kind === 'table') return inspectTable(store, tables, subject.table, options);
  const samples = await sampleLikely(store, tables, options);
  const proposal = proposeMapping(tables, samples);
  return { tables, proposal, rows: (samples[proposal.table?.table ?? ''] ?? []).slice(0, SHOWN_ROWS) };
}

async function inspectTable(
  store: LegacyStore,
  tables: readonly TableInfo[],
  name: string,
  options?: ReadOptions,
): Promise<LegacyInspection> {
  const wanted = nameParts(name);
  const table = tables.find((one) => {
    const parts = nameParts(one.name);
    return wanted.every((part, index) => parts[parts.length - wanted.length + index] === part);
  });
  if (table === undefined) {
    return {
      tables,
      proposal: { table: null, alternatives: [], fields: {}, key: null, findings: [] },
      rows: [],
    };
  }
  const rows = await store.sample(table.name, SAMPLE_ROWS, options);
  return { tables, proposal: proposeFor(table, rows), rows: rows.slice(0, SHOWN_ROWS) };
}

/** Of a query's columns only names and values are known, and its key is whatever its author says. */
async function inspectQuery(store: LegacyStore, options?: ReadOptions): Promise<LegacyInspection> {
  const names = await store.columns(options);
  const { records } = await store.page(null, SAMPLE_ROWS, options);
  const rows = records.flatMap((record) => (record.kind === 'row' ? [record.row] : []));
  const columns = names.map((name) => ({ name, type: '', nullable: true, primaryKey: null, unique: false }));
  const table: TableInfo = { name: THE_QUERY, kind: 'view', columns, estimatedRows: null };
  return {
    tables: [table],
    proposal: { ...proposeFor(table, rows), key: null },
    rows: rows.slice(0, SHOWN_ROWS),
  };
}

async function sampleLikely(
  store: LegacyStore,
  tables: readonly TableInfo[],
  options?: ReadOptions,
): Promise<Samples> {
  const likely = tables
    .map((table) => ({ table, confidence: scoreTable(table, []).confidence }))
    .filter(({ confidence }) => confidence > 0)
    .sort((one, other) => other.confidence - one.confidence)
    .slice(0, MOST_SAMPLED);
  const samples: Record<string, readonly LegacyRow[]> = {};
  // With few tables all are looked into: their values may tell what their names do not.
  for (const { table } of likely.length === 0
    ? tables.slice(0, MOST_SAMPLED).map((one) => ({ table: one }))
    : likely) {
    samples[table.name] = await sampled(store, table.name, options);
  }
  return samples;
}

/** A table that cannot be read is judged by its names alone. */
async function sampled(
  store: LegacyStore,
  table: string,
  options?: ReadOptions,
): Promise<readonly LegacyRow[]> {
  try {
    return await store.sample(table, SAMPLE_ROWS, options);
  } catch (error) {
    if (error instanceof Fault && (error.kind === 'legacy-denied' || error.kind === 'legacy-query'))
      return [];
    throw error;
  }
}
