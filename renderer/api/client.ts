import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '#contract/api.ts';
import type { Dial } from '#renderer/api/channel.ts';
import { type ConnectionStatus, ReconnectingWire } from '#renderer/api/connect.ts';
import { desktopBridge } from '#renderer/api/desktop-bridge.ts';
import { portDial } from '#renderer/api/port-dial.ts';
import { socketDial, thisBrowser } from '#renderer/api/socket-dial.ts';

export type { ConnectionStatus } from '#renderer/api/connect.ts';
export type { ClosedReason } from '#renderer/api/channel.ts';

export type EngineClient = ContractRouterClient<Contract>;

export interface Connection {
  /**
   * Calls made while there is no connection wait for the next one. Calls and streams whose connection breaks end
   * with `Disconnected` (`kind` and `code` say so); who needs the stream calls for it again.
   */
  readonly client: EngineClient;
  readonly status: {
    /** The same object until something changes, as `useSyncExternalStore` wants it. */
    get(): ConnectionStatus;
    subscribe(listener: () => void): () => void;
  };
  /** Tries at once instead of waiting; also the way back from `closed`. */
  retry(): void;
  close(): void;
}

/** Connects this page to its engine: over the desktop shell's port where there is one, else over a WebSocket. */
export function createConnection(dial: Dial = dialFromHere()): Connection {
  const wire = new ReconnectingWire(dial);
  const client: EngineClient = createORPCClient({
    async call(path, input, options) {
      const { link } = await wire.current(options.signal);
      return link.call(path, input, options);
    },
  });
  const forget = onReturn(() => {
    if (wire.status.get().state !== 'closed') wire.retry();
  });
  return {
    client,
    status: wire.status,
    retry: () => wire.retry(),
    close: () => {
      forget();
      wire.close();
    },
  };
}

function dialFromHere(): Dial {
  const bridge = desktopBridge();
  return bridge === null ? socketDial(thisBrowser()) : portDial(bridge);
}

interface Page {
  readonly visibilityState: string;
  addEventListener(event: string, listener: () => void): void;
  removeEventListener(event: string, listener: () => void): void;
}

/** Pages in the background wait longer than they ask for: who comes back to one should not. */
function onReturn(retry: () => void): () => void {
  const { document: page } = globalThis as { readonly document?: Page };
  if (page === undefined) return () => undefined;
  const listener = () => {
    if (page.visibilityState === 'visible') retry();
  };
  page.addEventListener('visibilitychange', listener);
  return () => page.removeEventListener('visibilitychange', listener);
}
