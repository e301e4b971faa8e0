import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { LegacyKey, LegacyRow } from '#domain/profile/legacy-user.ts';
import { Fault } from '#engine/fault.ts';
import type {
  LegacyEngine,
  LegacyPage,
  LegacyRecord,
  LegacyStore,
  ReadOptions,
  TableInfo,
} from '#engine/ports/legacy-store.ts';
import { type Dialect, nameParts, type Row } from '#legacy/dialect.ts';
import {
  type KeyColumn,
  type KeysetSql,
  keysetSql,
  type Source,
  type Statement,
} from '#legacy/keyset-sql.ts';
import { type KnexSession, RowTrouble } from '#legacy/knex-session.ts';
import { keyIsCovered } from '#legacy/unique-key.ts';
import { UnreadableRows } from '#legacy/unreadable-rows.ts';
import type { UsersQuery } from '#legacy/users-query.ts';

interface Prepared {
  readonly columns: readonly string[];
  readonly key: readonly KeyColumn[];
  readonly sql: KeysetSql;
}

interface Prefetched {
  readonly after: LegacyKey;
  readonly limit: number;
  readonly page: Promise<LegacyPage | null>;
}

const sameKey = (one: LegacyKey, other: LegacyKey) =>
  one.length === other.length && one.every((part, index) => part === other[index]);

/** Users of a database that speaks SQL, by keyset paging: no cursor, no long transaction, resumable anywhere. */
export class RelationalStore implements LegacyStore {
  readonly engine: LegacyEngine;
  readonly readOnly: LegacyStore['readOnly'];
  readonly #session: KnexSession;
  readonly #dialect: Dialect;
  readonly #users: UsersQuery;
  readonly #findings: Diagnostic[] = [];
  #prepared: Promise<Prepared> | null = null;
  #keyChecked: Promise<void> | null = null;
  #ahead: Prefetched | null = null;
  #following: LegacyKey | null = null;

