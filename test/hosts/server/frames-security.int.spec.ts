import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Loopback, socketStatus, startLoopback } from '#test/loopback.ts';

const MEGABYTE = 1024 * 1024;
let loopback: Loopback;
let cookie = '';
let engine = 0;

beforeAll(async () => {
  loopback = await startLoopback();
  cookie = await loopback.signIn();
  engine = await loopback.enginePid();
});
// Whatever was sent, another page is answered, and by the same engine.
afterEach(async () => {
  const socket = await open();
  expect(await call(socket, '1', '/reference/versions', {})).toMatchObject({ node: process.version });
  socket.terminate();
  expect(await loopback.enginePid()).toBe(engine);
});
afterAll(() => loopback.close());

async function open(): Promise<WebSocket> {
  const { port } = loopback.server;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/engine`, {
    headers: { cookie, origin: `http://127.0.0.1:${port}` },
    maxPayload: 512 * MEGABYTE,
  });
  socket.on('error', () => undefined);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return socket;
}

const closeCode = (socket: WebSocket): Promise<number> =>
  new Promise((resolve) => socket.once('close', (code: number) => resolve(code)));

interface Message {
  readonly i: string;
  readonly p?: { readonly s?: number; readonly b?: { readonly json?: unknown } };
}

function reply(socket: WebSocket, id: string): Promise<Message> {
  return new Promise((resolve) => {
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString('utf8')) as Message;
      if (message.i === id) resolve(message);
    });
  });
}

async function call(socket: WebSocket, id: string, path: string, input: unknown): Promise<unknown> {
  const answer = reply(socket, id);
  socket.send(JSON.stringify({ i: id, p: { u: path, b: { json: input } } }));
  return (await answer).p?.b?.json;
}

/** One frame by hand: first byte, masked payload; the length may be a lie. */
function frame(first: number, payload: Buffer, length = payload.length): Buffer {
  const head =
    length < 126
      ? Buffer.from([first, 0x80 | length])
      : length < 65_536
        ? Buffer.from([first, 0x80 | 126, length >> 8, length & 0xff])
        : Buffer.concat([Buffer.from([first, 0x80 | 127]), bigEndian(BigInt(length))]);
  const mask = randomBytes(4);
  return Buffer.concat([head, mask, payload.map((byte, index) => byte ^ mask[index % 4]!)]);
}

function bigEndian(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
}

const rawOf = (socket: WebSocket) =>
  (socket as unknown as { readonly _socket: { write(bytes: Buffer): boolean } })._socket;

const FIN = 0x80;
const TEXT = 0x1;
const CLOSE = 0x8;
const PING = 0x9;
const COMPRESSED = 0x40;

