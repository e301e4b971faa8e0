import Database from 'better-sqlite3';

export const ROWS = 'uf_rows';
export const LINE = 'uf_line';
export const PROBLEM = 'uf_problem';

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
const ROWS_A_TRANSACTION = 10_000;
/** SQLite's own limit is 2000; a dump with more columns is not a list of users. */
const MOST_COLUMNS = 1000;

export interface RenamedColumn {
  readonly from: string;
  readonly to: string;
}

/** Names as columns of one table: none empty, none alike but for upper and lower case, none of ours. */
export class ColumnNames {
  readonly renamed: RenamedColumn[] = [];
  readonly #taken = new Set([LINE, PROBLEM]);

  claim(wanted: string): string {
    // SQL text ends at a zero character, and halves of characters all become the same sign.
    const possible = wanted.replaceAll('\u0000', '').toWellFormed().trim();
    const base = possible === '' ? 'column' : possible;
    let name = base;
    for (let count = 2; this.#taken.has(name.toLowerCase()); count++) name = `${base}_${count}`;
    this.#taken.add(name.toLowerCase());
    if (name !== wanted.trim()) this.renamed.push({ from: wanted, to: name });
    return name;
  }
}

/** The SQLite file that a dump is imported into: rows by line, bad lines with what is wrong with them. */
export class DumpTable {
  readonly #database: Database.Database;
  readonly #columns: string[] = [];
  #insert: Database.Statement | null = null;
  #open = 0;

  constructor(path: string) {
    this.#database = new Database(path);
    this.#database.exec(`
      PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;
      CREATE TABLE ${ROWS} (${LINE} INTEGER PRIMARY KEY, ${PROBLEM} TEXT);
      CREATE TABLE uf_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
      BEGIN`);
  }

  get columnCount(): number {
    return this.#columns.length;
  }

  addColumn(name: string): void {
    if (this.#columns.length >= MOST_COLUMNS) throw new RangeError(`more than ${MOST_COLUMNS} columns`);
    this.#database.exec(`ALTER TABLE ${ROWS} ADD COLUMN ${quote(name)}`);
    this.#columns.push(name);
    this.#insert = null;
  }

  addRow(line: number, values: readonly unknown[]): void {
    this.#insert ??= this.#database.prepare(
      `INSERT INTO ${ROWS} (${[LINE, ...this.#columns.map(quote)].join(', ')}) VALUES (?${', ?'.repeat(this.#columns.length)})`,
    );
    this.#insert.run(line, ...values);
    this.#step();
  }

  addProblem(line: number, problem: string): void {
    this.#database
      .prepare(`INSERT OR IGNORE INTO ${ROWS} (${LINE}, ${PROBLEM}) VALUES (?, ?)`)
      .run(line, problem);
    this.#step();
  }

  /** Keeps what is known about the dump beside its rows, and closes the file. */
  finish(meta: unknown): void {
    this.#database.prepare("INSERT INTO uf_meta VALUES ('dump', ?)").run(JSON.stringify(meta));
    this.#database.exec('COMMIT');
    this.#database.close();
  }

  abandon(): void {
    this.#database.close();
  }

  #step(): void {
    this.#open++;
    if (this.#open % ROWS_A_TRANSACTION === 0) this.#database.exec('COMMIT; BEGIN');
  }
}

/** What `finish` kept, or null for a file that is not a finished import. */
export function readDumpMeta(path: string): unknown {
  const database = new Database(path, { readonly: true, fileMustExist: true });
  try {
    const row = database.prepare("SELECT value FROM uf_meta WHERE name = 'dump'").get() as
      | { value: string }
      | undefined;
    return row === undefined ? null : (JSON.parse(row.value) as unknown);
  } catch {
    return null;
  } finally {
    database.close();
  }
}
