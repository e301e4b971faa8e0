import type { Knex } from 'knex';
import type { LegacyEngine, TableInfo } from '#engine/ports/legacy-store.ts';
import type { TroubleCodes } from '#legacy/trouble.ts';

export type Row = Record<string, unknown>;

export interface ResultColumn {
  readonly name: string;
  /** In the dialect's own words; only the dialect that made it reads it. */
  readonly type: string;
}

/** Collects the values of one statement and gives the text that stands for each. */
export type Bind = (value: unknown) => string;

/** How key columns of one type are compared, read and bound, so that no digit or byte is lost on the way. */
export interface KeyKind {
  /** What is compared and ordered by, where the column itself would not do. */
  readonly compare?: (column: string) => string;
  /** What is selected besides the row, where the driver's own value is not exact. */
  readonly select?: (column: string) => string;
  /** The driver's value as part of a `LegacyKey`. */
  readonly encode: (value: unknown) => string | number;
  /** SQL for that part again. */
  readonly bind: (part: string | number, bind: Bind) => string;
}

/** Runs one statement on one connection of the pool. */
export interface Session {
  rows(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  columns(sql: string): Promise<readonly ResultColumn[]>;
}

/** Everything that differs between database engines. */
export interface Dialect {
  readonly engine: LegacyEngine;
  readonly product: string;
  readonly knex: Knex.Config;
  readonly readOnly: { readonly enforced: boolean; readonly how: string };
  readonly troubles: TroubleCodes;
  /** Runs once on every new connection, before anything else. */
  readonly prepare?: (connection: unknown) => Promise<void>;
  /** Wraps every statement, where read-only is a matter of one transaction. */
  readonly around?: <T>(connection: unknown, work: () => Promise<T>) => Promise<T>;
  /**
   * Lets go of a connection without asking the server, which may never answer; whatever runs on it is rejected. Not
   * there where the driver itself gives up in time.
   */
  readonly breakOff?: (connection: unknown) => void;
  /** What knex left in its query object, as rows. */
  readonly rows: (response: unknown) => Row[];
  /** Makes a row's values plain, after its key was taken from it. May change the row. */
  readonly plainRow?: (row: Row) => Row;
  /** Options of every statement, as the driver takes them. */
  readonly statementOptions?: object;
  readonly prefetch: boolean;
  readonly rowComparison: boolean;
  /** `<from>` under the name `uf_users`. */
  readonly aliased: (from: string) => string;
  readonly quote: (name: string) => string;
  /** At most `count` rows, after `skip` that are left out (none as a rule). */
  readonly limited: (sql: string, count: number, skip?: number) => string;
  /** The placeholder for value number `index` (from 0), or the literal itself for engines that take none. */
  readonly placeholder: (
    index: number,
    value: unknown,
  ) => { readonly sql: string; readonly literal?: boolean };
  /** Name and type of the columns that `SELECT * FROM <source>` gives. */
  readonly describe: (source: string, session: DescribeSession) => Promise<readonly ResultColumn[]>;
  readonly keyKind: (type: string) => KeyKind;
  readonly version: (session: Session) => Promise<string>;
  readonly tables: (session: Session) => Promise<readonly TableInfo[]>;
}

export interface DescribeSession extends Session {
  /** A raw connection of the pool, for drivers that tell columns only there. */
  withConnection<T>(work: (connection: unknown) => T | Promise<T>): Promise<T>;
  /** The query object after the statement ran. */
  response(sql: string, values?: readonly unknown[], options?: object): Promise<unknown>;
}

/** A plain key part: text stays text, whole safe numbers stay numbers, bytes become hexadecimal digits. */
export function plainKeyPart(value: unknown): string | number {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'string':
      return value;
    case 'bigint':
      return exactNumber(value);
    default:
      if (value instanceof Date) return value.toISOString();
      if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
      return String(value);
  }
}

/** A whole number as `number` where that is exact, else as its digits. */
export function exactNumber(value: bigint | string): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

/** Splits `schema.table` at dots outside quotes, and takes the quotes away. */
export function nameParts(name: string): readonly string[] {
  const parts = name.match(/"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|[^.]+/g) ?? [name];
  return parts.map((part) => (/^["`[]/.test(part) ? part.slice(1, -1) : part));
}
