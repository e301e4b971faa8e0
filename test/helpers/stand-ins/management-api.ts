import { createServer, type Server } from 'node:https';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createAuthority } from '#test/certificates.ts';

export interface Connection {
  readonly id: string;
  readonly name: string;
  readonly strategy: string;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

export interface ManagementApi {
  /** `localhost:port`, as deployment tools want their domain. */
  readonly domain: string;
  /** PEM file of the authority that signed the certificate. */
  readonly caFile: string;
  readonly requests: SeenRequest[];
  connections(): readonly Connection[];
  close(): Promise<void>;
}

/**
 * The part of the Management API that deployment tools need for database connections: connections by checkpoint
 * paging, with PATCH replacing `options` as a whole and `configuration` read back encrypted; no clients, no actions.
 * Whatever else is asked for is a 404 that shows among the requests.
 */
export async function startManagementApi(
  folder: string,
  existing: readonly Connection[] = [],
): Promise<ManagementApi> {
  const authority = createAuthority();
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, authority.ca);
  const store = new Map(existing.map((connection) => [connection.id, connection]));
  const requests: SeenRequest[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    const { pathname } = new URL(request.url ?? '/', 'https://localhost');
    const method = request.method ?? 'GET';
    requests.push({ method, path: pathname, body });
    const [status, content] = answerTo(store, method, pathname, body);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(content === undefined ? '' : JSON.stringify(content));
  };
  const server = createServer(authority.issue(['localhost', '127.0.0.1']), (request, response) => {
    void answer(request, response);
  });
  const port = await listen(server);
  return {
    domain: `localhost:${port}`,
    caFile,
    requests,
    connections: () => [...store.values()],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answerTo(
  store: Map<string, Connection>,
  method: string,
  path: string,
  body: unknown,
): readonly [status: number, answer?: unknown] {
  const [, id, clients] = /^\/api\/v2\/connections(?:\/([^/]+))?(\/clients)?$/.exec(path) ?? [];
  if (path === '/api/v2/clients') return [200, { clients: [], total: 0, start: 0, limit: 100 }];
  if (path === '/api/v2/actions/actions') return [200, { actions: [], total: 0, page: 0, per_page: 100 }];
  if (path === '/api/v2/connections' && method === 'GET') {
    return [200, { connections: [...store.values()].map(asRead) }];
  }
  if (path === '/api/v2/connections' && method === 'POST') {
    const wanted = body as Omit<Connection, 'id'>;
    const created = {
      ...wanted,
      id: `con_${createHash('sha256').update(wanted.name).digest('hex').slice(0, 16)}`,
    };
    store.set(created.id, created);
    return [201, asRead(created)];
  }
  const known = id === undefined ? undefined : store.get(id);
  if (known === undefined)
    return [404, { statusCode: 404, error: 'Not Found', message: `no ${method} ${path}` }];
  if (clients !== undefined) return method === 'GET' ? [200, { clients: [] }] : [204];
  if (method === 'PATCH') store.set(known.id, { ...known, ...(body as Partial<Connection>) });
  return [200, asRead(store.get(known.id)!)];
}

/** Configuration comes back encrypted: nobody can compare or copy it. */
function asRead(connection: Connection): Connection {
  const { configuration, ...options } = connection.options;
  if (typeof configuration !== 'object' || configuration === null) return connection;
  const encrypted = Object.fromEntries(
    Object.keys(configuration).map((name) => [name, `2.0$encrypted$${name}`]),
  );
  return { ...connection, options: { ...options, configuration: encrypted } };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text === '' ? null : JSON.parse(text);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
