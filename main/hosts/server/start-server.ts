import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CLOSE_CODES } from '#contract/transport.ts';
import type { SupervisedEngine } from '#hosts/engine/supervise-engine.ts';
import { createAccess } from '#hosts/server/access.ts';
import { addressesOf } from '#hosts/server/addresses.ts';
import { answer, LOGIN_PATH, type Site } from '#hosts/server/answer.ts';
import { watchIdle } from '#hosts/server/idle-watch.ts';
import { rendererFiles } from '#hosts/server/renderer-files.ts';
import { Sockets } from '#hosts/server/sockets.ts';

/** The only address there is: whoever comes from another machine comes through a tunnel of their own. */
const LOOPBACK = '127.0.0.1';

/** What one connection may take. Nobody here is far away or slow. */
const LIMITS = {
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 500,
  maxHeaderSize: 16 * 1024,
} as const;
/** For connections that never say anything, which the limits above do not count. */
const SILENCE_MS = 10_000;
const MOST_CONNECTIONS = 256;
const MOST_REQUESTS_PER_SOCKET = 1_000;

/** How long pages get to take their leave. */
const LEAVE_MS = 500;

export interface ServerOptions {
  /** 0: any free one. */
  readonly port: number;
  /** Folder of the built pages. */
  readonly renderer: string;
  readonly engine: SupervisedEngine;
  /** Where a browser goes once it is signed in: `/` or `/#/…`. */
  readonly startAt: string;
  readonly forwardedPorts: readonly number[];
  readonly origins: readonly string[];
  /** Time without pages and trials after which the server ends; 0: never. */
  readonly idleMs: number;
  /** Clock of the links' life; milliseconds that nobody can set back. */
  readonly now?: () => number;
}

export interface RunningServer {
  readonly port: number;
  /** The address for a browser: through the first tunnel or proxy that was named, else on this machine. */
  readonly origin: string;
  /** A new link that signs one browser in, once. */
  link(livesMs: number): string;
  /** Told once when the server has been idle for too long. It still has to be stopped. */
  readonly idle: Promise<void>;
  /** Tells the pages, lets running trials commit their batch, and ends. The engine is closed too. */
  stop(why: 'serverStopped' | 'serverIdle'): Promise<void>;
}

/** @throws the error of Node (`EADDRINUSE`, `EACCES`) when the port cannot be had */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const access = createAccess(options.now ?? (() => performance.now()));
  const files = await rendererFiles(options.renderer);
  const server = createServer(LIMITS);
  const port = await listen(server, options.port);
  const sockets = new Sockets(options.engine);
  const addresses = addressesOf(port, options.forwardedPorts, options.origins);
  const site: Site = { addresses, access, files, startAt: options.startAt };
  server.on('request', (request, response) => {
    answer(site, request, response).catch(() => response.destroy());
  });
  server.on('upgrade', (request, socket, head) => {
    sockets.upgrade(site, request, socket, head).catch(() => socket.destroy());
  });

  const idle = Promise.withResolvers<void>();
  const inUse = async () => sockets.count > 0 || (await options.engine.running()) > 0;
  const watch = watchIdle(options.idleMs, inUse, () => idle.resolve());
  const origin = options.origins[0] ?? `http://${LOOPBACK}:${options.forwardedPorts[0] ?? port}`;
  return {
    port,
    origin,
    idle: idle.promise,
    link: (livesMs) => `${origin}${LOGIN_PATH}?token=${access.issueLink(livesMs)}`,
    stop: async (why) => {
      watch.stop();
      sockets.close(CLOSE_CODES[why]);
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await options.engine.close();
      const timer = setTimeout(() => {
        sockets.terminate();
        server.closeAllConnections();
      }, LEAVE_MS);
      await closed;
      clearTimeout(timer);
    },
  };
}

async function listen(server: Server, wanted: number): Promise<number> {
  server.timeout = SILENCE_MS;
  server.maxConnections = MOST_CONNECTIONS;
  server.maxRequestsPerSocket = MOST_REQUESTS_PER_SOCKET;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted, LOOPBACK, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { address, port } = server.address() as AddressInfo;
  if (address !== LOOPBACK) throw new Error(`listening on ${address} instead of ${LOOPBACK}`);
  return port;
}
