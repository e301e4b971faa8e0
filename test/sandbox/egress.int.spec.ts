import { createServer, type AddressInfo } from 'node:net';
import { createServer as createHttpServer } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '#test/script-runner.ts';

// Each test tries a way around the rules. `reached` counts what arrived at a server the scripts may not talk to: if it
// is ever not zero, a script can send passwords anywhere.

let sandbox: Sandbox;
let reached = 0;
const forbidden = createServer((socket) => {
  reached += 1;
  socket.destroy();
});
const allowed = createHttpServer((_request, response) => response.end('hello'));
const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port;

beforeAll(async () => {
  await Promise.all(
    [forbidden, allowed].map((server) => new Promise<void>((done) => server.listen(0, '127.0.0.1', done))),
  );
  sandbox = await startSandbox({ egress: [{ host: 'localhost', port: portOf(allowed), because: 'test' }] });
});
afterAll(async () => {
  await sandbox.close();
  allowed.close();
  forbidden.close();
});

const connect = (target: string): string => `function login(user, password, callback) {
  const socket = require('net').connect(${target});
  socket.on('connect', () => { socket.destroy(); callback(null, 'connected'); });
  socket.on('error', (error) => callback(null, error.code)); }`;

it('a request to an allowed name', async () => {
  const run = await sandbox.run(`async function login(user, password, callback) {
    try {
      const response = await fetch('http://localhost:${portOf(allowed)}/users?email=' + user);
      callback(null, await response.text());
    } catch (error) { callback(error); } }`);
  expect([run.ending, run.value, run.statements.map(({ protocol, text }) => [protocol, text])]).toEqual([
    'called-back',
    'hello',
    [['http', `GET localhost:${portOf(allowed)}/users?email=…`]],
  ]);
});

it.each([
  ['another port', (port: number) => `{ host: 'localhost', port: ${port} }`, 'EACCES'],
  ['an address that no name led to', (port: number) => `{ host: '127.0.0.1', port: ${port} }`, 'EACCES'],
  ['short forms of an address', (port: number) => `{ host: '127.1', port: ${port} }`, 'ENOTFOUND'],
  ['an address in hex', (port: number) => `{ host: '0x7f000001', port: ${port} }`, 'ENOTFOUND'],
  ['an address as one number', (port: number) => `{ host: '2130706433', port: ${port} }`, 'ENOTFOUND'],
  ['an octal address', (port: number) => `{ host: '0177.0.0.1', port: ${port} }`, 'ENOTFOUND'],
  ['IPv4 inside IPv6', (port: number) => `{ host: '::ffff:127.0.0.1', port: ${port} }`, 'EACCES'],
  ['the unspecified address', (port: number) => `{ host: '0.0.0.0', port: ${port} }`, 'EACCES'],
  ['the metadata service', () => "{ host: '169.254.169.254', port: 80 }", 'EACCES'],
  ['a name below an allowed one', (port: number) => `{ host: 'x.localhost', port: ${port} }`, 'ENOTFOUND'],
  [
    'a lookup function of the script’s own',
    (port: number) =>
      `{ host: 'localhost', port: ${port}, lookup: (h, o, cb) => o.all ? cb(null, [{ address: '127.0.0.1', family: 4 }]) : cb(null, '127.0.0.1', 4) }`,
    'EACCES',
  ],
  ['a Unix socket', () => "{ path: '/var/run/docker.sock' }", 'EACCES'],
  ['an allowed name with a final dot', (port: number) => `{ host: 'localhost.', port: ${port} }`, 'EACCES'],
  ['an allowed name in other letters', (port: number) => `{ host: 'ⓁOCALHOST', port: ${port} }`, 'EACCES'],
  ['an address in wide digits', (port: number) => `{ host: '１２７.0.0.1', port: ${port} }`, 'ENOTFOUND'],
  ['an address in mixed bases', (port: number) => `{ host: '0x7f.1', port: ${port} }`, 'ENOTFOUND'],
  ['an octal number in IPv4', (port: number) => `{ host: '127.0.0.01', port: ${port} }`, 'ENOTFOUND'],
  ['an address with a final dot', (port: number) => `{ host: '127.0.0.1.', port: ${port} }`, 'ENOTFOUND'],
  ['IPv4 inside IPv6, in hex', (port: number) => `{ host: '::ffff:7f00:1', port: ${port} }`, 'EACCES'],
  [
    'IPv4 inside IPv6, written out',
    (port: number) => `{ host: '0:0:0:0:0:ffff:127.0.0.1', port: ${port} }`,
    'EACCES',
  ],
  ['the old form of IPv4 inside IPv6', (port: number) => `{ host: '::127.0.0.1', port: ${port} }`, 'EACCES'],
  ['the loopback of IPv6', (port: number) => `{ host: '::1', port: ${port} }`, 'EACCES'],
  ['a zone', (port: number) => `{ host: '::1%lo', port: ${port} }`, 'EACCES'],
  [
    'a name with a line break',
    (port: number) => `{ host: 'localhost\\n127.0.0.1', port: ${port} }`,
    'ENOTFOUND',
  ],
  [
    'a user in front of the name',
    (port: number) => `{ host: 'localhost@127.0.0.1', port: ${port} }`,
    'ENOTFOUND',
  ],
  ['a port in the name', (port: number) => `{ host: 'localhost:1', port: ${port} }`, 'ENOTFOUND'],
  ['an abstract socket', () => "{ path: '\\0docker' }", 'EACCES'],
  ['an empty host', (port: number) => `{ host: '', port: ${port} }`, 'EACCES'],
] as const)('%s is refused', async (_name, target, code) => {
  const run = await sandbox.run(connect(target(portOf(forbidden))), { container: 'fresh' });
  expect([run.ending, run.value]).toEqual(['called-back', code]);
  expect(reached).toBe(0);
});