describe('frames by hand', () => {
  it.each<readonly [string, number, readonly Buffer[]]>([
    ['larger than the limit by its own word', 1009, [frame(FIN | TEXT, Buffer.alloc(10), 8 * MEGABYTE + 1)]],
    [
      'of four exabytes',
      1009,
      [Buffer.concat([Buffer.from([FIN | TEXT, 0xff]), bigEndian(2n ** 62n), Buffer.alloc(4)])],
    ],
    [
      'of a length with a sign',
      1009,
      [Buffer.concat([Buffer.from([FIN | TEXT, 0xff]), bigEndian(2n ** 63n + 5n), Buffer.alloc(4)])],
    ],
    [
      'larger than the limit together, in pieces that are not',
      1009,
      [
        frame(TEXT, Buffer.alloc(4 * MEGABYTE, 0x61)),
        frame(0, Buffer.alloc(4 * MEGABYTE, 0x61)),
        frame(FIN, Buffer.alloc(2, 0x61)),
      ],
    ],
    ['that go on without a beginning', 1002, [frame(FIN, Buffer.from('x'))]],
    [
      'that begin anew within one',
      1002,
      [frame(TEXT, Buffer.from('{')), frame(FIN | TEXT, Buffer.from('}'))],
    ],
    ['with a ping in pieces', 1002, [frame(PING, Buffer.from('x'))]],
    ['with a ping of 126 bytes', 1002, [frame(FIN | PING, Buffer.alloc(126))]],
    ['with a mark that nobody agreed on', 1002, [frame(FIN | 0x10 | TEXT, Buffer.from('x'))]],
    ['with all marks at once', 1002, [frame(FIN | 0x70 | TEXT, Buffer.from('x'))]],
    ['of a reserved kind', 1002, [frame(FIN | 0x7, Buffer.from('x'))]],
    ['of a reserved kind of control', 1002, [frame(FIN | 0xf, Buffer.from('x'))]],
    [
      'that were compressed without leave: a bomb',
      1002,
      [frame(FIN | COMPRESSED | TEXT, deflateRawSync(Buffer.alloc(64 * MEGABYTE)))],
    ],
    [
      'that go on compressed',
      1002,
      [frame(TEXT, Buffer.from('{')), frame(FIN | COMPRESSED, Buffer.from('}'))],
    ],
    ['that are no UTF-8', 1007, [frame(FIN | TEXT, Buffer.from([0xed, 0xa0, 0x80]))]],
    [
      'that are no UTF-8 once they are put together',
      1007,
      [frame(TEXT, Buffer.from([0xf0, 0x9f])), frame(FIN, Buffer.from([0x41]))],
    ],
    ['that end in half a character', 1007, [frame(FIN | TEXT, Buffer.from([0x7b, 0xf0, 0x9f]))]],
    ['that are not masked', 1002, [Buffer.from([FIN | TEXT, 0x02, 0x7b, 0x7d])]],
    ['that say goodbye with half a code', 1002, [frame(FIN | CLOSE, Buffer.from([3]))]],
    ['that say goodbye with a code of nobody', 1002, [frame(FIN | CLOSE, Buffer.from([0, 5]))]],
    ['that say goodbye in no UTF-8', 1007, [frame(FIN | CLOSE, Buffer.from([3, 232, 0xff]))]],
    ['of HTTP', 1002, [Buffer.from('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')]],
    ['of nothing but 255', 1002, [Buffer.alloc(4_096, 0xff)]],
  ])('end their own connection: %s', async (_what, expected, frames) => {
    const socket = await open();
    const code = closeCode(socket);
    for (const bytes of frames) rawOf(socket).write(bytes);
    expect(await code).toBe(expected);
  });

  it('that are wrongly masked are no calls', async () => {
    const socket = await open();
    const code = closeCode(socket);
    const right = frame(FIN | TEXT, Buffer.from('{"i":"1","p":{"u":"/reference/versions","b":{"json":{}}}}'));
    right[3]! ^= 0x01;
    rawOf(socket).write(right);
    // Either no UTF-8 any more, or no JSON.
    expect([1007, 4004]).toContain(await code);
  });

  it('that are never finished hold nobody up, by the dozen', async () => {
    const sockets = await Promise.all(Array.from({ length: 30 }, open));
    for (const socket of sockets) rawOf(socket).write(frame(FIN | TEXT, Buffer.alloc(1_000), 8 * MEGABYTE));
    const other = await open();
    const versions = await call(other, '1', '/reference/versions', {});
    for (const socket of [...sockets, other]) socket.terminate();
    expect(versions).toMatchObject({ node: process.version });
  });

  it('of pings by the ten thousand are answered or cut, and hold nobody up', async () => {
    const [noisy, quiet] = await Promise.all([open(), open()]);
    let pongs = 0;
    noisy.on('pong', () => (pongs += 1));
    rawOf(noisy).write(
      Buffer.concat(Array.from({ length: 10_000 }, () => frame(FIN | PING, Buffer.from('x')))),
    );
    const versions = await call(quiet, '1', '/reference/versions', {});
    await expect.poll(() => pongs === 10_000 || noisy.readyState === WebSocket.CLOSED).toBe(true);
    for (const socket of [noisy, quiet]) socket.terminate();
    expect(versions).toMatchObject({ node: process.version });
  });

  it('of one call in a thousand pieces are that call', async () => {
    const socket = await open();
    const text = JSON.stringify({ i: '7', p: { u: '/reference/versions', b: { json: {} } } }).padEnd(1_000);
    const answer = reply(socket, '7');
    const pieces = Array.from(text).map((sign, index) =>
      frame((index === 0 ? TEXT : 0) | (index === 999 ? FIN : 0), Buffer.from(sign)),
    );
    rawOf(socket).write(Buffer.concat(pieces));
    expect((await answer).p?.b?.json).toMatchObject({ node: process.version });
    socket.terminate();
  });
});

describe('requests to become a WebSocket', () => {
  it.each<readonly [string, Record<string, string>]>([
    ['without a key', { 'sec-websocket-key': '' }],
    ['with a key that is none', { 'sec-websocket-key': 'short' }],
    ['of a version to come', { 'sec-websocket-version': '99' }],
    ['of no version', { 'sec-websocket-version': '' }],
    ['to become something else', { upgrade: 'h2c' }],
    ['with extensions that cannot be read', { 'sec-websocket-extensions': ',;=,,permessage-deflate;;' }],
    ['with a protocol that cannot be read', { 'sec-websocket-protocol': ',,\u007f' }],
  ])('are refused: %s', async (_what, headers) => {
    const { port } = loopback.server;
    const status = await socketStatus(port, { cookie, origin: `http://127.0.0.1:${port}`, ...headers }).catch(
      () => 400,
    );
    // What is left out is left out: no extension is ever agreed on.
    expect(status === 101 ? 'sec-websocket-extensions' in headers : status >= 400).toBe(true);
  });

  it('do not get compression, however they ask', async () => {
    const { port } = loopback.server;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/engine`, {
      headers: { cookie, origin: `http://127.0.0.1:${port}` },
      perMessageDeflate: true,
    });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    expect(socket.extensions).toBe('');
    socket.terminate();
  });
});

