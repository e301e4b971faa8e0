import { type AddressInfo, createServer, type Server } from 'node:net';
import { createServer as createHttpServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Resolver } from '#sandbox/broker/resolver.ts';
import { type Sandbox, startSandbox } from '#test/script-runner.ts';

// Names that mean one address when they are asked for and another one later. `reached` counts what arrived where no
// rule lets scripts go: if it is ever not zero, whoever owns a name can open the engineer's network to a script.

let reached = 0;
const forbidden = createServer((socket) => {
  reached += 1;
  socket.destroy();
});
const database = createServer((socket) => void socket.end('hello'));
const redirecting = createHttpServer((request, response) => {
  const target = new URL(request.url ?? '/', 'http://x').searchParams.get('to') ?? '/';
  response.writeHead(302, { location: target }).end();
});
const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port;

/** Answers of a name, one after the other; the last one stays. */
const answers = new Map<string, (readonly string[])[]>();
let asked: string[] = [];
const resolver: Resolver = {
  lookup(name) {
    asked.push(name);
    const left = answers.get(name) ?? [];
    const next = left.length > 1 ? left.shift() : left[0];
    if (next === undefined) return Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
    return Promise.resolve(next);
  },
  records: (kind) => Promise.resolve(kind === 'Cname' ? ['internal.corp.example'] : ['127.0.0.1']),
};

let sandbox: Sandbox;
beforeAll(async () => {
  await Promise.all(
    [forbidden, database, redirecting].map(
      (server: Server) => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)),
    ),
  );
  sandbox = await startSandbox({
    resolver,
    egress: [
      { host: 'db.example.com', port: portOf(database), because: 'test' },
      { host: 'any.example.com', port: '*', because: 'test' },
      { host: 'web.example.com', port: portOf(redirecting), because: 'test' },
    ],
  });
});
afterAll(async () => {
  await sandbox.close();
  for (const server of [forbidden, database, redirecting]) server.close();
});
beforeEach(() => {
  answers.clear();
  asked = [];
  reached = 0;
});

/** Connects so many times in one container and says what came of each, and what was refused. */
async function connect(host: string, port: number, times = 1) {
  const run = await sandbox.run(
    `async function login(user, password, callback) {
      const seen = [];
      for (let round = 0; round < ${times}; round += 1) {
        seen.push(await new Promise((done) => {
          const socket = require('net').connect({ host: ${JSON.stringify(host)}, port: ${port} });
          socket.on('data', () => { socket.destroy(); done('connected'); });
          socket.on('error', (error) => done(error.code));
          socket.on('close', () => done('closed'));
        }));
      }
      callback(null, seen); }`,
    { container: 'fresh' },
  );
  if (run.ending !== 'called-back') throw new Error(`${run.ending}: ${run.error?.message ?? ''}`);
  return { seen: run.value, refused: run.refused.map(({ reason }) => reason), reached };
}

const ELSEWHERE = 'no rule allows this host';
const NOT_BY_NAME =
  'the name leads to a link-local, multicast or unspecified address, or to a metadata service';
const HERE = 'the name leads to this computer';

describe('a name that changes its address', () => {
  it('goes on to a metadata service', async () => {
    answers.set('db.example.com', [['127.0.0.1'], ['169.254.169.254']]);
    expect(await connect('db.example.com', portOf(database), 2)).toEqual({
      seen: ['connected', 'EACCES'],
      refused: [NOT_BY_NAME],
      reached: 0,
    });
  });

  it('goes on to this computer, where every port is allowed', async () => {
    answers.set('any.example.com', [['198.51.100.7'], ['127.0.0.1']]);
    const script = `async function login(user, password, callback) {
      const { lookup } = require('dns/promises');
      const first = await lookup('any.example.com');
      const second = await lookup('any.example.com');
      const socket = require('net').connect({ host: second.address, port: ${portOf(forbidden)} });
      socket.on('connect', () => { socket.destroy(); callback(null, 'connected'); });
      socket.on('error', (error) => callback(null, [first.address, second.address, error.code])); }`;
    const run = await sandbox.run(script, { container: 'fresh' });
    expect([run.value, run.refused.map(({ reason }) => reason), reached]).toEqual([
      ['198.51.100.7', '127.0.0.1', 'EACCES'],
      [HERE],
      0,
    ]);
  });

  it('is not let off its port by an address that another name has', async () => {
    answers.set('db.example.com', [['127.0.0.1']]);
    expect(await connect('db.example.com', portOf(forbidden))).toMatchObject({
      seen: ['EACCES'],
      refused: ['the rule for this host allows another port'],
      reached: 0,
    });
  });

  it.each([
    ['link-local', '169.254.1.1'],
    ['unspecified', '0.0.0.0'],
    ['multicast', '224.0.0.1'],
    ['IPv4 metadata inside IPv6', '::ffff:169.254.169.254'],
    ['the same in hex', '::ffff:a9fe:a9fe'],
    ['metadata over IPv6', 'fd00:ec2::254'],
    ['metadata of another cloud', '100.100.100.200'],
    ['link-local IPv6', 'fe80::1'],
    ['unspecified IPv6', '::'],
  ])('never leads to an address that is %s', async (_what, address) => {
    answers.set('any.example.com', [[address]]);
    expect(await connect('any.example.com', 80)).toEqual({
      seen: ['EACCES'],
      refused: [NOT_BY_NAME],
      reached: 0,
    });
  });

  it.each([['127.0.0.1'], ['127.9.9.9'], ['::1'], ['::ffff:127.0.0.1']])(
    'does not lead to this computer as %s',
    async (address) => {
      answers.set('any.example.com', [[address]]);
      expect(await connect('any.example.com', portOf(forbidden))).toEqual({
        seen: ['EACCES'],
        refused: [HERE],
        reached: 0,
      });
    },
  );
});