it('a refusal names host, port and reason', async () => {
  const run = await sandbox.run(connect("{ host: 'evil.example.org', port: 443 }"));
  expect(run.refused).toMatchObject([
    { host: 'evil.example.org', port: 0, reason: 'no rule allows this host' },
  ]);
  expect(run.findings.map(({ code, message }) => [code, message])).toEqual([
    ['egress.refused', 'evil.example.org: no rule allows this host'],
  ]);
});

it('a refusal of a look-up and of a connection carry the line of the script', async () => {
  const run = await sandbox.run(`function login(user, password, callback) {
    const net = require('net');
    net.connect({ host: 'evil.example.org', port: 443 }).on('error', () => {
      net.connect(9, '192.0.2.1').on('error', () => callback(null));
    }); }`);
  expect(run.refused.map(({ host, port, line }) => [host, port, line])).toEqual([
    ['evil.example.org', 0, 3],
    ['192.0.2.1', 9, 4],
  ]);
});

it.each([
  [
    'a function put in place of dns.lookup',
    (
      port: number,
    ) => `require('dns').lookup = (host, options, done) => { const all = typeof options === 'function' ? {} : options; (done || options)(null, all.all ? [{ address: '127.0.0.1', family: 4 }] : '127.0.0.1', 4); };
    const url = 'http://localhost:${port}/';`,
  ],
  [
    'a resolver of its own',
    (port: number) =>
      `require('dns').setServers(['127.0.0.1:${port}']); const url = 'http://localhost:${port}/';`,
  ],
  ['a user in the URL', (port: number) => `const url = 'http://localhost:1@127.0.0.1:${port}/';`],
  [
    'backslashes in the URL',
    (port: number) => `const url = 'http:\\\\\\\\127.0.0.1:${port}\\\\@localhost/';`,
  ],
  ['a number as host', (port: number) => `const url = 'http://2130706433:${port}/';`],
  [
    'a proxy out of the environment',
    (port: number) =>
      `process.env.http_proxy = process.env.HTTP_PROXY = process.env.ALL_PROXY = 'http://127.0.0.1:${port}'; const url = 'http://192.0.2.1/';`,
  ],
] as const)('requests: %s', async (_name, setUp) => {
  const run = await sandbox.run(
    `async function login(user, password, callback) {
      ${setUp(portOf(forbidden))}
      const tried = [
        () => fetch(url),
        () => require('axios').get(url),
        () => new Promise((done, failed) => require('request')(url, (error) => (error ? failed(error) : done()))),
        () => new Promise((done, failed) => require('http').get(url, done).on('error', failed)),
      ];
      const results = await Promise.allSettled(tried.map(async (one) => one()));
      callback(null, results.map(({ status }) => status)); }`,
    { container: 'fresh', timeLimitMs: 20_000 },
  );
  expect([run.value, reached]).toEqual([Array(4).fill('rejected'), 0]);
});

