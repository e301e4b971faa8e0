import type { Dial, Frame } from '#renderer/api/channel.ts';

/** The part of a message port that is used. */
export interface EnginePort {
  addEventListener(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(event: 'close', listener: () => void): void;
  start(): void;
  postMessage(frame: Frame): void;
  close(): void;
}

/** What the desktop shell gives its page, as far as the connection needs it. */
export interface DesktopBridge {
  /** A port to the engine that runs now. The shell closes it when that engine ends. */
  connectEngine(): Promise<EnginePort>;
}

/** Channels over message ports of the desktop shell: no network is involved. */
export function portDial(bridge: DesktopBridge): Dial {
  return (events) => {
    let port: EnginePort | null = null;
    let over = false;
    const end = (soon: boolean) => {
      if (over) return;
      over = true;
      events.closed(Promise.resolve({ again: true, soon }));
    };
    const open = async () => {
      const given = await bridge.connectEngine();
      if (over) {
        given.close();
        return;
      }
      port = given;
      given.addEventListener('message', ({ data }) => events.frame(data as Frame));
      given.addEventListener('close', () => end(true));
      given.start();
      events.opened();
    };
    open().catch(() => end(false));
    return {
      send: (frame) => port?.postMessage(frame),
      close: () => {
        port?.close();
        end(true);
      },
    };
  };
}