describe('calls that are too much', () => {
  const lists = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  /** Inputs as text, since what builds them must not trip over them itself. */
  const inputs: readonly (readonly [string, string, string])[] = [
    ['lists in lists', '/projects/check', `{"project":${lists(100_000)}}`],
    ['objects in objects', '/projects/check', `{"project":${objects(100_000)}}`],
    [
      'lists in lists where any JSON is taken',
      '/settings/change',
      `{"project":"/nowhere","checksum":null,"changes":[{"path":["a"],"to":${lists(100_000)}}]}`,
    ],
    [
      'objects in objects where any JSON is taken',
      '/settings/change',
      `{"project":"/nowhere","checksum":null,"changes":[{"path":["a"],"to":${objects(100_000)}}]}`,
    ],
    ['a key of the language', '/projects/check', '{"project":"/nowhere","__proto__":{"isAdmin":true}}'],
    [
      'a constructor',
      '/projects/check',
      '{"project":"/nowhere","constructor":{"prototype":{"isAdmin":true}}}',
    ],
    ['the same key twice', '/projects/check', '{"project":7,"project":["a"]}'],
    [
      'a hundred thousand keys',
      '/projects/check',
      `{${Array.from({ length: 100_000 }, (_, index) => `"k${index}":1`).join(',')}}`,
    ],
    ['a text of seven megabytes', '/projects/check', `{"project":"${'a'.repeat(7 * MEGABYTE)}"}`],
    ['a null character in a path', '/projects/check', '{"project":"/tmp/\\u0000/etc/passwd"}'],
    ['half a character', '/projects/check', '{"project":"\\ud800"}'],
    [
      'a number beyond all numbers',
      '/trials/users',
      '{"project":"/nowhere","trial":"a","phase":"bulk","filter":{},"after":-1e999,"limit":1e999}',
    ],
    ['a list for an object', '/projects/check', '[]'],
    ['null', '/projects/check', 'null'],
    [
      'metadata of the library',
      '/projects/check',
      '{"project":"/nowhere"},"meta":[[1,"__proto__"],[5,"project"]]',
    ],
  ];
  it.each(inputs)('are answered with a refusal: %s', async (what, path, input) => {
    const expected = / in /.test(what) && !what.startsWith('a ') ? 'closed 4004' : /^fault|^status 400$/;
    const socket = await open();
    const ended = closeCode(socket).then((code) => `closed ${code}`);
    const answer = reply(socket, '1').then(({ p }) =>
      (p?.b?.json as { readonly code?: string } | undefined)?.code === 'FAULT'
        ? 'fault'
        : `status ${p?.s ?? 200}`,
    );
    socket.send(`{"i":"1","p":{"u":"${path}","b":{"json":${input}}}}`);
    const got = await Promise.race([ended, answer]);
    socket.terminate();
    expect(got).toMatch(expected);
  });

  it.each([
    ['an id of the language', '{"i":"__proto__","p":{"u":"/reference/versions","b":{"json":{}}}}'],
    [
      'an id of a megabyte',
      `{"i":"${'a'.repeat(MEGABYTE)}","p":{"u":"/reference/versions","b":{"json":{}}}}`,
    ],
    ['an address of a megabyte', `{"i":"1","p":{"u":"/${'a/'.repeat(MEGABYTE / 2)}","b":{"json":{}}}}`],
    ['the end of a call that never was', '{"i":"99","t":4,"p":null}'],
    ['an event of a call that never was', '{"i":"99","t":3,"p":{"e":"message","d":{}}}'],
    ['a kind that is none', '{"i":"99","t":77,"p":{}}'],
    [
      'headers',
      '{"i":"1","p":{"u":"/reference/versions","h":{"__proto__":"x","content-type":"multipart/form-data; boundary=x"},"b":"x"}}',
    ],
    ['another method', '{"i":"1","p":{"u":"/reference/versions","m":"DELETE\\r\\nX: y","b":{"json":{}}}}'],
    [
      'a stream for an input',
      '{"i":"1","p":{"u":"/reference/versions","h":{"content-type":"text/event-stream"}}}',
    ],
  ])('harm nobody but themselves: %s', async (_what, text) => {
    const socket = await open();
    socket.send(text);
    const other = await open();
    const versions = await call(other, '2', '/reference/versions', {});
    socket.terminate();
    other.terminate();
    expect(versions).toMatchObject({ node: process.version });
  });

  it('by the thousand under one id, and by a page that leaves at once', async () => {
    const socket = await open();
    for (let count = 0; count < 2_000; count += 1) {
      socket.send('{"i":"1","p":{"u":"/reference/explain","b":{"json":{"code":"legacy.unreadable-row"}}}}');
    }
    socket.terminate();
    const other = await open();
    expect(await call(other, '1', '/reference/explain', { code: 'x.y' })).toBe(null);
    other.terminate();
  });

  it('are taken from 64 pages at once, and no more', async () => {
    const sockets = await Promise.all(Array.from({ length: 64 }, open));
    const { port } = loopback.server;
    const full = await socketStatus(port, { cookie, origin: `http://127.0.0.1:${port}` });
    for (const socket of sockets) socket.terminate();
    await expect.poll(() => socketStatus(port, { cookie, origin: `http://127.0.0.1:${port}` })).toBe(101);
    expect(full).toBe(503);
  });
});
