import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { get, type Loopback, pathOf, raw, rawStatus, socketStatus, startLoopback } from '#test/loopback.ts';

let loopback: Loopback;
let port = 0;
let cookie = '';
let own = '';
const clock = { now: 0 };

beforeAll(async () => {
  loopback = await startLoopback({ now: () => clock.now, startAt: '/#/project/private' });
  port = loopback.server.port;
  own = `http://127.0.0.1:${port}`;
  cookie = await loopback.signIn();
});
afterAll(() => loopback.close());

describe('names that were made to lead here (DNS rebinding)', () => {
  it.each([
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1',
    '127.0.0.1:1',
    '127.0.0.1.evil.example:PORT',
    'localhost.evil.example:PORT',
    'evil.example:PORT@127.0.0.1:PORT',
    '0.0.0.0:PORT',
    '[::1]:PORT',
    '2130706433:PORT',
    'localhost.:PORT',
  ])('are refused as Host: %s', async (name) => {
    const host = name.replaceAll('PORT', String(port));
    const paths = ['/', '/session', '/login?token=x', '/assets/app-1a2b.js'];
    const replies = await Promise.all(paths.map((path) => get(port, path, { host, cookie })));
    const socket = await socketStatus(port, { host, cookie, origin: `http://${host}` });
    expect([...replies.map(({ status }) => status), socket]).toEqual([421, 421, 421, 421, 421]);
  });

  it('do not hide behind another spelling of this server’s own', async () => {
    const statuses = await Promise.all(
      [`localhost:${port}`, `LOCALHOST:${port}`, `127.0.0.1:${port}`].map((host) =>
        get(port, '/', { host, cookie }).then(({ status }) => status),
      ),
    );
    expect(statuses).toEqual([200, 200, 200]);
  });

  it('do not come in beside a good one', async () => {
    const two = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nHost: evil.example\r\nCookie: ${cookie}\r\n\r\n`;
    const none = `GET / HTTP/1.1\r\nCookie: ${cookie}\r\n\r\n`;
    const absolute = `GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: ${cookie}\r\n\r\n`;
    const statuses = await Promise.all([two, none, absolute].map((text) => rawStatus(port, text)));
    expect(statuses).toEqual([
      'HTTP/1.1 400 Bad Request',
      'HTTP/1.1 400 Bad Request',
      'HTTP/1.1 400 Bad Request',
    ]);
  });
});

describe('pages of others', () => {
  it.each([
    'http://evil.example',
    'null',
    'http://127.0.0.1',
    'http://127.0.0.1:1',
    'https://127.0.0.1:PORT',
    'http://localhost:PORT',
    'http://127.0.0.1:PORT.evil.example',
    'http://127.0.0.1:PORT/',
    'file://',
    '',
  ])('are refused with their Origin: "%s"', async (name) => {
    const origin = name.replaceAll('PORT', String(port));
    const page = await get(port, '/', { origin, cookie });
    const socket = await socketStatus(port, { origin, cookie });
    expect([page.status, socket]).toEqual([403, 403]);
  });

  it('cannot load parts of ours, nor put it into a frame, but may link to it', async () => {
    const as = async (site: string, mode: string, dest: string) => {
      const headers = { 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': dest, cookie };
      return (await get(port, '/', headers)).status;
    };
    expect({
      script: await as('cross-site', 'no-cors', 'script'),
      otherPort: await as('same-site', 'no-cors', 'image'),
      fetch: await as('cross-site', 'cors', 'empty'),
      frame: await as('cross-site', 'navigate', 'iframe'),
      link: await as('cross-site', 'navigate', 'document'),
      own: await as('same-origin', 'no-cors', 'script'),
    }).toEqual({ script: 403, otherPort: 403, fetch: 403, frame: 403, link: 200, own: 200 });
  });

  it('get no leave to read what comes back', async () => {
    const { headers } = await get(port, '/', { cookie });
    expect(headers).toMatchObject({
      'content-security-policy': [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        `connect-src 'self' ws://127.0.0.1:${port}`,
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ].join('; '),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    const allowing = Object.keys(headers).filter((name) => name.startsWith('access-control-'));
    expect(allowing).toEqual([]);
  });

  it('say so with every answer, refusals too', async () => {
    const guarded = ['x-content-type-options', 'content-security-policy', 'cache-control', 'referrer-policy'];
    const replies = await Promise.all([
      get(port, '/'),
      get(port, '/nowhere', { cookie }),
      get(port, '/login?token=wrong'),
      get(port, pathOf(loopback.server.link(1_000))),
      get(port, '/session'),
      get(port, '/', { host: 'evil.example' }),
      get(port, '/', { cookie }, 'POST'),
    ]);
    expect(replies.map(({ status, headers }) => [status, guarded.every((name) => name in headers)])).toEqual(
      [401, 404, 401, 303, 401, 421, 405].map((status) => [status, true]),
    );
  });
});