  constructor(session: KnexSession, dialect: Dialect, users: UsersQuery) {
    this.engine = dialect.engine;
    this.readOnly = dialect.readOnly;
    this.#session = session;
    this.#dialect = dialect;
    this.#users = users;
    if (!dialect.readOnly.enforced) {
      this.#findings.push(
        diagnostic('legacy.not-read-only', `read-only is only asked for: ${dialect.readOnly.how}`),
      );
    }
  }

  get findings(): readonly Diagnostic[] {
    return this.#findings;
  }

  version(): Promise<string> {
    return settled('asking for the version', undefined, () => this.#dialect.version(this.#session));
  }

  tables(options?: ReadOptions): Promise<readonly TableInfo[]> {
    return settled('listing tables', options, () => this.#dialect.tables(this.#session));
  }

  columns(options?: ReadOptions): Promise<readonly string[]> {
    return settled(
      'reading the columns of the users query',
      options,
      async () => (await this.#ready()).columns,
    );
  }

  count(options?: ReadOptions): Promise<number> {
    return settled('counting users', options, async () => this.#number((await this.#ready()).sql.count()));
  }

  page(after: LegacyKey | null, limit: number, options?: ReadOptions): Promise<LegacyPage> {
    return settled(`reading ${limit} users`, options, async () => {
      if (after === null) await this.#checkKey();
      const page = (await this.#takeAhead(after, limit)) ?? (await this.#read(after, limit));
      const sequential = after === null || (this.#following !== null && sameKey(after, this.#following));
      this.#following = page.next;
      if (sequential && page.next !== null && this.#dialect.prefetch) this.#readAhead(page.next, limit);
      return page;
    });
  }

  keyAfter(after: LegacyKey | null, rows: number, options?: ReadOptions): Promise<LegacyKey | null> {
    return settled(`counting ${rows} users ahead`, options, async () => {
      if (after === null) await this.#checkKey();
      const { sql, key } = await this.#ready();
      if (after !== null) requireParts(after, key);
      const [row] = await this.#rows(sql.keys(after, 1, rows - 1));
      return row === undefined ? null : keyOf(row, key);
    });
  }

  find(key: LegacyKey, options?: ReadOptions): Promise<LegacyRow | null> {
    return settled('reading one user', options, async () => {
      const { sql, key: columns } = await this.#ready();
      requireParts(key, columns);
      const [row] = await this.#rows(sql.one(key, null));
      return row === undefined ? null : this.#plain(row, columns);
    });
  }

  withText(
    columns: readonly string[],
    text: string,
    limit: number,
    options?: ReadOptions,
  ): Promise<readonly LegacyRecord[]> {
    return settled('looking for one user', options, async () => {
      const { sql, key } = await this.#ready();
      const rows = await this.#rows(sql.withText(columns, text, limit));
      return rows.map((row) => ({ kind: 'row', key: keyOf(row, key), row: this.#plain(row, key) }));
    });
  }

  sample(table: string, limit: number, options?: ReadOptions): Promise<readonly LegacyRow[]> {
    return settled(`reading rows of ${table}`, options, async () =>
      (await this.#session.rows(this.#dialect.limited(`SELECT * FROM ${this.#table(table)}`, limit))).map(
        (row) => this.#plain(row, []),
      ),
    );
  }

  async close(): Promise<void> {
    const ahead = this.#ahead;
    this.#ahead = null;
    await this.#session.close();
    await ahead?.page;
  }

  #ready(): Promise<Prepared> {
    this.#prepared ??= this.#prepare().catch((error: unknown) => {
      this.#prepared = null;
      throw error;
    });
    return this.#prepared;
  }

  async #prepare(): Promise<Prepared> {
    const { table, query, where } = this.#users;
    // The line break ends a comment on the query's last line.
    const from =
      query === undefined
        ? this.#table(table ?? '')
        : this.#dialect.aliased(`(${query.replace(/;\s*$/, '')}\n)`);
    const columns = await this.#session.columns(from);
    const key = this.#users.key.map((name, index): KeyColumn => {
      const column =
        columns.find((one) => one.name === name) ??
        columns.find((one) => one.name.toLowerCase() === name.toLowerCase());
      if (column === undefined) {
        throw new Fault('legacy-query', `the users query gives no column "${name}", which "key" names`, {
          where: 'users.key',
          help: `It gives: ${columns.map((one) => one.name).join(', ')}.`,
        });
      }
      const kind = this.#dialect.keyKind(column.type);
      const exact = kind.select !== undefined || kind.compare !== undefined;
      const quoted = this.#dialect.quote(column.name);
      return { name: column.name, quoted, kind, alias: exact ? `UF_KEY_${index}` : null };
    });
    const source: Source = { from, where: where ?? null, key };
    return { columns: columns.map((column) => column.name), key, sql: keysetSql(this.#dialect, source) };
  }

  #table(name: string): string {
    const quoted = nameParts(name).map((part) => this.#dialect.quote(part));
    return this.#dialect.aliased(quoted.join('.'));
  }

  #plain(row: Row, columns: readonly KeyColumn[]): LegacyRow {
    for (const { alias } of columns) if (alias !== null) delete row[alias];
    return this.#dialect.plainRow?.(row) ?? row;
  }

  #rows({ sql, values }: Statement): Promise<Row[]> {
    return this.#session.rows(sql, values);
  }

  async #number(statement: Statement): Promise<number> {
    const [row] = await this.#rows(statement);
    return Number(Object.values(row ?? {})[0]);
  }

  /** Paging would lose rows without a key, and rows that share one, without a word: so this is made sure once. */
  #checkKey(): Promise<void> {
    this.#keyChecked ??= this.#findKeyTrouble().catch((error: unknown) => {
      this.#keyChecked = null;
      throw error;
    });
    return this.#keyChecked;
  }

  async #findKeyTrouble(): Promise<void> {
    const { sql, key } = await this.#ready();
    const names = key.map((column) => column.name);
    const { table } = this.#users;
    if (table !== undefined && keyIsCovered(await this.#dialect.tables(this.#session), table, names)) return;
    const keyless = await this.#number(sql.keyless());
    if (keyless > 0) {
      throw new Fault('legacy-query', `${keyless} rows have no value in the key (${names.join(', ')})`, {
        where: 'users.key',
        help: 'Choose a key without empty values, or leave these rows out with "where".',
      });
    }
    if ((await this.#rows(sql.repeated())).length > 0) throw repeatedKey(names);
    // Of a query, no database can promise anything.
    if (table !== undefined) {
      const place = { kind: 'setting', name: 'users.key' } as const;
      const message = `no unique index of ${table} covers the key (${names.join(', ')})`;
      this.#findings.push(diagnostic('legacy.key-weak', message, { place }));
    }
  }

  async #takeAhead(after: LegacyKey | null, limit: number): Promise<LegacyPage | null> {
    const ahead = this.#ahead;
    this.#ahead = null;
    if (ahead === null || after === null || ahead.limit !== limit || !sameKey(ahead.after, after))
      return null;
    return ahead.page;
  }

  /** What fails ahead of time is read again, and reported, when it is really wanted. */
  #readAhead(after: LegacyKey, limit: number): void {
    this.#ahead = { after, limit, page: this.#read(after, limit).catch(() => null) };
  }

  async #read(after: LegacyKey | null, limit: number): Promise<LegacyPage> {
    const { sql, key, columns } = await this.#ready();
    if (after !== null) requireParts(after, key);
    const names = key.map((column) => column.name);
    const records = await this.#records(after, limit + 1, { sql, key, columns });
    for (let index = 1; index < records.length; index++) {
      if (sameKey(records[index - 1]!.key, records[index]!.key)) throw repeatedKey(names);
    }
    if (after !== null && records[0] !== undefined && sameKey(records[0].key, after)) {
      throw new Fault('legacy-query', `paging by (${names.join(', ')}) does not get ahead`, {
        where: 'users.key',
        help: 'The key column orders otherwise than it compares. Choose another key, or cast it in a query.',
      });
    }
    if (records.length <= limit) return { records, next: null };
    records.pop();
    return { records, next: records.at(-1)?.key ?? null };
  }

  async #records(
    after: LegacyKey | null,
    limit: number,
    { sql, key, columns }: Prepared,
  ): Promise<LegacyRecord[]> {
    const toRecord = (row: Row): LegacyRecord => {
      const found = keyOf(row, key);
      return { kind: 'row', key: found, row: this.#plain(row, key) };
    };
    try {
      return (await this.#rows(sql.page(after, limit))).map(toRecord);
    } catch (error) {
      if (!(error instanceof RowTrouble)) throw error;
      const isolation = new UnreadableRows({
        sql,
        columns: columns.filter((name) => key.every((column) => column.name !== name)),
        rows: (statement) => this.#rows(statement),
        toRecord,
        toKey: (row) => keyOf(row, key),
      });
      return isolation.records(after, limit);
    }
  }
}

function keyOf(row: Row, columns: readonly KeyColumn[]): LegacyKey {
  return columns.map(({ name, alias, kind }) => {
    const value = row[alias ?? name];
    if (value === null || value === undefined) {
      throw new Fault('legacy-query', `a row has no value in the key column "${name}"`, {
        where: 'users.key',
      });
    }
    return kind.encode(value);
  });
}

function requireParts(key: LegacyKey, columns: readonly KeyColumn[]): void {
  if (key.length === columns.length) return;
  throw new Fault(
    'input-invalid',
    `a key of ${columns.length} ${columns.length === 1 ? 'part' : 'parts'} is needed, this one has ${key.length}`,
    {
      where: 'users.key',
    },
  );
}

function repeatedKey(names: readonly string[]): Fault {
  return new Fault('legacy-query', `several rows share one value of the key (${names.join(', ')})`, {
    where: 'users.key',
    help: 'Add a column to "key" that makes it unique: paging would leave rows out otherwise.',
  });
}

/** Turns what concerns single rows into faults for callers that want all or nothing, and obeys the signal. */
async function settled<T>(
  doing: string,
  options: ReadOptions | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const signal = options?.signal;
  const cancelled = () => new Fault('cancelled', `${doing} was cancelled`, { doing });
  if (signal?.aborted === true) throw cancelled();
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(cancelled());
    signal?.addEventListener('abort', stop, { once: true });
  });
  try {
    return await (signal === undefined ? work() : Promise.race([work(), aborted]));
  } catch (error) {
    throw error instanceof RowTrouble ? error.fault : error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}
