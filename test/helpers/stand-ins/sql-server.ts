import { createServer, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { createSecureContext, TLSSocket } from 'node:tls';
import Database from 'better-sqlite3';
import {
  type Cell,
  doneToken,
  errorToken,
  loginTokens,
  readExecuteSql,
  readLogin,
  type ResultColumn,
  returnStatus,
  rowTokens,
  type SqlParameter,
} from '#test/stand-ins/tds-stream.ts';

/**
 * Speaks TDS to a driver and answers out of an in-memory SQLite whose schema `dbo` has the tables. It knows the
 * subset of T-SQL that both have in common, sessions, errors by number, and TLS inside TDS. It is no SQL Server: what
 * a server would refuse or convert, it may not.
 */
export interface SqlServerStandIn {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Fills `dbo`; what was there is gone. */
  load(statements: readonly string[]): void;
  /** Ends all connections, as a server that restarts. */
  dropConnections(): Promise<void>;
  close(): Promise<void>;
}

const PACKET = { batch: 1, rpc: 3, reply: 4, attention: 6, login: 16, prelogin: 18 } as const;
const MOST_PAYLOAD = 4088;

interface Answer {
  readonly columns: readonly ResultColumn[] | null;
  readonly rows: readonly (readonly Cell[])[];
  readonly affected: number;
}

function freshDatabase(): Database.Database {
  const db = new Database(':memory:');
  db.exec("ATTACH ':memory:' AS dbo");
  db.function('GETUTCDATE', () => new Date().toISOString());
  return db;
}

/** Runs a batch; where one of its statements fails, all are undone, as with XACT_ABORT. */
function runBatch(db: Database.Database, sql: string, parameters: readonly SqlParameter[]): Answer[] {
  const values = Object.fromEntries(parameters.map(({ name, value }) => [name, value]));
  const answers: Answer[] = [];
  try {
    for (const text of sql.split(';').map((part) => part.trim())) {
      if (text === '' || /^SET\s/i.test(text)) continue;
      const statement = db.prepare(text).safeIntegers();
      if (statement.reader) {
        const columns = statement
          .columns()
          .map(({ name, type }) => ({ name, type: (type ?? 'nvarchar').toLowerCase() }));
        const rows = statement.raw().all(values) as Cell[][];
        answers.push({ columns, rows, affected: rows.length });
      } else {
        answers.push({ columns: null, rows: [], affected: statement.run(values).changes });
      }
    }
    return answers;
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function failure(error: unknown): Buffer {
  const { code = '', message } = error as { code?: string; message: string };
  const double = /^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)$/.test(code);
  return Buffer.concat([errorToken(double ? 2627 : 102, message), doneToken('procedure', null, true)]);
}

class Session {
  readonly #socket: Socket;
  readonly #database: () => Database.Database;
  readonly #account: { readonly user: string; readonly password: string };
  readonly #tls: { readonly cert: string; readonly key: string } | null;
  #inner: Duplex | null = null;
  /** Whether TLS records still come inside TDS packets, as they do during the handshake. */
  #handshake = false;
  #send: (bytes: Buffer) => void;
  #rest: Buffer = Buffer.alloc(0);
  #parts: Buffer[] = [];

  constructor(
    socket: Socket,
    options: Pick<SqlServerStandIn, 'user' | 'password'> & {
      database: () => Database.Database;
      tls: { cert: string; key: string } | null;
    },
  ) {
    this.#socket = socket;
    this.#database = options.database;
    this.#account = options;
    this.#tls = options.tls;
    this.#send = (bytes) => socket.write(bytes);
    socket.on('data', (bytes: Buffer) => {
      if (this.#inner !== null && !this.#handshake) this.#inner.push(bytes);
      else this.#read(bytes);
    });
  }

  #read(bytes: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    while (this.#rest.length >= 8 && this.#rest.length >= this.#rest.readUInt16BE(2)) {
      const packet = this.#rest.subarray(0, this.#rest.readUInt16BE(2));
      this.#rest = this.#rest.subarray(packet.length);
      this.#parts.push(packet.subarray(8));
      if ((packet[1]! & 1) === 0) continue;
      const message = Buffer.concat(this.#parts);
      this.#parts = [];
      this.#answer(packet[0]!, message);
    }
  }

  #packets(type: number, message: Buffer): Buffer {
    const packets: Buffer[] = [];
    for (let at = 0; at === 0 || at < message.length; at += MOST_PAYLOAD) {
      const part = message.subarray(at, at + MOST_PAYLOAD);
      const header = Buffer.from([type, at + MOST_PAYLOAD >= message.length ? 1 : 0, 0, 0, 0, 0, 1, 0]);
      header.writeUInt16BE(part.length + 8, 2);
      packets.push(header, part);
    }
    return Buffer.concat(packets);
  }

  #reply(message: Buffer): void {
    this.#send(this.#packets(PACKET.reply, message));
  }

  #answer(type: number, message: Buffer): void {
    switch (type) {
      case PACKET.prelogin:
        return this.#handshake ? void this.#inner?.push(message) : this.#prelogin();
      case PACKET.login:
        return this.#login(message);
      case PACKET.rpc:
        return this.#execute(message);
      default:
        return this.#reply(doneToken('batch', null));
    }
  }

  #prelogin(): void {
    const encryption = this.#tls === null ? 2 : 1;
    this.#reply(Buffer.from([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 16, 0, 7, 0xd0, 0, 0, encryption]));
    if (this.#tls === null) return;
    this.#handshake = true;
    const inner = new Duplex({
      read: () => undefined,
      write: (bytes: Buffer, _encoding, done) => {
        this.#socket.write(this.#handshake ? this.#packets(PACKET.prelogin, bytes) : bytes);
        done();
      },
    });
    this.#inner = inner;
    const secureContext = createSecureContext({ ...this.#tls, maxVersion: 'TLSv1.2' });
    const secure = new TLSSocket(inner, { isServer: true, secureContext });
    secure.on('error', () => this.#socket.destroy());
    secure.on('secure', () => setImmediate(() => (this.#handshake = false)));
    secure.on('data', (bytes: Buffer) => this.#read(bytes));
    this.#send = (bytes) => secure.write(bytes);
  }

  #login(message: Buffer): void {
    const { user, password, database } = readLogin(message);
    if (user === this.#account.user && password === this.#account.password)
      return this.#reply(loginTokens(database));
    this.#reply(
      Buffer.concat([errorToken(18456, `Login failed for user '${user}'.`), doneToken('batch', null, true)]),
    );
  }

  #execute(message: Buffer): void {
    try {
      const { sql, parameters } = readExecuteSql(message);
      const told = runBatch(this.#database(), sql, parameters).flatMap(({ columns, rows, affected }) => [
        columns === null ? Buffer.alloc(0) : rowTokens(columns, rows),
        doneToken('statement', affected),
      ]);
      this.#reply(Buffer.concat([...told, returnStatus(), doneToken('procedure', null)]));
    } catch (error) {
      this.#reply(failure(error));
    }
  }
}

export async function startSqlServerStandIn(
  tls: { readonly cert: string; readonly key: string } | null = null,
): Promise<SqlServerStandIn> {
  let db = freshDatabase();
  const account = { user: 'app', password: 'Sql-s3rver pw' };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    void new Session(socket, { ...account, tls, database: () => db });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    ...account,
    port: address === null || typeof address === 'string' ? 0 : address.port,
    load: (statements) => {
      db.close();
      db = freshDatabase();
      for (const sql of statements) db.exec(sql);
    },
    dropConnections: async () => {
      for (const socket of sockets) socket.destroy();
      // Clients notice in a turn of their own loop.
      await new Promise((resolve) => setTimeout(resolve, 50));
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      db.close();
    },
  };
}
