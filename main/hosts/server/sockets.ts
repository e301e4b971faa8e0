import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { CLOSE_CODES, SOCKET_PATH } from '#contract/transport.ts';
import type { Frame } from '#hosts/engine/channel.ts';
import type { EngineLink } from '#hosts/engine/engine-link.ts';
import type { SupervisedEngine } from '#hosts/engine/supervise-engine.ts';
import { refusalOf } from '#hosts/server/addresses.ts';
import { isSignedIn, type Site } from '#hosts/server/answer.ts';

const MEGABYTE = 1024 * 1024;
/** More than any call of ours; a script and its settings are far below. */
const LARGEST_FRAME = 8 * MEGABYTE;
/** Bytes on their way to a page: its streams wait from the first on, and go on below the second. */
const PAUSE_ABOVE = 4 * MEGABYTE;
const RESUME_BELOW = MEGABYTE;
/** A page that lets this much pile up does not read at all. */
const GIVE_UP_ABOVE = 64 * MEGABYTE;
/** Sockets at once: one for each page that is open. */
const MOST_SOCKETS = 64;
/** How long a page waits for an engine that is being started. */
const ENGINE_WAIT_MS = 20_000;
/** A page that does not answer between two pings is gone, however its connection looks. */
const PING_MS = 20_000;

/** The WebSockets of all pages, each relayed to a connection of the engine. */
export class Sockets {
  readonly #engine: SupervisedEngine;
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_FRAME,
    perMessageDeflate: false,
    clientTracking: true,
  });
  readonly #pings: NodeJS.Timeout;
  readonly #silent = new WeakSet<WebSocket>();
  #waiting = 0;
  #closed = false;

  constructor(engine: SupervisedEngine) {
    this.#engine = engine;
    this.#pings = setInterval(() => this.#ping(), PING_MS);
    this.#pings.unref();
  }

  get count(): number {
    return this.#server.clients.size + this.#waiting;
  }

  /** Takes a request to become a WebSocket, or refuses it. */
  async upgrade(site: Site, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    const status = statusOf(site, request);
    if (status !== null) return refuse(socket, status);
    if (this.#closed || this.count >= MOST_SOCKETS) return refuse(socket, '503 Service Unavailable');
    // While it waits for the engine, it may be silent.
    if ('setTimeout' in socket) (socket as Socket).setTimeout(0);
    this.#waiting += 1;
    const engine = await this.#engineInTime();
    this.#waiting -= 1;
    if (socket.destroyed) return;
    if (engine === null || this.#closed) return refuse(socket, '503 Service Unavailable');
    this.#server.handleUpgrade(request, socket, head, (page) => {
      page.on('pong', () => this.#silent.delete(page));
      relay(page, engine);
    });
  }

  /** Tells every page why it ends. */
  close(code: number): void {
    this.#closed = true;
    clearInterval(this.#pings);
    for (const page of this.#server.clients) page.close(code);
  }

  /** For pages that did not take their leave. */
  terminate(): void {
    for (const page of this.#server.clients) page.terminate();
  }

  async #engineInTime(): Promise<EngineLink | null> {
    const late = Promise.withResolvers<null>();
    const timer = setTimeout(() => late.resolve(null), ENGINE_WAIT_MS);
    try {
      return await Promise.race([this.#engine.current(), late.promise]);
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  #ping(): void {
    for (const page of this.#server.clients) {
      if (this.#silent.has(page)) {
        page.terminate();
        continue;
      }
      this.#silent.add(page);
      page.ping();
    }
  }
}

/** Browsers name their origin with every WebSocket, so that one without it is none of ours. */
function statusOf(site: Site, request: IncomingMessage): string | null {
  const refusal = refusalOf(request, site.addresses);
  if (refusal === 'host-unclear') return '400 Bad Request';
  if (refusal === 'host-unknown') return '421 Misdirected Request';
  if (refusal !== null || request.headers.origin === undefined) return '403 Forbidden';
  if (request.method !== 'GET') return '405 Method Not Allowed';
  if (request.url !== SOCKET_PATH) return '404 Not Found';
  return isSignedIn(site, request) ? null : '401 Unauthorized';
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  // Whoever does not hang up is hung up on.
  setTimeout(() => socket.destroy(), 1_000).unref();
}

/** Passes frames on unchanged, and in both directions no faster than the slower side reads. */
function relay(page: WebSocket, engine: EngineLink): void {
  let paused = false;
  const pause = (wanted: boolean) => {
    if (paused === wanted) return;
    paused = wanted;
    connection.pause(wanted);
  };
  const connection = engine.connect({
    frame: (frame) => {
      page.send(frame, () => {
        if (page.bufferedAmount < RESUME_BELOW) pause(false);
      });
      if (page.bufferedAmount > GIVE_UP_ABOVE) page.terminate();
      else if (page.bufferedAmount > PAUSE_ABOVE) pause(true);
    },
    ended: (end) => page.close(end === 'refused' ? CLOSE_CODES.malformed : CLOSE_CODES.engineGone),
  });
  page.on('message', (data: Buffer, isBinary) => {
    const frame: Frame = isBinary ? data : data.toString('utf8');
    if (connection.send(frame, () => page.resume())) return;
    page.pause();
  });
  page.on('close', () => connection.close());
  // Frames against the protocol, too large ones among them: the library has closed the socket already.
  page.on('error', () => page.terminate());
}
