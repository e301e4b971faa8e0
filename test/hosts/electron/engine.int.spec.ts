import { fileURLToPath } from 'node:url';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Contract } from '#contract/api.ts';
import { CHANNELS } from '#contract/desktop-channels.ts';
import { checkoutEngine } from '#hosts/electron/engine-place.ts';
import type { SupervisedEngine } from '#hosts/engine/supervise-engine.ts';
import { superviseEngine } from '#hosts/engine/supervise-engine.ts';
import type * as Fake from './fake-electron.ts';
import { type Page, runShell } from './shell-run.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const place = checkoutEngine(root, `${process.platform}-${process.arch}`);

let engine: SupervisedEngine | null;
const ends: string[] = [];
let page: Page;

beforeEach(async () => {
  engine = null;
  ends.length = 0;
  page = await runShell({
    startEngine: async (onEnd) => {
      engine = await superviseEngine({
        ...place,
        onEnd: (end) => {
          ends.push(end);
          onEnd(end);
        },
      });
      return engine;
    },
  });
});
afterEach(async () => {
  page.fake.app.emit('will-quit', { preventDefault: () => undefined });
  await vi.waitFor(() => expect(page.fake.seen.exits).toEqual([0]), 20_000);
});

const clientOf = (port: Fake.FakePort): ContractRouterClient<Contract> => {
  const link = new RPCLink({ port });
  port.start();
  return createORPCClient(link);
};

async function connect(request: number): Promise<Fake.FakePort> {
  const answer = await page.ask(CHANNELS.connectEngine, request);
  if (!answer.ok) throw new Error(answer.reason);
  const [channel, told, port] = page.posted.at(-1)!;
  expect([channel, told]).toEqual([CHANNELS.enginePort, request]);
  return port;
}

it('carries calls of several ports to one engine that runs on a Node of its own', async () => {
  const [one, other] = [clientOf(await connect(1)), clientOf(await connect(2))];
  const [versions, modules] = await Promise.all([one.reference.versions({}), other.reference.modules({})]);
  expect({ node: versions.node, modules: modules.some(({ name }) => name === 'pg') }).toEqual({
    node: process.version,
    modules: true,
  });
});

it('closes a port with its engine and gives one to the next engine', async () => {
  const port = await connect(1);
  const closed = new Promise((resolve) => port.once('close', resolve));
  port.start();
  const before = (await engine!.current()).pid;
  process.kill(before, 'SIGKILL');
  await closed;
  const versions = await clientOf(await connect(2)).reference.versions({});
  const after = (await engine!.current()).pid;
  expect({ node: versions.node, another: after !== before, ends }).toEqual({
    node: process.version,
    another: true,
    ends: ['was killed by SIGKILL'],
  });
});

it('takes a page’s ports away when another page takes its place', async () => {
  const port = await connect(1);
  port.start();
  page.window.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true });
  const kept = port.closed;
  const closed = new Promise((resolve) => port.once('close', resolve));
  page.window.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
  await closed;
  expect({ kept, listeners: page.window.webContents.listenerCount('did-start-navigation') }).toEqual({
    kept: false,
    listeners: 0,
  });
});

it('lets a frame that is none end the port that sent it, and no other', async () => {
  const [broken, sound] = [await connect(1), await connect(2)];
  const closed = new Promise((resolve) => broken.once('close', resolve));
  broken.start();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port, no window
  broken.postMessage('this is no frame');
  await closed;
  expect((await clientOf(sound).reference.versions({})).node).toBe(process.version);
});
