import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { get, type Loopback, pathOf, raw, socketStatus, startLoopback } from '#test/loopback.ts';

let loopback: Loopback;
let port = 0;
let own = '';
let cookie = '';

beforeAll(async () => {
  loopback = await startLoopback();
  port = loopback.server.port;
  own = `http://127.0.0.1:${port}`;
  cookie = await loopback.signIn();
});
// Whatever was sent, the next proper request is answered as ever.
afterEach(async () => {
  const { status, body } = await get(port, '/', { cookie });
  expect([status, body]).toEqual([200, '<!doctype html><title>Userferry</title><p>the page']);
});
afterAll(() => loopback.close());

/** Status of a request written out by hand; "cut" where there was no answer. */
async function statusOf(text: string): Promise<string> {
  return /^HTTP\/1\.1 (\d{3}) /.exec(await raw(port, text))?.[1] ?? 'cut';
}

describe('other spellings of this machine as Host', () => {
  it.each([
    '127.1:PORT',
    '127.0.1:PORT',
    '127.0.0.1.:PORT',
    '0177.0.0.1:PORT',
    '0x7f.0.0.1:PORT',
    '0x7f000001:PORT',
    '017700000001:PORT',
    '127.0.0.2:PORT',
    '127.000.000.001:PORT',
    '127.0.0.1:0PORT',
    '127.0.0.1:+PORT',
    '127.0.0.1:',
    '127.0.0.1:OVER',
    '127.0.0.1:PORT:PORT',
    '127.0.0.1:PORT.evil.example',
    '127.0.0.1:PORT/',
    '127.0.0.1:PORT, evil.example',
    '127.0.0.1:PORT evil.example',
    'evil.example, 127.0.0.1:PORT',
    'user@127.0.0.1:PORT',
    '[::1]',
    '[::]:PORT',
    '[0:0:0:0:0:0:0:1]:PORT',
    '[::ffff:127.0.0.1]:PORT',
    '[::ffff:7f00:1]:PORT',
    '::1:PORT',
    'localhost',
    'localhost..:PORT',
    'localhost.localdomain:PORT',
    'xlocalhost:PORT',
    'localhost%00.evil.example:PORT',
    'http://127.0.0.1:PORT',
    '\uff11\uff12\uff17.0.0.1:PORT',
    'l\u014dcalhost:PORT',
    '0:PORT',
    '*',
  ])('is not taken for ours: %s', async (name) => {
    const host = name.replaceAll('PORT', String(port)).replaceAll('OVER', String(port + 65_536));
    const head = `Host: ${host}\r\nCookie: ${cookie}\r\nConnection: close\r\n`;
    const socket = `Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nOrigin: http://${host}\r\n`;
    const statuses = await Promise.all([
      statusOf(`GET / HTTP/1.1\r\n${head}\r\n`),
      statusOf(`GET /login?token=x HTTP/1.1\r\n${head}\r\n`),
      statusOf(`GET /engine HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n${socket}\r\n`),
    ]);
    expect(statuses.every((status) => status === '421' || status === '400')).toBe(true);
  });

  it('is not taken for ours where it is empty, blank, too old or after two thousand others', async () => {
    const flood = Array.from({ length: 2_500 }, (_, index) => `a${index % 10}:\r\n`).join('');
    expect(
      await Promise.all([
        statusOf(`GET / HTTP/1.1\r\nHost:\r\nCookie: ${cookie}\r\n\r\n`),
        statusOf(`GET / HTTP/1.1\r\nHost:  \t \r\nCookie: ${cookie}\r\n\r\n`),
        statusOf(`GET / HTTP/1.0\r\nCookie: ${cookie}\r\n\r\n`),
        statusOf(`GET / HTTP/0.9\r\n\r\n`),
        statusOf(`GET / HTTP/1.1\r\n${flood}Host: 127.0.0.1:${port}\r\nCookie: ${cookie}\r\n\r\n`),
        statusOf(
          `GET / HTTP/1.1\r\nHost: evil.example\r\n${flood}Host: 127.0.0.1:${port}\r\nCookie: ${cookie}\r\n\r\n`,
        ),
      ]),
    ).toEqual(['421', '421', '400', '400', '431', '431']);
  });
});

