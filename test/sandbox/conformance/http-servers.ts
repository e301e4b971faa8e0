import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { gzipSync } from 'node:zlib';

export interface HttpServers {
  readonly httpPort: number;
  readonly httpsPort: number;
  close(): void;
}

const BIG = 3_000_000;

const JWK = {
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' }),
  kid: 'one',
  alg: 'RS256',
  use: 'sig',
};

function sendJson(response: ServerResponse, body: object): void {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
}

function echo(request: IncomingMessage, response: ServerResponse, body: string): void {
  const { method, url, headers } = request;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ method, url, body, header: headers['x-a'], auth: headers.authorization }));
}

function answer(request: IncomingMessage, response: ServerResponse, body: string): void {
  const path = request.url ?? '/';
  if (path === '/redirect') response.writeHead(302, { location: '/echo' }).end();
  else if (path === '/404') response.writeHead(404).end('no');
  else if (path === '/slow') setTimeout(() => response.end('late'), 400).unref();
  else if (path === '/big') response.end('A'.repeat(BIG));
  else if (path === '/port') response.end(String(request.socket.remotePort));
  else if (path === '/jwks') response.end(JSON.stringify({ keys: [JWK] }));
  else if (path === '/api/v2/users/auth0%7C1')
    sendJson(response, { user_id: 'auth0|1', email: 'ada@example.com' });
  else if (path === '/gzip') response.setHeader('content-encoding', 'gzip').end(gzipSync('unpacked'));
  else echo(request, response, body);
}

function listener(request: IncomingMessage, response: ServerResponse): void {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => answer(request, response, Buffer.concat(parts).toString()));
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return (server.address() as AddressInfo).port;
}

/** What the network cases talk to, on loopback ports of their own. */
export async function startHttpServers(identity: {
  readonly key: string;
  readonly cert: string;
}): Promise<HttpServers> {
  const plain = createServer(listener);
  const secure = createSecureServer(identity, listener);
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
  const httpPort = (plain.address() as AddressInfo).port;
  const httpsPort = await listening(secure);
  return {
    httpPort,
    httpsPort,
    close() {
      for (const server of [plain, secure]) server.close().closeAllConnections();
    },
  };
}
