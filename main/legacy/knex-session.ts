import knex, { type Knex } from 'knex';
import { Fault } from '#engine/fault.ts';
import type { DescribeSession, Dialect, ResultColumn, Row } from '#legacy/dialect.ts';
import { detailOf, legacyFault, type Party, troubleOf } from '#legacy/trouble.ts';

/** A value of the data, not the database, made a statement fail: the row can be found and set aside. */
export class RowTrouble extends Error {
  readonly fault: Fault;
  /** The driver's words with values masked. */
  readonly reason: string;

  constructor(fault: Fault, reason: string) {
    super(reason);
    this.name = 'RowTrouble';
    this.fault = fault;
    this.reason = reason;
  }
}

interface QueryObject {
  readonly sql: string;
  readonly bindings: readonly unknown[];
  readonly options?: object;
  readonly method: 'raw';
  response?: unknown;
}

/**
 * What every knex dialect can do below its query builder. Statements go in here with the engine's own
 * placeholders: `knex.raw` would take the question marks of the user's SQL for its own, and would write the
 * values of a failed statement into the error's message.
 */
interface KnexClient {
  acquireConnection(): Promise<unknown>;
  releaseConnection(connection: unknown): Promise<void>;
  _query(connection: unknown, query: QueryObject): Promise<unknown>;
  readonly pool: { on(event: 'destroyFail', listener: (id: number, connection: unknown) => void): void };
}

const silent = () => undefined;
const SILENT_LOG = { warn: silent, error: silent, deprecate: silent, debug: silent };

/** The pool wants a callback, and complains about functions that give a promise besides. */
const calledBack =
  (prepare: (connection: unknown) => Promise<void>) =>
  (connection: unknown, done: (error: unknown) => void): void => {
    void settle(prepare(connection), done);
  };

async function settle(work: Promise<void>, done: (error: unknown) => void): Promise<void> {
  let failure: unknown = null;
  try {
    await work;
  } catch (error) {
    failure = error;
  }
  done(failure);
}

/** How long letting go of an idle connection may take: a goodbye that a working server takes at once. */
const GOODBYE_MS = 2_000;

/** How much later than a server's own limit a statement is given up here: its own words say more. */
const graceMs = (limitMs: number): number => Math.max(1_000, limitMs / 10);

/** The server said nothing at all, long after its own limit. */
class Unanswered extends Error {
  readonly code = 'ETIMEDOUT';
}

/** The pool of one legacy database. */
export class KnexSession implements DescribeSession {
  readonly #dialect: Dialect;
  readonly #party: Party;
  readonly #knex: Knex;
  readonly #patienceMs: number | null;
  readonly #busy = new Set<unknown>();
  #closed = false;

  /** `limitMs` is how long the server lets a statement run; null where there is no server. */
  constructor(dialect: Dialect, party: Party, limitMs: number | null = null) {
    this.#dialect = dialect;
    this.#party = party;
    this.#patienceMs = limitMs === null ? null : limitMs + graceMs(limitMs);
    const prepare = dialect.prepare;
    this.#knex = knex({
      ...dialect.knex,
      log: SILENT_LOG,
      compileSqlOnError: false,
      pool: {
        min: 0,
        max: 4,
        idleTimeoutMillis: 60_000,
        destroyTimeoutMillis: GOODBYE_MS,
        ...(prepare === undefined ? {} : { afterCreate: calledBack(prepare) }),
        ...dialect.knex.pool,
      },
    });
    this.#client.pool.on('destroyFail', (_id, connection) => dialect.breakOff?.(connection));
  }

  /** Rejects with a `Fault`, or with a `RowTrouble` where single rows are to blame. */
  async rows(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.#dialect.rows(await this.response(sql, values));
  }

  columns(source: string): Promise<readonly ResultColumn[]> {
    return this.#dialect.describe(source, this);
  }

  async response(sql: string, values: readonly unknown[] = [], options?: object): Promise<unknown> {
    return this.withConnection(async (connection) => {
      const query: QueryObject = {
        sql,
        bindings: values,
        method: 'raw',
        options: { ...this.#dialect.statementOptions, ...options },
      };
      await this.#answered(connection, this.#client._query(connection, query));
      return query.response;
    });
  }

  async withConnection<T>(work: (connection: unknown) => T | Promise<T>): Promise<T> {
    if (this.#closed) throw new Fault('legacy-unreachable', 'the legacy store is closed');
    const connection = await this.#acquired();
    this.#busy.add(connection);
    try {
      const { around } = this.#dialect;
      return await (around === undefined
        ? work(connection)
        : around(connection, async () => work(connection)));
    } catch (error) {
      throw this.#translated(error);
    } finally {
      this.#busy.delete(connection);
      await this.#client.releaseConnection(connection);
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    // Nobody waits for what still runs.
    for (const connection of this.#busy) this.#dialect.breakOff?.(connection);
    await this.#knex.destroy();
  }

  /** A server's own limit is of no use where the server itself stands still: then the connection is given up. */
  async #answered<T>(connection: unknown, answer: Promise<T>): Promise<T> {
    const { breakOff } = this.#dialect;
    const patience = this.#patienceMs;
    if (breakOff === undefined || patience === null) return answer;
    const { promise, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      reject(new Unanswered(`no answer within ${patience} ms`));
      breakOff(connection);
    }, patience);
    try {
      return await Promise.race([answer, promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  get #client(): KnexClient {
    return this.#knex.client as KnexClient;
  }

  async #acquired(): Promise<unknown> {
    try {
      return await this.#client.acquireConnection();
    } catch (error) {
      throw this.#translated(error);
    }
  }

  #translated(error: unknown): Error {
    if (error instanceof RowTrouble) return error;
    const fault = legacyFault(error, this.#dialect.troubles, this.#party);
    if (error instanceof Fault || troubleOf(error, this.#dialect.troubles) !== 'data') return fault;
    return new RowTrouble(fault, detailOf(error, false));
  }
}
