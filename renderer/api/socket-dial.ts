import { CLOSE_CODES, SESSION_PATH, SOCKET_PATH } from '#contract/transport.ts';
import type { ChannelEnd, Dial, Frame } from '#renderer/api/channel.ts';

/** The part of a WebSocket that is used. */
export interface Socket {
  binaryType: string;
  readonly readyState?: number;
  addEventListener(event: 'open', listener: () => void): void;
  addEventListener(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(event: 'close', listener: (event: { readonly code: number }) => void): void;
  send(frame: Frame): void;
  close(): void;
}

/** What a browser gives a page, in one value. */
export interface Browser {
  openSocket(path: string): Socket;
  /** Status of a GET to a path of the page's own server. Rejects when nobody answers. */
  statusOf(path: string): Promise<number>;
}

const OPEN = 1;

/** Channels over a WebSocket to the server that the page came from. */
export function socketDial(browser: Browser): Dial {
  return (events) => {
    const socket = browser.openSocket(SOCKET_PATH);
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => events.opened());
    socket.addEventListener('message', ({ data }) => {
      events.frame(data instanceof ArrayBuffer ? new Uint8Array(data) : (data as string));
    });
    socket.addEventListener('close', ({ code }) => events.closed(meaningOf(code, browser)));
    return {
      // The browser closes it a moment before it says so; what is sent then would only be complained about.
      send: (frame) => {
        if ((socket.readyState ?? OPEN) === OPEN) socket.send(frame);
      },
      close: () => socket.close(),
    };
  };
}

/** A refused WebSocket looks like a broken one to a page, so that the server has to be asked. */
async function meaningOf(code: number, browser: Browser): Promise<ChannelEnd> {
  if (code === CLOSE_CODES.serverStopped) return { again: false, reason: 'server-stopped' };
  if (code === CLOSE_CODES.serverIdle) return { again: false, reason: 'server-idle' };
  if (code === CLOSE_CODES.engineGone) return { again: true, soon: true };
  try {
    const status = await browser.statusOf(SESSION_PATH);
    return status === 401 ? { again: false, reason: 'signed-out' } : { again: true, soon: false };
  } catch {
    return { again: true, soon: false };
  }
}

/** The browser that this page is in. */
export function thisBrowser(): Browser {
  return {
    openSocket: (path) => {
      const { protocol, host } = (globalThis as unknown as { location: { protocol: string; host: string } })
        .location;
      return new WebSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}${path}`);
    },
    statusOf: async (path) => (await fetch(path, { cache: 'no-store' })).status,
  };
}
