import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isAbsolute, join } from 'node:path';
import type { LegacyConnection, ProjectSettings } from '#contract/project-settings.ts';
import { Fault } from '#engine/fault.ts';
import { nameParts, type Row } from '#legacy/dialect.ts';
import { sqliteDialect } from '#legacy/dialects/sqlite.ts';
import { cachedDump, type DumpConnection } from '#legacy/dumps/dump-cache.ts';
import { LINE, PROBLEM, ROWS } from '#legacy/dumps/dump-table.ts';
import { dumpUsers } from '#legacy/dumps/dump-store.ts';
import { KnexSession } from '#legacy/knex-session.ts';
import { type LookupIndex, lookupIndex, type SqliteConnection } from '#legacy/lookup-index.ts';
import type { UsersQuery } from '#legacy/users-query.ts';

/** A legacy store that is a file. */
export type FileConnection = Extract<LegacyConnection, { readonly engine: 'sqlite' | 'csv' | 'ndjson' }>;

export interface LookupSource {
  readonly connection: FileConnection;
  readonly users: UsersQuery;
  readonly fields: Pick<ProjectSettings['fields'], 'id' | 'email' | 'username'>;
  readonly projectFolder: string;
}

export interface LookupService {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** New with every start; requests carry it as `x-api-key`. */
  readonly apiKey: string;
  readonly port: number;
  stop(): Promise<void>;
}

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;

interface OpenFile {
  readonly path: string;
  readonly users: UsersQuery;
  readonly booleans: readonly string[];
  /** Quoted key columns where they are better known than `users.key`. */
  readonly key: readonly string[] | null;
}

async function openFile({ connection, users, projectFolder }: LookupSource): Promise<OpenFile> {
  const path = isAbsolute(connection.file) ? connection.file : join(projectFolder, connection.file);
  if (connection.engine === 'sqlite') return { path, users, booleans: [], key: null };
  const cached = await cachedDump(connection satisfies DumpConnection, path, projectFolder);
  const condition = users.where === undefined ? '' : ` AND (${users.where})`;
  const readable = { ...dumpUsers(users), where: `${PROBLEM} IS NULL${condition}` };
  return { path: cached.path, users: readable, booleans: cached.meta.booleans, key: [LINE] };
}

function indexOf(database: SqliteConnection, file: OpenFile, fields: LookupSource['fields']): LookupIndex {
  const { table, query, where, key } = file.users;
  const name = nameParts(table ?? '')
    .map(quote)
    .join('.');
  const from = `${query === undefined ? name : `(${query.replace(/;\s*$/, '')}\n)`} AS uf_users`;
  const identifiers = [fields.email, fields.username].filter((column) => column !== undefined);
  return lookupIndex(database, {
    from,
    where: where ?? null,
    key: file.key ?? (hasRowid(database, table) ? ['uf_users.rowid'] : key.map(quote)),
    id: quote(fields.id),
    identifiers: [...new Set(identifiers)].map(quote),
  });
}

/** Ordinary tables have a number for each row, the fastest way to it. */
function hasRowid(database: SqliteConnection, table: string | undefined): boolean {
  if (table === undefined || table === ROWS) return false;
  const name = nameParts(table).at(-1) ?? '';
  const known = database
    .prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND lower(name) = lower(?)")
    .all(name);
  if (known.length === 0) return false;
  try {
    database.prepare(`SELECT rowid FROM ${nameParts(table).map(quote).join('.')} LIMIT 0`);
    return true;
  } catch {
    return false;
  }
}

function visible(row: Row, booleans: readonly string[]): Row {
  const { [LINE]: _line, [PROBLEM]: _problem, ...rest }: Row = row;
  for (const name of booleans) if (rest[name] !== null) rest[name] = rest[name] === 1;
  return rest;
}

type Answer = readonly [status: number, body: unknown];

const refusal = (status: number, code: string, message: string): Answer => [
  status,
  { error: { code, message } },
];

function answerTo(
  request: IncomingMessage,
  apiKey: Buffer,
  index: LookupIndex,
  booleans: readonly string[],
): Answer {
  const given = Buffer.from(String(request.headers['x-api-key'] ?? ''));
  if (given.length !== apiKey.length || !timingSafeEqual(given, apiKey)) {
    return refusal(401, 'unauthorized', 'The header x-api-key is missing or wrong.');
  }
  if (request.method !== 'GET') return refusal(404, 'not_found', 'Only GET is answered here.');
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (url.pathname === '/users') {
    const identifier = url.searchParams.get('identifier');
    if (identifier === null) return refusal(400, 'bad_request', 'The parameter "identifier" is missing.');
    return [200, index.byIdentifier(identifier).map((row) => visible(row, booleans))];
  }
  const id = /^\/users\/([^/]+)$/.exec(url.pathname)?.[1];
  const [row] = id === undefined ? [] : index.byId(decodeURIComponent(id));
  return row === undefined
    ? refusal(404, 'not_found', 'There is nothing here.')
    : [200, visible(row, booleans)];
}

function send(response: ServerResponse, [status, body]: Answer): void {
  const text = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': text.length,
  });
  response.end(text);
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

/**
 * Serves the users of a file over loopback HTTP while a trial runs, so that scripts written for a web service
 * can be rehearsed: `GET /users?identifier=<e-mail or username>` and `GET /users/<id>`, raw rows as JSON.
 */
export async function startLookupService(source: LookupSource): Promise<LookupService> {
  const file = await openFile(source);
  const dialect = sqliteDialect(file.path);
  const session = new KnexSession(dialect, {
    product: 'SQLite',
    where: file.path,
    user: null,
    database: null,
  });
  const stopped = Promise.withResolvers<void>();
  const ready = Promise.withResolvers<LookupIndex>();
  // The index lives in the connection, which therefore stays taken until the service stops.
  const holding = session
    .withConnection(async (connection) => {
      ready.resolve(indexOf(connection as SqliteConnection, file, source.fields));
      await stopped.promise;
    })
    .catch(ready.reject);
  const apiKey = randomBytes(24).toString('base64url');
  let server: Server | null = null;

  const stop = async () => {
    const running = server;
    server = null;
    if (running !== null) {
      const closed = new Promise((resolve) => running.close(resolve));
      running.closeAllConnections();
      await closed;
    }
    stopped.resolve();
    await holding;
    await session.close();
  };
  try {
    const index = await ready.promise;
    const key = Buffer.from(apiKey);
    server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      send(
        response,
        answered(() => answerTo(request, key, index, file.booleans)),
      );
    });
    const port = await listen(server);
    return { url: `http://127.0.0.1:${port}`, apiKey, port, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function answered(work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (error instanceof URIError)
      return refusal(400, 'bad_request', 'The address is not encoded correctly.');
    const busy = error instanceof Fault || /SQLITE/.test(String((error as { code?: unknown }).code));
    return refusal(busy ? 503 : 500, 'unavailable', 'The legacy file cannot be read right now.');
  }
}
