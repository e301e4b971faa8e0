import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

export interface ServiceUser {
  readonly id: string;
  email: string;
  email_verified: boolean;
  username?: string;
  given_name?: string;
  family_name?: string;
  password: string;
}

export interface UserService {
  readonly url: string;
  readonly port: number;
  users: ServiceUser[];
  close(): Promise<void>;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
}

type Handler = (request: {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}) => Reply;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** A real HTTP server on a free port, with connections that stay open. */
export async function startHttpService(
  handler: Handler,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url: path = '', headers } = request;
    const { status, body } = handler({ method, path, headers, text: await bodyOf(request) });
    const json = body === undefined ? '' : JSON.stringify(body);
    response.writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(json),
    });
    response.end(json);
  };
  const server: Server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: address === null || typeof address === 'string' ? 0 : address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const same = (a: string | undefined, b: unknown): boolean =>
  a !== undefined && typeof b === 'string' && a.toLowerCase() === b.toLowerCase();

const shown = ({ password: _password, ...user }: ServiceUser) => user;

/** The service that the web service templates are written for: it knows its users and checks passwords itself. */
export async function startUserService(apiKey: string): Promise<UserService> {
  const service: { users: ServiceUser[] } = { users: [] };
  let next = 100;
  const find = (identifier: unknown) =>
    service.users.find(({ email }) => same(email, identifier)) ??
    service.users.find(({ username }) => same(username, identifier));

  const answer = (method: string, path: string, body: Record<string, unknown>): Reply => {
    const byId = service.users.find(({ id }) => path === `/users/${encodeURIComponent(id)}`);
    switch (`${method} ${path}`) {
      case 'POST /login': {
        const user = find(body['identifier']);
        if (user === undefined) return { status: 404 };
        return user.password === body['password']
          ? { status: 200, body: shown(user) }
          : { status: 401, body: { error: 'no' } };
      }
      case 'POST /users/search': {
        const user = find(body['identifier']);
        return user === undefined
          ? { status: 404, body: { error: 'not found' } }
          : { status: 200, body: shown(user) };
      }
      case 'POST /users': {
        if (find(body['email']) ?? find(body['username'])) return { status: 409 };
        service.users.push({
          ...(body as Omit<ServiceUser, 'id' | 'email_verified'>),
          id: `u/${next++}`,
          email_verified: false,
        });
        return { status: 201 };
      }
      default:
        if (byId === undefined) return { status: 404 };
        if (method === 'DELETE') service.users = service.users.filter((user) => user !== byId);
        else if (service.users.some((user) => user !== byId && same(user.email, body['email'])))
          return { status: 409 };
        else Object.assign(byId, body);
        return { status: 204 };
    }
  };

  const http = await startHttpService(({ method, path, headers, text }) =>
    headers['x-api-key'] === apiKey
      ? answer(method, path, text === '' ? {} : JSON.parse(text))
      : { status: 403 },
  );
  return Object.assign(service, { url: `http://127.0.0.1:${http.port}`, ...http });
}
