import { describe, expect, it } from 'vitest';
import { desktopBridge, type PageWindow } from '#renderer/api/desktop-bridge.ts';

interface Told {
  readonly source: unknown;
  readonly origin: string;
  readonly data: unknown;
  readonly ports: readonly unknown[];
}

/** A page in the shell, on which a test posts messages as the preload script does. */
function pageWith(connectEngine: (request: number) => Promise<void>) {
  const listeners = new Set<(event: MessageEvent) => void>();
  const page: PageWindow = {
    location: { origin: 'app://bundle' },
    userferry: { connectEngine },
    addEventListener: (_type, listener) => void listeners.add(listener),
    removeEventListener: (_type, listener) => void listeners.delete(listener),
  };
  const tell = (event: Told): void => {
    for (const listener of listeners) listener(event as unknown as MessageEvent);
  };
  return { page, listeners, tell };
}

describe('the engine’s port', () => {
  it('is the one of this request, from this window and origin', async () => {
    const requests: number[] = [];
    const { page, listeners, tell } = pageWith((request) => Promise.resolve(void requests.push(request)));
    const waiting = desktopBridge(page)!.connectEngine();
    const right: Told = {
      source: page,
      origin: 'app://bundle',
      data: { type: 'userferry:engine-port', request: requests[0] },
      ports: ['the port'],
    };
    tell({ ...right, source: {}, ports: ['of another window'] });
    tell({ ...right, origin: 'https://evil.example', ports: ['of another origin'] });
    tell({ ...right, data: { type: 'userferry:engine-port', request: 0 }, ports: ['of another request'] });
    tell({ ...right, data: null, ports: ['of nobody'] });
    tell({ ...right, ports: [] });
    tell(right);
    expect({ port: await waiting, listeners: listeners.size }).toEqual({ port: 'the port', listeners: 0 });
  });

  it('is refused with the shell’s sentence, and nobody waits on', async () => {
    const { page, listeners } = pageWith(() => Promise.reject(new Error('The engine cannot be started.')));
    await expect(desktopBridge(page)!.connectEngine()).rejects.toThrow('The engine cannot be started.');
    expect(listeners.size).toBe(0);
  });

  it('has a number of its own for every request', async () => {
    const requests: number[] = [];
    const { page } = pageWith((request) => {
      requests.push(request);
      return Promise.reject(new Error('no'));
    });
    const bridge = desktopBridge(page)!;
    await Promise.allSettled([bridge.connectEngine(), bridge.connectEngine()]);
    expect(requests[0]).not.toBe(requests[1]);
  });

  it('is not asked for in a browser', () => {
    const { userferry: _shell, ...page } = pageWith(() => Promise.resolve()).page;
    expect(desktopBridge(page)).toBeNull();
  });
});