describe('other spellings of our own Origin', () => {
  it.each([
    'HTTP://127.0.0.1:PORT',
    'http://127.0.0.1:PORT ,http://evil.example',
    'http://127.0.0.1:PORT http://evil.example',
    'http://evil.example http://127.0.0.1:PORT',
    'http://user@127.0.0.1:PORT',
    'http://127.0.0.1.:PORT',
    'http://127.1:PORT',
    'http://[::1]:PORT',
    'ws://127.0.0.1:PORT',
    'wss://127.0.0.1:PORT',
    'chrome-extension://abcdefghijklmnop',
    'moz-extension://127.0.0.1:PORT',
    'app://userferry',
    'data:',
    'blob:http://127.0.0.1:PORT',
    'about:blank',
    'undefined',
    'http://127.0.0.1:PORT#',
    'http://127.0.0.1:PORT?',
    '//127.0.0.1:PORT',
    '127.0.0.1:PORT',
  ])('is refused: %s', async (name) => {
    const origin = name.replaceAll('PORT', String(port));
    const [page, login, socket] = await Promise.all([
      get(port, '/', { origin, cookie }),
      get(port, pathOf(loopback.server.link(1_000)), { origin }),
      socketStatus(port, { origin, cookie }),
    ]);
    expect([page.status, login.status, login.cookies, socket]).toEqual([403, 403, [], 403]);
  });

  it('is refused where it comes twice', async () => {
    const head = `Host: 127.0.0.1:${port}\r\nCookie: ${cookie}\r\nOrigin: ${own}\r\nOrigin: http://evil.example\r\n`;
    const reversed = `Host: 127.0.0.1:${port}\r\nCookie: ${cookie}\r\nOrigin: http://evil.example\r\nOrigin: ${own}\r\n`;
    const upgrade =
      'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';
    const statuses = await Promise.all(
      [head, reversed].map((text) => statusOf(`GET /engine HTTP/1.1\r\n${text}${upgrade}\r\n`)),
    );
    expect(statuses.filter((status) => status === '101')).toEqual([]);
  });

  it.each(['cross-site', 'same-site'])('does not help a request that the browser calls %s', async (site) => {
    const as = (mode: string, dest: string) =>
      socketStatus(port, {
        origin: own,
        cookie,
        'sec-fetch-site': site,
        'sec-fetch-mode': mode,
        'sec-fetch-dest': dest,
      });
    expect([
      await as('websocket', 'websocket'),
      await as('no-cors', 'empty'),
      await as('cors', 'worker'),
    ]).toEqual([403, 403, 403]);
  });
});

describe('guesses at a link', () => {
  it('get the same answer whatever is right about them, and use nothing up', async () => {
    const link = pathOf(loopback.server.link(60_000));
    const token = new URLSearchParams(link.split('?')[1]).get('token')!;
    const session = cookie.split('=')[1]!;
    const near = [
      token.slice(0, 1),
      token.slice(0, -1),
      `${token}A`,
      `${token}=`,
      ` ${token}`,
      `${token}%00`,
      `${token.slice(0, 20)}${token.slice(21)}`,
      Array.from(token).toReversed().join(''),
      token.repeat(300),
      `${'A'.repeat(42)}${token.at(-1)}`,
      session,
      '__proto__',
      '[object Object]',
      '%ff%fe',
    ];
    const replies = await Promise.all(near.map((guess) => get(port, `/login?token=${encodeURI(guess)}`)));
    const twice = await get(port, `/login?token=x&token=${token}`);
    const answers = replies.map(({ status, body, cookies }) => JSON.stringify([status, body, cookies]));
    expect({
      different: new Set(answers).size,
      statuses: [...new Set(replies.map(({ status }) => status)), twice.status],
      link: (await get(port, link)).status,
      again: (await get(port, link)).status,
    }).toEqual({ different: 1, statuses: [401, 401], link: 303, again: 401 });
  });

  it('by the thousand are all refused, and shut nobody out', { timeout: 60_000 }, async () => {
    const link = pathOf(loopback.server.link(60_000));
    const head = `HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`;
    const lines = (count: number) =>
      Array.from(
        { length: count },
        (_, index) => `GET /login?token=${Buffer.alloc(32, index % 256).toString('base64url')} ${head}\r\n`,
      );
    // Every refusal ends its connection, so that a guess costs a connection.
    const answers = await Promise.all(Array.from({ length: 200 }, () => raw(port, lines(10).join(''))));
    const refused = answers.map((answer) => answer.split('HTTP/1.1 ').length - 1);
    expect({
      most: Math.max(...refused),
      let: answers.filter((answer) => /HTTP\/1\.1 [23]/.test(answer)).length,
      link: (await get(port, link)).status,
    }).toEqual({ most: 1, let: 0, link: 303 });
  });

  it('find no token in headers, in other methods or in the place of the cookie', async () => {
    const link = pathOf(loopback.server.link(60_000));
    const token = new URLSearchParams(link.split('?')[1]).get('token')!;
    const name = cookie.split('=')[0]!;
    const replies = await Promise.all([
      get(port, '/', { authorization: `Bearer ${token}` }),
      get(port, '/', { cookie: `${name}=${token}` }),
      get(port, '/', { referer: `${own}${link}` }),
      get(port, `/?token=${token}`),
      get(port, `/login/?token=${token}`),
      get(port, `/login%3Ftoken=${token}`),
      get(port, '/login', { 'x-original-url': link, 'x-rewrite-url': link }),
    ]);
    expect([replies.map(({ status }) => status), (await get(port, link)).status]).toEqual([
      [401, 401, 401, 401, 401, 404, 401],
      303,
    ]);
  });
});