describe('whoever is not signed in', () => {
  it('gets nothing: no page, no part of one, no WebSocket', async () => {
    const paths = ['/', '/index.html', '/assets/app-1a2b.js', '/nowhere', '/login', '/session', '/doorstep'];
    const replies = await Promise.all(paths.map((path) => get(port, path)));
    expect({
      statuses: replies.map(({ status }) => status),
      project: replies.filter((reply) => JSON.stringify(reply).includes('private')),
      socket: await socketStatus(port, { origin: own }),
    }).toEqual({ statuses: [401, 401, 401, 401, 401, 401, 200], project: [], socket: 401 });
  });

  it.each([
    ['of nothing', 'NAME='],
    ['made up', 'NAME=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['of another port', 'userferry-1=VALUE'],
    ['under no name', 'VALUE'],
    ['cut short', 'NAME=SHORT'],
    ['for another name that ends alike', 'xNAME=VALUE'],
    ['in another case', 'NAME=LOWER'],
  ])('does not get in with a cookie %s', async (_what, template) => {
    const [name, value] = cookie.split('=') as [string, string];
    const forged = template
      .replace('NAME', name)
      .replace('VALUE', value)
      .replace('SHORT', value.slice(0, -1))
      .replace('LOWER', value.toLowerCase());
    const page = await get(port, '/', { cookie: forged });
    const socket = await socketStatus(port, { cookie: forged, origin: own });
    expect([page.status, socket]).toEqual([401, 401]);
  });

  it('gets in although another server on this machine set a cookie of the same name', async () => {
    const [name] = cookie.split('=') as [string];
    const { status } = await get(port, '/', { cookie: `${name}=bogus; ${cookie}; other=1` });
    expect(status).toBe(200);
  });

  it('does not get a WebSocket without an Origin, with another path or another method', async () => {
    const post = await rawStatus(
      port,
      `POST /engine HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${own}\r\nCookie: ${cookie}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    );
    expect({
      noOrigin: await socketStatus(port, { cookie }),
      path: await socketStatus(port, { cookie, origin: own }, '/engine/'),
      query: await socketStatus(port, { cookie, origin: own }, '/engine?x'),
      post,
      all: await socketStatus(port, { cookie, origin: own }),
    }).toEqual({ noOrigin: 403, path: 404, query: 404, post: 'HTTP/1.1 405 Method Not Allowed', all: 101 });
  });
});

describe('signing in', () => {
  it('sets a cookie that scripts, other pages and other ports’ names do not get, and hides the token', async () => {
    const { status, headers, cookies, body } = await get(port, pathOf(loopback.server.link(1_000)));
    expect({ status, location: headers['location'], cookies, body }).toEqual({
      status: 303,
      location: '/#/project/private',
      cookies: [
        expect.stringMatching(
          new RegExp(`^userferry-${port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
        ),
      ],
      body: '',
    });
  });

  it('works once with a link, and not after its time', async () => {
    const used = pathOf(loopback.server.link(1_000));
    const old = pathOf(loopback.server.link(1_000));
    const first = await get(port, used);
    const second = await get(port, used);
    clock.now += 1_000;
    const late = await get(port, old);
    expect([first, second, late].map(({ status, cookies }) => [status, cookies.length])).toEqual([
      [303, 1],
      [401, 0],
      [401, 0],
    ]);
  });

  it('leaves who is signed in so, and their session theirs, when the link is opened again', async () => {
    const link = pathOf(loopback.server.link(1_000));
    await get(port, link);
    const again = await get(port, link, { cookie });
    expect([again.status, again.cookies]).toEqual([303, []]);
  });

  it('is not used up by guesses, by looking ahead or by asking for the headers', async () => {
    const link = pathOf(loopback.server.link(1_000));
    const guesses = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        get(port, `/login?token=${Buffer.alloc(32, index).toString('base64url')}`),
      ),
    );
    const ahead = await get(port, link, { 'sec-purpose': 'prefetch;prerender' });
    const head = await get(port, link, {}, 'HEAD');
    expect({
      guesses: new Set(guesses.map(({ status }) => status)),
      ahead: ahead.status,
      head: head.status,
      link: (await get(port, link)).status,
    }).toEqual({ guesses: new Set([401]), ahead: 503, head: 405, link: 303 });
  });

  it.each([
    '/login',
    '/login?',
    '/login?token',
    '/login?token=&token=',
    '/login?TOKEN=x',
    '/login?token=%00',
  ])('is refused without a token: %s', async (path) => {
    expect((await get(port, path)).status).toBe(401);
  });

  it('never repeats what it was given', async () => {
    const mark = 'canary-4711';
    const navigating = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    const replies = await Promise.all([
      get(port, `/login?token=${mark}`, navigating),
      get(port, `/${mark}`, { ...navigating, cookie }),
      get(port, `/${mark}.js?${mark}`, { cookie, referer: mark }),
      get(port, '/', { host: mark }),
      get(port, '/', { origin: `http://${mark}` }),
      get(port, '/', { cookie: `userferry-${port}=${mark}` }),
    ]);
    const telling = replies.filter(({ headers, body }) => (JSON.stringify(headers) + body).includes(mark));
    expect(telling).toEqual([]);
  });
});

