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
  ['an empty host', (port: number) => `{ host: '', port: ${port} }`, 'EACCES'],
] as const)('%s is refused', async (_name, target, code) => {
  const run = await sandbox.run(connect(target(portOf(forbidden))), { container: 'fresh' });
  expect([run.ending, run.value]).toEqual(['called-back', code]);
  expect(reached).toBe(0);
});

it('a refusal names host, port and reason', async () => {
  const run = await sandbox.run(connect("{ host: 'evil.example.org', port: 443 }"));
  expect(run.refused).toEqual([{ host: 'evil.example.org', port: 0, reason: 'no rule allows this host' }]);
  expect(run.findings.map(({ code, message }) => [code, message])).toEqual([
    ['egress.refused', 'evil.example.org: no rule allows this host'],
  ]);
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
