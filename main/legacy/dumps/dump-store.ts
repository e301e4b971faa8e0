import { basename } from 'node:path';
import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { LegacyKey, LegacyRow } from '#domain/profile/legacy-user.ts';
import { Fault } from '#engine/fault.ts';
import type {
  LegacyPage,
  LegacyRecord,
  LegacyStore,
  ReadOptions,
  TableInfo,
} from '#engine/ports/legacy-store.ts';
import { sqliteDialect } from '#legacy/dialects/sqlite.ts';
import { cachedDump, type DumpConnection, type DumpMeta } from '#legacy/dumps/dump-cache.ts';
import { LINE, PROBLEM, ROWS } from '#legacy/dumps/dump-table.ts';
import { KnexSession } from '#legacy/knex-session.ts';
import { RelationalStore } from '#legacy/relational-store.ts';
import type { UsersQuery } from '#legacy/users-query.ts';

/** The name of a dump as table: its file name without endings. */
export const dumpTableName = (path: string) =>
  basename(path).replace(/(\.(csv|tsv|txt|ndjson|jsonl|json|gz))+$/i, '');

/** The users query over the cached rows. Bad lines stay in whatever `where` says: nobody can tell. */
export function dumpUsers(users: UsersQuery): UsersQuery {
  if (users.query !== undefined) {
    throw new Fault('input-invalid', 'a dump is read whole or with "where", not with a query of its own', {
      where: 'users.query',
      help: 'Give "table" (the name of the file) and, where needed, "where".',
    });
  }
  const where = users.where === undefined ? {} : { where: `${PROBLEM} IS NOT NULL OR (${users.where})` };
  return { table: ROWS, key: [LINE], ...where };
}

function findingsOf(path: string, meta: DumpMeta): Diagnostic[] {
  const place = { kind: 'file', path } as const;
  const name = basename(path);
  const findings = meta.renamed.map(({ from, to }) =>
    diagnostic('legacy.dump-column-renamed', `column "${from}" of ${name} is called "${to}" here`, { place }),
  );
  if (meta.encoding === 'windows-1252') {
    findings.push(
      diagnostic('legacy.dump-not-utf8', `${name} is not UTF-8; it was read as Windows-1252`, { place }),
    );
  }
  return findings;
}

/** Users of a CSV or NDJSON file, in the file's order. A key is the number of the line that ends the record. */
class DumpStore implements LegacyStore {
  readonly engine: LegacyStore['engine'];
  readonly readOnly = { enforced: true, how: 'the dump is only read, and served from a copy' };
  readonly findings: readonly Diagnostic[];
  readonly #rows: RelationalStore;
  /** Finds by the project's own key columns instead of lines. */
  readonly #byKey: RelationalStore;
  readonly #booleans: readonly string[];
  readonly #table: string;

  constructor(
    connection: DumpConnection,
    path: string,
    users: UsersQuery,
    cached: { path: string; meta: DumpMeta },
  ) {
    this.engine = connection.engine;
    this.findings = findingsOf(path, cached.meta);
    this.#booleans = cached.meta.booleans;
    this.#table = dumpTableName(path);
    const dialect = sqliteDialect(cached.path, connection.engine);
    const party = { product: 'The cached copy of the dump', where: path, user: null, database: null };
    this.#rows = new RelationalStore(new KnexSession(dialect, party), dialect, dumpUsers(users));
    const byKey = { ...dumpUsers(users), key: users.key };
    this.#byKey = new RelationalStore(new KnexSession(dialect, party), dialect, byKey);
  }

  async version(): Promise<string> {
    return this.engine === 'csv' ? 'CSV file' : 'NDJSON file';
  }

  async tables(options?: ReadOptions): Promise<readonly TableInfo[]> {
    const tables = await this.#rows.tables(options);
    const rows = tables.find((table) => table.name === ROWS);
    const columns = (rows?.columns ?? []).filter(({ name }) => name !== LINE && name !== PROBLEM);
    const typed = columns.map((column) => ({
      ...column,
      type: this.#booleans.includes(column.name) ? 'boolean' : 'text',
    }));
    const estimatedRows = await this.#rows.count(options);
    return [{ name: this.#table, kind: 'table', columns: typed, estimatedRows }];
  }

  async columns(options?: ReadOptions): Promise<readonly string[]> {
    return (await this.#rows.columns(options)).filter((name) => name !== LINE && name !== PROBLEM);
  }

  count(options?: ReadOptions): Promise<number> {
    return this.#rows.count(options);
  }

  async page(after: LegacyKey | null, limit: number, options?: ReadOptions): Promise<LegacyPage> {
    const { records, next } = await this.#rows.page(after, limit, options);
    return { records: records.map((record) => this.#record(record)), next };
  }

  keyAfter(after: LegacyKey | null, rows: number, options?: ReadOptions): Promise<LegacyKey | null> {
    return this.#rows.keyAfter(after, rows, options);
  }

  /** By line for a single number, by the key columns of the project for anything else. */
  async find(key: LegacyKey, options?: ReadOptions): Promise<LegacyRow | null> {
    const byLine = key.length === 1 && typeof key[0] === 'number';
    const row = await (byLine ? this.#rows : this.#byKey).find(key, options);
    return row === null || row[PROBLEM] !== null ? null : this.#plain(row);
  }

  async sample(_table: string, limit: number, options?: ReadOptions): Promise<readonly LegacyRow[]> {
    const rows = await this.#rows.sample(ROWS, limit, options);
    return rows.filter((row) => row[PROBLEM] === null).map((row) => this.#plain(row));
  }

  async close(): Promise<void> {
    await Promise.all([this.#rows.close(), this.#byKey.close()]);
  }

  #record(record: LegacyRecord): LegacyRecord {
    if (record.kind !== 'row') return record;
    const problem = record.row[PROBLEM];
    if (typeof problem === 'string') return { kind: 'unreadable', key: record.key, reason: problem };
    return { kind: 'row', key: record.key, row: this.#plain(record.row) };
  }

  #plain(row: LegacyRow): LegacyRow {
    const { [LINE]: _line, [PROBLEM]: _problem, ...plain }: Record<string, unknown> = row;
    for (const name of this.#booleans) if (plain[name] !== null) plain[name] = plain[name] === 1;
    return plain;
  }
}

export async function openDump(
  connection: DumpConnection,
  path: string,
  users: UsersQuery,
  projectFolder: string,
): Promise<LegacyStore> {
  dumpUsers(users);
  return new DumpStore(connection, path, users, await cachedDump(connection, path, projectFolder));
}
