import { ENGINE_PORT_MESSAGE } from '#contract/desktop-channels.ts';
import type { DesktopBridge, EnginePort } from '#renderer/api/port-dial.ts';

/** The part of a window that is used. */
export interface PageWindow {
  readonly location: { readonly origin: string };
  readonly userferry?: { connectEngine(request: number): Promise<void> };
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

let last = 0;

/**
 * The bridge of the desktop shell, or null in a browser. A port cannot come through the shell's own functions: it is
 * posted to this window by the preload script, under the number of the request.
 */
export function desktopBridge(page: PageWindow = window): DesktopBridge | null {
  const shell = page.userferry;
  if (shell === undefined) return null;
  return {
    connectEngine: () =>
      new Promise<EnginePort>((resolve, reject) => {
        const request = (last += 1);
        const stop = (): void => page.removeEventListener('message', receive);
        const receive = (event: MessageEvent): void => {
          const told = event.data as { readonly type?: unknown; readonly request?: unknown } | null;
          const ours = (event.source as unknown) === page && event.origin === page.location.origin;
          const [port] = event.ports;
          if (!ours || told?.type !== ENGINE_PORT_MESSAGE || told.request !== request || !port) return;
          stop();
          resolve(port);
        };
        page.addEventListener('message', receive);
        shell.connectEngine(request).catch((error: unknown) => {
          stop();
          reject(error instanceof Error ? error : new Error(String(error)));
        });
      }),
  };
}