it('options that change between two looks', async () => {
  const run = await sandbox.run(
    connect(
      `(() => { let looks = 0; return { port: ${portOf(forbidden)}, get host() { return looks++ === 0 ? 'localhost' : '127.0.0.1'; } }; })()`,
    ),
    { container: 'fresh' },
  );
  expect([run.value, reached]).toEqual(['EACCES', 0]);
});

it('a thousand connections to an allowed host are no more than a container may have', async () => {
  const run = await sandbox.run(
    `function login(user, password, callback) {
      const ended = { open: 0, failed: 0 };
      for (let i = 0; i < 1000; i++) {
        const socket = require('net').connect(${portOf(allowed)}, 'localhost');
        const count = (name) => { ended[name] += 1; if (ended.open + ended.failed === 1000) callback(null, ended.open > 0 && ended.open <= 256); };
        socket.on('connect', () => count('open')).on('error', () => count('failed'));
      } }`,
    { container: 'fresh', timeLimitMs: 20_000 },
  );
  expect([run.ending, run.value]).toEqual(['called-back', true]);
});

it('a server that does not read cannot fill the memory of the engine', async () => {
  const mute = createServer((socket) => socket.pause());
  await new Promise<void>((done) => mute.listen(0, '127.0.0.1', done));
  const other = await startSandbox({ egress: [{ host: '127.0.0.1', port: portOf(mute), because: 'test' }] });
  const before = process.memoryUsage().rss;
  const run = await other.run(
    `function login(user, password, callback) {
      const socket = require('net').connect(${portOf(mute)}, '127.0.0.1');
      const block = Buffer.alloc(1024 * 1024, 1);
      const more = () => { for (let i = 0; i < 4; i++) { socket.write(block); } setImmediate(more); };
      socket.on('connect', more).on('error', (error) => callback(null, error.code)); }`,
    { timeLimitMs: 20_000 },
  );
  const grown = process.memoryUsage().rss - before;
  await other.close();
  mute.close();
  // Whichever comes first: the limit of the connection, or that of the isolate.
  expect(['called-back', 'threw', 'out-of-memory']).toContain(run.ending);
  expect(grown).toBeLessThan(400 * 1024 * 1024);
});

it('redirects are followed under the same rules', async () => {
  const redirecting = createHttpServer((_request, response) => {
    response.writeHead(302, { location: `http://127.0.0.1:${portOf(forbidden)}/` }).end();
  });
  await new Promise<void>((done) => redirecting.listen(0, '127.0.0.1', done));
  const other = await startSandbox({
    egress: [{ host: 'localhost', port: portOf(redirecting), because: 'test' }],
  });
  const run = await other.run(`async function login(user, password, callback) {
    try { await fetch('http://localhost:${portOf(redirecting)}/'); callback(null); } catch (error) { callback(null, error.cause.code); } }`);
  await other.close();
  redirecting.close();
  expect([run.value, reached]).toEqual(['EACCES', 0]);
});

it('servers, datagrams and processes cannot be had', async () => {
  const run = await sandbox.run(`function login(user, password, callback) {
    const tried = {};
    const attempt = (name, f) => { try { f(); tried[name] = 'done'; } catch (error) { tried[name] = error.code || error.message; } };
    attempt('dgram', () => require('dgram').createSocket('udp4').send('x', 9, '127.0.0.1'));
    attempt('child', () => require('child_process').execSync('id'));
    attempt('worker', () => new (require('worker_threads').Worker)('1', { eval: true }));
    require('net').createServer().on('error', (error) => { tried.listen = error.code; callback(null, tried); }).listen(0); }`);
  expect(Object.values(run.value as Record<string, string>)).not.toContain('done');
});

it('a server of an unknown protocol that does not answer is what is waited for', async () => {
  const mute = createServer((socket) => socket.resume());
  await new Promise<void>((done) => mute.listen(0, '127.0.0.1', done));
  const other = await startSandbox({ egress: [{ host: '127.0.0.1', port: portOf(mute), because: 'test' }] });
  const run = await other.run(
    `function login(user, password, callback) {
      const socket = require('net').connect(${portOf(mute)}, '127.0.0.1', () => socket.write('anybody?'));
      socket.on('data', () => callback(null)); }`,
    { timeLimitMs: 300 },
  );
  await other.close();
  mute.close();
  expect([run.ending, run.statementCount, run.ms.database > 0]).toEqual(['timed-out', 0, true]);
});
