import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { superviseEngine } from '#hosts/engine/supervise-engine.ts';
import { type RunningServer, type ServerOptions, startServer } from '#hosts/server/start-server.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

export interface Loopback {
  readonly server: RunningServer;
  /** The server with pages, and secrets.txt beside their folder. */
  readonly folder: string;
  /** Signs in with a new link. @returns the cookie as a browser sends it back */
  signIn(): Promise<string>;
  enginePid(): Promise<number>;
  close(): Promise<void>;
}

/** The real server over a real engine in its own process; the pages are two files. */
export async function startLoopback(options: Partial<ServerOptions> = {}): Promise<Loopback> {
  const folder = temporaryFolder('loopback');
  const pages = join(folder, 'pages');
  mkdirSync(join(pages, 'assets'), { recursive: true });
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>Userferry</title><p>the page');
  writeFileSync(join(pages, 'assets', 'app-1a2b.js'), 'globalThis.started = true;');
  writeFileSync(join(folder, 'secrets.txt'), 'outside of the pages');
  const engine = await superviseEngine();
  const server = await startServer({
    port: 0,
    renderer: pages,
    engine,
    startAt: '/',
    forwardedPorts: [],
    origins: [],
    idleMs: 0,
    ...options,
  });
  return {
    server,
    folder,
    signIn: async () => {
      const { cookies } = await get(server.port, pathOf(server.link(60_000)));
      return cookies[0]!.split(';', 1)[0]!;
    },
    enginePid: async () => (await engine.current()).pid,
    close: () => server.stop('serverStopped'),
  };
}

/** Path and query of a link. */
export function pathOf(link: string): string {
  const { pathname, search } = new URL(link);
  return pathname + search;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly cookies: readonly string[];
  readonly body: string;
}

/** One request with exactly these headers; Host is that of the server unless given. */
export function get(
  port: number,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          cookies: response.headers['set-cookie'] ?? [],
          body,
        }),
      );
    });
    sent.on('error', reject);
    // A request for an upgrade that is refused is answered like any other.
    sent.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, cookies: [], body: '' });
    });
    sent.end();
  });
}

/** Status that a request for the engine's WebSocket gets: 101 when it is let in. */
export async function socketStatus(
  port: number,
  headers: Readonly<Record<string, string>>,
  path = '/engine',
): Promise<number> {
  const upgrade = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
  };
  return (await get(port, path, { ...upgrade, ...headers })).status;
}

/** Sends text as it is and gives everything that came back until the server hung up. */
export function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });
}

/** First line of what `raw` got: "HTTP/1.1 400 Bad Request". */
export async function rawStatus(port: number, text: string): Promise<string> {
  return (await raw(port, text)).split('\r\n', 1)[0]!;
}