describe('a name with several addresses', () => {
  it('reaches the allowed ones only, whatever their order', async () => {
    answers.set('any.example.com', [
      ['169.254.169.254', '::1', '127.0.0.1'],
      ['::1', '127.0.0.1', '169.254.169.254'],
    ]);
    const { seen, refused, reached: arrived } = await connect('any.example.com', portOf(forbidden), 2);
    expect([seen, [...new Set(refused)].sort(), arrived]).toEqual([
      [expect.any(String), expect.any(String)],
      [NOT_BY_NAME, HERE].sort(),
      0,
    ]);
  });
});

describe('an alias', () => {
  it('does not open the name that it stands for', async () => {
    const run = await sandbox.run(
      `async function login(user, password, callback) {
        const [target] = await require('dns/promises').resolveCname('db.example.com');
        try { await require('dns/promises').lookup(target); callback(null, 'found'); }
        catch (error) { callback(null, [target, error.code]); } }`,
      { container: 'fresh' },
    );
    expect([run.value, run.refused.map(({ host, reason }) => [host, reason]), asked]).toEqual([
      ['internal.corp.example', 'ENOTFOUND'],
      [['internal.corp.example', ELSEWHERE]],
      [],
    ]);
  });

  it('is judged by the address at its end', async () => {
    answers.set('any.example.com', [['127.0.0.1']]);
    expect(await connect('any.example.com', portOf(forbidden))).toMatchObject({
      refused: [HERE],
      reached: 0,
    });
  });
});

describe('other spellings', () => {
  it.each([
    ['decimal', '2130706433'],
    ['hex', '0x7f.0.0.1'],
    ['octal', '0177.0.0.1'],
    ['octal without dots', '017700000001'],
    ['with a zone', 'fe80::1%lo'],
    ['with blanks', ' 127.0.0.1'],
    ['with a user', 'db.example.com@127.0.0.1'],
    ['with a path', '127.0.0.1/x'],
    ['full-width digits', '１２７.0.0.1'],
    ['a subdomain of an allowed name', 'x.db.example.com'],
    ['an allowed name with a tail', 'db.example.com.evil.example'],
    ['an empty label', 'db..example.com'],
  ])('%s is no way to another host', async (_what, host) => {
    answers.set('db.example.com', [['127.0.0.1']]);
    const { seen, reached: arrived } = await connect(host, portOf(forbidden));
    expect([seen, arrived, asked]).toEqual([[expect.stringMatching(/^(ENOTFOUND|EACCES)$/)], 0, []]);
  });

  it.each([['DB.Example.COM'], ['db.example.com.'], ['ｄｂ.example.com']])(
    '%s is the allowed name',
    async (host) => {
      answers.set('db.example.com', [['127.0.0.1']]);
      expect(await connect(host, portOf(database))).toEqual({ seen: ['connected'], refused: [], reached: 0 });
    },
  );
});

describe('a redirect', () => {
  const follow = (to: string): string => `async function login(user, password, callback) {
    const url = 'http://web.example.com:${portOf(redirecting)}/?to=' + encodeURIComponent(${JSON.stringify(to)});
    try { await fetch(url); callback(null, 'followed'); } catch (error) { callback(null, error.cause ? error.cause.code : error.message); } }`;

  it('to an address behind a user is not followed at all', async () => {
    answers.set('web.example.com', [['127.0.0.1']]);
    const target = `http://web.example.com@127.0.0.1:${portOf(forbidden)}/`;
    const run = await sandbox.run(follow(target), { container: 'fresh' });
    expect([run.value, reached]).toEqual([null, 0]);
  });

  it.each([
    ['an address', (port: number) => `http://127.0.0.1:${port}/`],
    ['a number', (port: number) => `http://2130706433:${port}/`],
    ['another name', (port: number) => `http://other.example.com:${port}/`],
    ['the same name at another port', (port: number) => `http://web.example.com:${port}/`],
    ['a metadata service', () => 'http://169.254.169.254/latest/meta-data/'],
  ])('to %s ends at the rules', async (_what, target) => {
    answers.set('web.example.com', [['127.0.0.1']]);
    const run = await sandbox.run(follow(target(portOf(forbidden))), { container: 'fresh' });
    expect([run.value, run.refused.length, reached]).toEqual([
      expect.stringMatching(/^(ENOTFOUND|EACCES)$/),
      1,
      0,
    ]);
  });
});
