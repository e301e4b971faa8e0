import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { get, type Loopback, raw, rawStatus, startLoopback } from '#test/loopback.ts';

let loopback: Loopback;
let port = 0;
let cookie = '';

beforeAll(async () => {
  loopback = await startLoopback();
  port = loopback.server.port;
  cookie = await loopback.signIn();
});
afterAll(() => loopback.close());

describe('requests of another kind', () => {
  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    '%s is refused',
    async (method) => {
      const text = `${method} / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: ${cookie}\r\n\r\n`;
      expect(await rawStatus(port, text)).toBe('HTTP/1.1 405 Method Not Allowed');
    },
  );

  it('CONNECT is hung up on', async () => {
    expect(await raw(port, `CONNECT evil.example:443 HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)).toBe('');
  });

  const head = () => `Host: 127.0.0.1:${port}\r\nCookie: ${cookie}\r\n`;
  it.each([
    ['two lengths', () => `GET / HTTP/1.1\r\n${head()}Content-Length: 0\r\nContent-Length: 44\r\n\r\n`],
    [
      'a length and chunks',
      () => `POST / HTTP/1.1\r\n${head()}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['an unknown coding', () => `POST / HTTP/1.1\r\n${head()}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
    ['a bare line feed', () => `GET / HTTP/1.1\nHost: 127.0.0.1:${port}\nX: y\n\n`],
    ['a space before the colon', () => `GET / HTTP/1.1\r\n${head()}Content-Length : 44\r\n\r\n`],
    ['a folded header', () => `GET / HTTP/1.1\r\n${head()}X: a\r\n b\r\n\r\n`],
    ['a return in a header', () => `GET / HTTP/1.1\r\n${head()}X: a\rHost: evil.example\r\n\r\n`],
    ['a null in a header', () => `GET / HTTP/1.1\r\n${head()}X: a\0b\r\n\r\n`],
    ['no HTTP', () => `\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n`],
    ['HTTP 2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ])('smuggling by %s is refused, and the line is cut', async (_what, text) => {
    const hidden = `GET /assets/app-1a2b.js HTTP/1.1\r\n${head()}\r\n`;
    const answer = await raw(port, text() + hidden);
    expect({
      refused: answer === '' || /^HTTP\/1\.1 40[05] /.test(answer),
      answers: answer.split('HTTP/1.1 ').length - 1 <= 1,
      hidden: answer.includes('globalThis'),
    }).toEqual({ refused: true, answers: true, hidden: false });
  });

  it('too many headers, or too long ones, are refused', async () => {
    const long = await rawStatus(port, `GET / HTTP/1.1\r\n${head()}X: ${'a'.repeat(20_000)}\r\n\r\n`);
    expect(long).toBe('HTTP/1.1 431 Request Header Fields Too Large');
  });
});

describe('connections that take their time', () => {
  it('are cut: half a request, a drip of one, and silence', { timeout: 60_000 }, async () => {
    const half = raw(port, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX`);
    const silent = raw(port, '');
    const drip = new Promise<number>((resolve) => {
      let sent = 0;
      const socket = connect(port, '127.0.0.1', () => {
        const timer = setInterval(() => socket.write(`X-${(sent += 1)}: y\r\n`), 200);
        socket.on('close', () => {
          clearInterval(timer);
          resolve(sent);
        });
      });
      socket.on('error', () => undefined);
      socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`);
      socket.resume();
    });
    expect({
      half: (await half).split('\r\n', 1)[0],
      silent: /^(?:HTTP\/1\.1 408 [^]*)?$/.test(await silent),
      dripped: (await drip) > 0,
    }).toEqual({ half: 'HTTP/1.1 408 Request Timeout', silent: true, dripped: true });
  });

  it('do not keep others out', async () => {
    const sockets = Array.from({ length: 200 }, () => connect(port, '127.0.0.1'));
    for (const socket of sockets) socket.on('error', () => undefined);
    await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
    const { status } = await get(port, '/', { cookie });
    for (const socket of sockets) socket.destroy();
    expect(status).toBe(200);
  });
});

it('listens on this machine’s loopback address and nowhere else', async () => {
  const reach = (host: string) =>
    new Promise<string>((resolve) => {
      const socket = connect(port, host, () => resolve('reached'));
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'failed'));
      socket.on('close', () => socket.destroy());
    });
  const others = Object.values(networkInterfaces())
    .flatMap((one) => one ?? [])
    .filter(({ address, family }) => family === 'IPv4' && address !== '127.0.0.1')
    .map(({ address }) => address);
  const tried = ['127.0.0.1', '127.0.0.2', ...others];
  expect(await Promise.all(tried.map(reach))).toEqual([
    'reached',
    ...tried.slice(1).map(() => 'ECONNREFUSED'),
  ]);
});