describe('floods and nonsense', () => {
  const head = () => `Host: 127.0.0.1:${port}\r\nCookie: ${cookie}\r\nConnection: close\r\n`;
  const hidden = () => `GET /assets/app-1a2b.js HTTP/1.1\r\n${head()}\r\n`;

  it.each([
    ['a body with a length', () => `GET / HTTP/1.1\r\n${head()}Content-Length: ${hidden().length}\r\n\r\n`],
    [
      'a body in chunks of no size',
      () => `GET / HTTP/1.1\r\n${head()}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
    ],
    [
      'a chunk larger than memory',
      () => `GET / HTTP/1.1\r\n${head()}Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n`,
    ],
    [
      'a chunk of a negative size',
      () => `GET / HTTP/1.1\r\n${head()}Transfer-Encoding: chunked\r\n\r\n-1\r\n`,
    ],
    [
      'a chunk extension that never ends',
      () => `GET / HTTP/1.1\r\n${head()}Transfer-Encoding: chunked\r\n\r\n1;${'a'.repeat(40_000)}`,
    ],
    [
      'trailers that never end',
      () => `GET / HTTP/1.1\r\n${head()}Transfer-Encoding: chunked\r\n\r\n0\r\n${'a: b\r\n'.repeat(8_000)}`,
    ],
    [
      'a length beyond all numbers',
      () => `GET / HTTP/1.1\r\n${head()}Content-Length: 99999999999999999999\r\n\r\n`,
    ],
    ['a negative length', () => `GET / HTTP/1.1\r\n${head()}Content-Length: -5\r\n\r\n`],
    [
      'an expectation',
      () => `GET / HTTP/1.1\r\n${head()}Expect: 100-continue\r\nContent-Length: 5000000\r\n\r\n`,
    ],
    [
      'another protocol',
      () =>
        `GET / HTTP/1.1\r\n${head()}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n`,
    ],
    ['ten thousand headers', () => `GET / HTTP/1.1\r\n${head()}${'a:b\r\n'.repeat(10_000)}\r\n`],
    ['an address of a megabyte', () => `GET /${'a'.repeat(1_000_000)} HTTP/1.1\r\n${head()}\r\n`],
    [
      'a cookie of a megabyte',
      () => `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: ${'a=b;'.repeat(250_000)}\r\n\r\n`,
    ],
    ['a method nobody knows', () => `HACK / HTTP/1.1\r\n${head()}\r\n`],
    ['a version nobody knows', () => `GET / HTTP/9.9\r\n${head()}\r\n`],
    ['an address of nothing', () => `GET  HTTP/1.1\r\n${head()}\r\n`],
    ['an address with a blank', () => `GET /a b HTTP/1.1\r\n${head()}\r\n`],
    ['nothing but line ends', () => `${'\r\n'.repeat(50_000)}GET /nowhere HTTP/1.1\r\n${head()}\r\n`],
    ['nothing but null characters', () => '\0'.repeat(50_000)],
  ])(
    '%s: at most one answer, and nothing that was hidden in it',
    { timeout: 60_000 },
    async (_what, text) => {
      const answer = await raw(port, text() + hidden());
      expect([answer.split(/HTTP\/1\.1 [2-5]\d\d/).length - 1 <= 1, answer.includes('globalThis')]).toEqual([
        true,
        false,
      ]);
    },
  );

  it('thousands of requests on one connection end it', async () => {
    const one = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: ${cookie}\r\n\r\n`;
    const answer = await raw(
      port,
      one.repeat(1_001) + one.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'),
    );
    const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status);
    expect([statuses.filter((status) => status === '200').length, new Set(statuses)]).toEqual([
      1_000,
      new Set(['200', '503']),
    ]);
  });

  it('more connections than there is room for are turned away, and leave room again', async () => {
    const sockets: Socket[] = [];
    const states = await Promise.all(
      Array.from({ length: 400 }, () => {
        const socket = connect(port, '127.0.0.1');
        sockets.push(socket);
        return new Promise<string>((resolve) => {
          socket.on('error', () => resolve('dropped'));
          socket.on('close', () => resolve('dropped'));
          socket.once('connect', () => setTimeout(resolve, 500, 'kept'));
        });
      }),
    );
    for (const socket of sockets) socket.destroy();
    await Promise.all(
      sockets
        .filter(({ closed }) => !closed)
        .map((socket) => new Promise((end) => socket.once('close', end))),
    );
    const kept = states.filter((state) => state === 'kept').length;
    expect([kept > 0, kept <= 256]).toEqual([true, true]);
    // The server hears of the last goodbyes a moment later.
    await expect
      .poll(() =>
        get(port, '/', { cookie }).then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200);
  });
});
