import { MessageChannel } from 'node:worker_threads';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type EngineProcess, startEngineProcess } from '#hosts/engine/start-engine-process.ts';
import type { Frame } from '#hosts/engine/channel.ts';
import { type Connection, type ConnectionStatus, createConnection } from '#renderer/api/client.ts';
import { isDisconnected } from '#renderer/api/disconnected.ts';
import { type EnginePort, portDial } from '#renderer/api/port-dial.ts';
import { type Socket, socketDial } from '#renderer/api/socket-dial.ts';
import { get, type Loopback, startLoopback } from '#test/loopback.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

let project = '';
const open: { close(): unknown }[] = [];

beforeAll(async () => {
  project = await sqliteSampleProject(join(temporaryFolder('connection'), 'acme'), { users: 2_000 });
});
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});

function closedLater<T extends { close(): unknown }>(one: T): T {
  open.push(one);
  return one;
}

/** As a page in a browser that is signed in, or that is not. */
function pageOf(loopback: Loopback, cookie: string): Connection {
  const { port } = loopback.server;
  const origin = `http://127.0.0.1:${port}`;
  return closedLater(
    createConnection(
      socketDial({
        openSocket: (path) =>
          new WebSocket(`ws://127.0.0.1:${port}${path}`, {
            headers: { cookie, origin },
          } as unknown as string[]) as unknown as Socket,
        statusOf: async (path) => (await get(port, path, { cookie })).status,
      }),
    ),
  );
}

function until(connection: Connection, state: ConnectionStatus['state']): Promise<ConnectionStatus> {
  return new Promise((resolve) => {
    const look = () => {
      const status = connection.status.get();
      if (status.state !== state) return;
      forget();
      resolve(status);
    };
    const forget = connection.status.subscribe(look);
    look();
  });
}

/** The states that a connection goes through, each once. */
function statesOf(connection: Connection): string[] {
  const states: string[] = [connection.status.get().state];
  connection.status.subscribe(() => {
    const { state } = connection.status.get();
    if (states.at(-1) !== state) states.push(state);
  });
  return states;
}

const wrong = (promise: Promise<unknown>) =>
  promise.then(
    () => 'answered',
    (error: unknown) => (isDisconnected(error) ? error.kind : error),
  );

