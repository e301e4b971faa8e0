import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { spawnEngine } from '#hosts/engine/spawn-engine.ts';
import { superviseEngine } from '#hosts/engine/supervise-engine.ts';
import { get, pathOf, socketStatus, startLoopback } from '#test/loopback.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { isRunning } from '#test/userferry.ts';

async function openSocket(port: number, cookie: string): Promise<WebSocket> {
  const origin = `http://127.0.0.1:${port}`;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/engine`, { headers: { cookie, origin } });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return socket;
}

const codeOf = (socket: WebSocket) =>
  new Promise<number>((resolve) => socket.on('error', () => undefined).once('close', resolve));

function send(socket: WebSocket, path: string, input: unknown): Promise<{ readonly id: string }> {
  return new Promise((resolve) => {
    socket.once('message', (data: Buffer) => {
      const { p } = JSON.parse(data.toString('utf8')) as { p: { b: { json: { id: string } } } };
      resolve(p.b.json);
    });
    socket.send(JSON.stringify({ i: '1', p: { u: path, b: { json: input } } }));
  });
}

async function statusOf(project: string, trial: string): Promise<string> {
  const engine = await spawnEngine();
  const { status } = await engine.client.trials.show({ project, trial });
  await engine.close();
  return status;
}

describe('the end of a server', () => {
  it('keeps what a running trial has, tells the pages, and leaves no process and no port', async () => {
    const project = await sqliteSampleProject(join(temporaryFolder('stop'), 'acme'), { users: 2_000 });
    const loopback = await startLoopback();
    const { port } = loopback.server;
    const pid = await loopback.enginePid();
    const socket = await openSocket(port, await loopback.signIn());
    const code = codeOf(socket);
    const { id } = await send(socket, '/trials/start', {
      project,
      kind: 'lazy',
      depth: 'profiles',
      container: 'fresh',
    });
    await loopback.close();
    expect({
      code: await code,
      engine: isRunning(pid),
      port: await get(port, '/').catch((error: NodeJS.ErrnoException) => error.code),
      trial: await statusOf(project, id),
    }).toEqual({ code: 4002, engine: false, port: 'ECONNREFUSED', trial: 'cancelled' });
  });

  it('comes by itself when nobody was there, but not while a page is open or a trial runs', async () => {
    const project = await sqliteSampleProject(join(temporaryFolder('idle'), 'acme'), { users: 2_000 });
    const loopback = await startLoopback({ idleMs: 400 });
    let idle = false;
    const ended = loopback.server.idle.then(() => (idle = true));
    const socket = await openSocket(loopback.server.port, await loopback.signIn());
    await new Promise((resolve) => setTimeout(resolve, 900));
    const whilePage = idle;
    const { id } = await send(socket, '/trials/start', {
      project,
      kind: 'lazy',
      depth: 'profiles',
      timeLimitMs: 1_000,
      filter: { limit: 100 },
    });
    socket.close();
    await ended;
    await loopback.server.stop('serverIdle');
    expect({ whilePage, trial: await statusOf(project, id) }).toEqual({
      whilePage: false,
      trial: 'finished',
    });
  });
});

describe('an engine that dies', () => {
  it('is replaced, and pages that come meanwhile wait for the new one', async () => {
    const loopback = await startLoopback();
    const { port } = loopback.server;
    const cookie = await loopback.signIn();
    const socket = await openSocket(port, cookie);
    const pid = await loopback.enginePid();
    const code = codeOf(socket);
    process.kill(pid, 'SIGKILL');
    const ended = await code;
    const meanwhile = await socketStatus(port, { cookie, origin: `http://127.0.0.1:${port}` });
    const next = await loopback.enginePid();
    await loopback.close();
    expect({ ended, meanwhile, other: next !== pid, left: [pid, next].map(isRunning) }).toEqual({
      ended: 4001,
      meanwhile: 101,
      other: true,
      left: [false, false],
    });
  });

  it('is started again ever more slowly, and not at all once it is closed', async () => {
    const waits: number[] = [];
    const engine = await superviseEngine({ onEnd: (_end, againInMs) => waits.push(againInMs) });
    for (let deaths = 0; deaths < 3; deaths += 1) {
      const { pid, ended } = await engine.current();
      process.kill(pid, 'SIGKILL');
      await ended;
    }
    const next = engine.current().catch((error: Error) => error.message);
    await engine.close();
    expect({ waits, next: await next }).toEqual({
      waits: [200, 400, 800],
      next: 'the engine was closed',
    });
  });

  it('before it was ready is a fault that says so', async () => {
    await expect(superviseEngine({ entry: join(temporaryFolder('entry'), 'no-engine.ts') })).rejects.toThrow(
      'the engine’s process ended with code 1 before it was ready',
    );
  });
});

describe('behind a tunnel or a proxy', () => {
  it('answers to the addresses that were named, each with a cookie of its own, and to no others', async () => {
    const loopback = await startLoopback({ forwardedPorts: [9000], origins: ['https://app.example'] });
    const { server } = loopback;
    const signIn = async (host: string) => {
      const { status, cookies } = await get(server.port, pathOf(server.link(60_000)), { host });
      return [status, cookies[0]?.replace(/=[\w-]{43};/, '=…;') ?? null];
    };
    const tunnel = await signIn('localhost:9000');
    const proxy = await signIn('app.example');
    const other = await signIn('app.example:8080');
    const signedIn = await get(server.port, pathOf(server.link(60_000)), { host: '127.0.0.1:9000' });
    const cookie = signedIn.cookies[0]!.split(';', 1)[0]!;
    const socket = (host: string, origin: string) => socketStatus(server.port, { host, origin, cookie });
    expect({
      origin: server.origin,
      tunnel,
      proxy,
      other,
      socket: await socket('127.0.0.1:9000', 'http://127.0.0.1:9000'),
      mixed: await socket('127.0.0.1:9000', 'https://app.example'),
    }).toEqual({
      origin: 'https://app.example',
      tunnel: [303, 'userferry-9000=…; Path=/; HttpOnly; SameSite=Strict'],
      proxy: [303, 'userferry-443=…; Path=/; HttpOnly; SameSite=Strict; Secure'],
      other: [421, null],
      socket: 101,
      mixed: 403,
    });
    await loopback.close();
  });
});
