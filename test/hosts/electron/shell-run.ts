import { EventEmitter } from 'node:events';
import { vi } from 'vitest';
import type { Answer } from '#contract/desktop-channels.ts';
import type { ShellOptions } from '#hosts/electron/shell.ts';
import type * as Fake from './fake-electron.ts';

export interface Page {
  readonly fake: typeof Fake;
  readonly window: Fake.BrowserWindow;
  /** Asks main as the window's own page does, or as whoever `frame` says. */
  readonly ask: <T>(
    channel: string,
    message: unknown,
    frame?: Partial<FakeFrame> | null,
  ) => Promise<Answer<T>>;
  /** Plays the process's own events of mistakes. */
  readonly mistakes: EventEmitter;
  /** Ports that came with `frame.postMessage`. */
  readonly posted: (readonly [string, unknown, Fake.FakePort])[];
}

export interface FakeFrame {
  readonly url: string;
  readonly parent: object | null;
  readonly detached: boolean;
}

interface RunOptions extends Partial<ShellOptions> {
  /** Plays with the system before the shell starts. */
  readonly before?: (fake: typeof Fake) => void;
}

/** Starts the shell afresh, under a fake Electron, and waits until its window is there. */
export async function runShell({ before, ...options }: RunOptions = {}): Promise<Page> {
  vi.resetModules();
  const fake = await import('./fake-electron.ts');
  before?.(fake);
  const { startShell } = await import('#hosts/electron/shell.ts');
  const mistakes = new EventEmitter();
  startShell({
    mistakes: mistakes as unknown as ShellOptions['mistakes'],
    renderer: '/nowhere/renderer',
    preload: '/nowhere/preload.cjs',
    startEngine: () => Promise.reject(new Error('there is no engine in this test')),
    ...options,
  });
  await Promise.resolve();
  await Promise.resolve();
  const window = fake.BrowserWindow.all[0];
  if (window === undefined) throw new Error('the shell opened no window');
  const posted: Page['posted'] = [];
  return {
    fake,
    window,
    mistakes,
    posted,
    ask: (channel, message, frame = {}) => {
      const handler = fake.seen.ipc.get(channel);
      if (handler === undefined) throw new Error(`nobody answers ${channel}`);
      const senderFrame =
        frame === null
          ? null
          : {
              url: 'app://bundle/index.html',
              parent: null,
              detached: false,
              postMessage: (name: string, value: unknown, ports: Fake.FakePort[]) =>
                void posted.push([name, value, ports[0]!]),
              ...frame,
            };
      return handler({ sender: window.webContents, senderFrame }, message) as Promise<Answer<never>>;
    },
  };
}