describe('paths', () => {
  it.each([
    '/../secrets.txt',
    '/assets/../../secrets.txt',
    '/..%2fsecrets.txt',
    '/%2e%2e/secrets.txt',
    '/%2e%2e%2fsecrets.txt',
    '/..%252fsecrets.txt',
    '/..\\secrets.txt',
    '/..%5csecrets.txt',
    '/%c0%ae%c0%ae/secrets.txt',
    '/....//secrets.txt',
    '/./../secrets.txt',
    '//secrets.txt',
    '/assets//../../secrets.txt',
    '/index.html%00.txt',
    '/index.html/../../secrets.txt',
    '/assets/%61pp-1a2b.js',
    '/assets',
    '/assets/',
    '/link.txt',
    '/\u00e4',
    '/.',
    '/..',
  ])('do not lead out of the pages: %s', async (path) => {
    const text = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`;
    const answer = await raw(port, text);
    expect({
      refused: /^HTTP\/1\.1 40[04] /.test(answer),
      content: /outside of the pages|root:/.test(answer),
    }).toEqual({ refused: true, content: false });
  });

  beforeAll(() => symlinkSync(join(loopback.folder, 'secrets.txt'), join(loopback.folder, 'pages/link.txt')));

  it('lead to the pages’ files with their types, and to the page for addresses of no file', async () => {
    const navigating = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', cookie };
    const told = async (path: string, headers: Record<string, string> = { cookie }, method = 'GET') => {
      const { status, headers: got, body } = await get(port, path, headers, method);
      return [status, got['content-type'] ?? got['location'], body];
    };
    const page = [200, 'text/html; charset=utf-8', '<!doctype html><title>Userferry</title><p>the page'];
    expect({
      root: await told('/'),
      script: await told('/assets/app-1a2b.js'),
      head: await told('/', { cookie }, 'HEAD'),
      address: await told('/project/trials', navigating),
      missingFile: (await told('/assets/app-0000.js', navigating))[0],
      missingCall: (await told('/project/trials'))[0],
    }).toEqual({
      root: page,
      script: [200, 'text/javascript; charset=utf-8', 'globalThis.started = true;'],
      head: [200, 'text/html; charset=utf-8', ''],
      address: [303, '/', ''],
      missingFile: 404,
      missingCall: 404,
    });
  });
});