describe('over the loopback server', () => {
  it('answers calls, streams and faults', async () => {
    const loopback = closedLater(await startLoopback());
    const { client, status } = pageOf(loopback, await loopback.signIn());
    const { id } = await client.trials.start({ project, kind: 'bulk' });
    let last = '';
    for await (const progress of await client.trials.watch({ project, trial: id })) last = progress.status;
    const fault = await client.projects.check({ project: '/nowhere' }).catch((error: unknown) => error);
    expect({ last, fault, status: status.get() }).toMatchObject({
      last: 'finished',
      fault: { code: 'FAULT', data: { kind: 'project-missing' } },
      status: { state: 'open' },
    });
  });

  it('comes back when the engine died: calls and streams end, new ones wait and are answered', async () => {
    const loopback = closedLater(await startLoopback());
    const connection = pageOf(loopback, await loopback.signIn());
    const { client } = connection;
    await until(connection, 'open');
    const states = statesOf(connection);
    const { id } = await client.trials.start({
      project,
      kind: 'lazy',
      depth: 'profiles',
      container: 'fresh',
    });
    const stream = await client.trials.watch({ project, trial: id });
    const first = await stream.next();
    const reading = wrong(
      (async () => {
        for await (const progress of stream) void progress;
      })(),
    );
    const called = wrong(client.trials.start({ project: join(project, 'x'), kind: 'bulk' }));
    process.kill(await loopback.enginePid(), 'SIGKILL');
    const ended = [await reading, await called];
    const { node } = await client.reference.versions({});
    const { status } = await client.trials.show({ project, trial: id });
    expect({ first: first.value, reading: ended[0], node, status, states }).toMatchObject({
      first: { status: 'running' },
      reading: 'disconnected',
      node: process.version,
      status: 'interrupted',
      states: ['open', 'reconnecting', 'open'],
    });
  });

  it('tells a stream that nobody was reading when the connection broke', async () => {
    const loopback = closedLater(await startLoopback());
    const connection = pageOf(loopback, await loopback.signIn());
    const { id } = await connection.client.trials.start({ project, kind: 'lazy', depth: 'profiles' });
    const stream = await connection.client.trials.watch({ project, trial: id });
    await stream.next();
    process.kill(await loopback.enginePid(), 'SIGKILL');
    await until(connection, 'reconnecting');
    expect(await wrong(stream.next())).toBe('disconnected');
  });

  it('ends the engine’s streams when the page goes, and nobody else’s', async () => {
    const loopback = closedLater(await startLoopback());
    const cookie = await loopback.signIn();
    const [leaving, staying] = [pageOf(loopback, cookie), pageOf(loopback, cookie)];
    const { id } = await leaving.client.trials.start({ project, kind: 'bulk' });
    const stream = await leaving.client.trials.watch({ project, trial: id });
    const watched = await staying.client.trials.watch({ project, trial: id });
    leaving.close();
    let last = '';
    for await (const progress of watched) last = progress.status;
    expect({
      left: await wrong(stream.next()),
      later: await wrong(leaving.client.reference.versions({})),
      status: leaving.status.get(),
      last,
    }).toEqual({
      left: 'disconnected',
      later: 'disconnected',
      status: { state: 'closed', reason: 'closed' },
      last: 'finished',
    });
  });

  it('is closed for good, with the reason, when the server stops or does not know the browser', async () => {
    const loopback = await startLoopback();
    const known = pageOf(loopback, await loopback.signIn());
    const unknown = pageOf(loopback, 'userferry-1=x');
    const refused = await until(unknown, 'closed');
    await until(known, 'open');
    await loopback.close();
    expect([refused, await until(known, 'closed')]).toEqual([
      { state: 'closed', reason: 'signed-out' },
      { state: 'closed', reason: 'server-stopped' },
    ]);
  });

  it('does not wait for a call that is called off', async () => {
    const connection = closedLater(
      createConnection(() => ({ send: () => undefined, close: () => undefined })),
    );
    const off = new AbortController();
    const call = connection.client.reference.versions({}, { signal: off.signal });
    off.abort();
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('goes on trying while nobody answers, and at once when asked', async () => {
    const loopback = await startLoopback();
    const { port } = loopback.server;
    const cookie = await loopback.signIn();
    const connection = pageOf(loopback, cookie);
    await until(connection, 'open');
    // Like a tunnel that breaks: no word of the server's end comes through.
    const tried: number[] = [];
    const waiting = closedLater(
      createConnection(
        socketDial({
          openSocket: () => {
            tried.push(tried.length);
            return new WebSocket('ws://127.0.0.1:1/engine');
          },
          statusOf: async (path) => (await get(tried.length > 2 ? port : 1, path, { cookie })).status,
        }),
      ),
    );
    await new Promise<void>((resolve) => {
      waiting.status.subscribe(() => {
        const status = waiting.status.get();
        if (status.state === 'connecting' && status.retryAtMs !== null && tried.length < 4) waiting.retry();
        if (tried.length === 4) resolve();
      });
    });
    expect([tried.length, waiting.status.get().state]).toEqual([4, 'connecting']);
    await loopback.close();
  });
});

describe('over a port of the desktop shell', () => {
  /** What the shell does: frames go back and forth unchanged, and the port closes with the engine. */
  function bridgeTo(engine: () => Promise<EngineProcess>) {
    return {
      async connectEngine(): Promise<EnginePort> {
        const { port1, port2 } = new MessageChannel();
        const connection = (await engine()).connect({
          frame: (frame) => port1.postMessage(frame),
          ended: () => port1.close(),
        });
        port1.on('message', (frame: Frame) => connection.send(frame));
        port1.on('close', () => connection.close());
        return port2;
      },
    };
  }

  it('answers calls and streams, and asks for a new port when the engine was replaced', async () => {
    let engine = await startEngineProcess();
    const connection = closedLater(createConnection(portDial(bridgeTo(async () => engine))));
    const states = statesOf(connection);
    const before = await connection.client.reference.versions({});
    const { id } = await connection.client.trials.start({ project, kind: 'bulk' });
    let last = '';
    for await (const progress of await connection.client.trials.watch({ project, trial: id })) {
      last = progress.status;
    }
    const old = engine;
    engine = closedLater(await startEngineProcess());
    old.kill();
    await until(connection, 'reconnecting');
    const after = await connection.client.reference.versions({});
    expect({ same: after, last, states }).toEqual({
      same: before,
      last: 'finished',
      states: ['connecting', 'open', 'reconnecting', 'open'],
    });
  });
});
