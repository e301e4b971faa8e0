import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Loopback, startLoopback } from '#test/loopback.ts';

let loopback: Loopback;
let cookie = '';

beforeAll(async () => {
  loopback = await startLoopback();
  cookie = await loopback.signIn();
});
afterAll(() => loopback.close());

async function open(): Promise<WebSocket> {
  const { port } = loopback.server;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/engine`, {
    headers: { cookie, origin: `http://127.0.0.1:${port}` },
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return socket;
}

function closeCode(socket: WebSocket): Promise<number> {
  socket.on('error', () => undefined);
  return new Promise((resolve) => socket.once('close', resolve));
}

/** A call of the RPC library as it goes over the wire, and what comes back to its id. */
function call(socket: WebSocket, id: string, path: string, input: unknown): Promise<unknown> {
  const answer = new Promise<unknown>((resolve) => {
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString('utf8')) as { readonly i: string };
      if (message.i === id) resolve(message);
    });
  });
  socket.send(JSON.stringify({ i: id, p: { u: path, b: { json: input } } }));
  return answer;
}

const versionsOf = (socket: WebSocket, id: string) => call(socket, id, '/reference/versions', {});
const answered = { p: { b: { json: { node: process.version } } } };

describe('frames that no client of ours sends', () => {
  it.each([
    ['no JSON', 'hello'],
    ['half a JSON', '{"i":"1","p":{"u":"/reference/ver'],
    ['nothing', ''],
    ['null', 'null'],
    ['a number', '4711'],
    ['no payload', '{"i":"1"}'],
    ['no address', '{"i":"1","p":{}}'],
    ['an address that is none', '{"i":"1","p":{"u":"http://["}}'],
    ['bytes', Buffer.from([0xff, 0x00, 0xff])],
    ['bytes without text', Buffer.alloc(1024, 0xff)],
  ])('end the connection, and only that one: %s', async (_what, frame) => {
    const [bad, good] = await Promise.all([open(), open()]);
    const code = closeCode(bad);
    bad.send(frame);
    expect(await code).toBe(4004);
    expect(await versionsOf(good, '1')).toMatchObject(answered);
    good.close();
  });

  it.each([
    ['too large', 1009, (socket: WebSocket) => socket.send('a'.repeat(8 * 1024 * 1024 + 1))],
    [
      'text that is none',
      1007,
      (socket: WebSocket) => rawSocket(socket).write(Buffer.from([0x81, 0x81, 0, 0, 0, 0, 0xff])),
    ],
    ['not masked', 1002, (socket: WebSocket) => rawSocket(socket).write(Buffer.from([0x81, 0x01, 0x41]))],
    [
      'of an unknown kind',
      1002,
      (socket: WebSocket) => rawSocket(socket).write(Buffer.from([0x83, 0x80, 0, 0, 0, 0])),
    ],
    [
      'compressed without leave',
      1002,
      (socket: WebSocket) => rawSocket(socket).write(Buffer.from([0xc1, 0x80, 0, 0, 0, 0])),
    ],
  ])('against the protocol end it too: %s', async (_what, expected, send) => {
    const [bad, good] = await Promise.all([open(), open()]);
    const code = closeCode(bad);
    send(bad);
    expect(await code).toBe(expected);
    expect(await versionsOf(good, '1')).toMatchObject(answered);
    good.close();
  });

  it('are refused by the contract where they are frames but no calls of it', async () => {
    const socket = await open();
    const pid = await loopback.enginePid();
    const answers = await Promise.all([
      call(socket, '1', '/no/such/thing', {}),
      call(socket, '2', '/projects/check', { project: 7 }),
      call(socket, '3', '/projects/check', { project: '/nowhere', extra: true }),
      call(socket, '4', '/__proto__/constructor', {}),
      call(socket, '5', '/../reference/versions', {}),
      call(socket, '6', 'http://evil.example/reference/explain', JSON.parse('{"__proto__":{"code":"x"}}')),
    ]);
    const statuses = answers.map((answer) => (answer as { readonly p: { readonly s?: number } }).p.s ?? 200);
    expect(statuses).toEqual([404, 400, 400, 404, 200, 400]);
    expect([await versionsOf(socket, '7'), await loopback.enginePid()]).toMatchObject([answered, pid]);
    socket.close();
  });
});

function rawSocket(socket: WebSocket): { write(bytes: Buffer): void } {
  return (socket as unknown as { readonly _socket: { write(bytes: Buffer): void } })._socket;
}

describe('connections', () => {
  it('answer each their own calls under the same numbers', async () => {
    const sockets = await Promise.all([open(), open(), open()]);
    const codes = ['legacy.unreadable-row', 'nothing.like-that', 'legacy.dump-not-utf8'];
    const answers = await Promise.all(
      sockets.map((socket, index) => call(socket, '1', '/reference/explain', { code: codes[index] })),
    );
    for (const socket of sockets) socket.close();
    expect(answers).toMatchObject([
      { p: { b: { json: { code: codes[0] } } } },
      { p: { b: { json: null } } },
      { p: { b: { json: { code: codes[2] } } } },
    ]);
  });

  it('keep the order of calls under load, and lose none, though the reader pauses', async () => {
    const socket = await open();
    const seen: number[] = [];
    const all = new Promise<void>((resolve) => {
      socket.on('message', (data: Buffer) => {
        seen.push(Number((JSON.parse(data.toString('utf8')) as { readonly i: string }).i));
        if (seen.length === 400) resolve();
      });
    });
    socket.pause();
    // Every answer is the whole catalog: 50 MB together, while streams and answers wait from 4 MB on.
    for (let id = 1; id <= 400; id += 1) {
      socket.send(JSON.stringify({ i: String(id), p: { u: '/reference/codes', b: { json: {} } } }));
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    socket.resume();
    await all;
    expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 400 }, (_, index) => index + 1));
    socket.close();
  });
});
