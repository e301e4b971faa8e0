import { createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EgressRule, ScriptRun } from '#engine/ports/script-runner.ts';
import { createAuthority } from '#test/certificates.ts';
import { type Sandbox, startSandbox, USER } from '#test/script-runner.ts';
import { type MongodbStandIn, startMongodbStandIn } from '#test/stand-ins/mongodb.ts';
import { type SqlServerStandIn, startSqlServerStandIn } from '#test/stand-ins/sql-server.ts';

// Real drivers against servers that speak the protocol; what is compared is what the tap read of it.

/** What a driver sends for itself when a session of SQL Server begins, and when its pool looks at one. */
const OWN = /^(?:set ansi_nulls on\n|SELECT 1;$)/;

const told = (run: ScriptRun) => ({
  ending: run.ending,
  value: run.value,
  statements: run.statements
    .filter(({ text }) => !OWN.test(text))
    .map(({ protocol, text, binds, rows, error }) => [protocol, text, binds, rows, error ?? null]),
});
const rule = (port: number): EgressRule => ({ host: '127.0.0.1', port, because: 'test' });
const TABLE = [
  'CREATE TABLE dbo.users (id int, email nvarchar, name nvarchar, active bit)',
  `INSERT INTO dbo.users VALUES (1, '${USER}', 'Ada', 1), (2, 'grace@example.com', NULL, 0)`,
];

describe.each([
  ['in the clear', false],
  ['with TLS inside of it', true],
] as const)('TDS %s', (_name, encrypted) => {
  let server: SqlServerStandIn;
  let sandbox: Sandbox;
  let config: string;

  beforeAll(async () => {
    const authority = createAuthority();
    server = await startSqlServerStandIn(encrypted ? authority.issue(['127.0.0.1', 'localhost']) : null);
    server.load(TABLE);
    config = JSON.stringify({
      server: '127.0.0.1',
      port: server.port,
      user: server.user,
      password: server.password,
      database: 'legacy',
      options: { encrypt: encrypted, trustServerCertificate: true },
    });
    sandbox = await startSandbox({ egress: [rule(server.port)] });
  });
  afterAll(async () => {
    await sandbox?.close();
    await server?.close();
  });

  const query = (inputs: string, sql: string, answer = 'result.recordset'): string =>
    `async function login(user, password, callback) {
      const sql = require('mssql');
      const pool = await sql.connect(${config});
      try {
        const result = await pool.request()${inputs}.query(${JSON.stringify(sql)});
        callback(null, ${answer});
      } catch (error) { callback(null, error.number); } finally { await pool.close(); } }`;

  it('a parameterised statement', async () => {
    const run = await sandbox.run(
      query(
        ".input('email', sql.NVarChar, user).input('active', sql.Bit, true).input('nothing', sql.Int, null)",
        'SELECT id, name FROM dbo.users WHERE email = @email AND active = @active AND @nothing IS NULL',
      ),
    );
    expect(told(run)).toEqual({
      ending: 'called-back',
      value: [{ id: 1, name: 'Ada' }],
      statements: [
        [
          'tds',
          'SELECT id, name FROM dbo.users WHERE email = @email AND active = @active AND @nothing IS NULL',
          ['text(15)', 'bit', 'null'],
          1,
          null,
        ],
      ],
    });
  });

  it('rows that are changed, and values written into the statement', async () => {
    const run = await sandbox.run(
      query('', "UPDATE dbo.users SET name = 'O''Hara' WHERE id > 0", 'result.rowsAffected'),
    );
    expect(told(run)).toMatchObject({
      value: [2],
      statements: [['tds', "UPDATE dbo.users SET name = '…(7)' WHERE id > 0", [], 2, null]],
    });
  });

  it('a statement that fails', async () => {
    const run = await sandbox.run(query(".input('a', sql.Int, 1)", 'SELECT nope FROM dbo.users'));
    expect(told(run)).toMatchObject({
      value: 102,
      statements: [['tds', 'SELECT nope FROM dbo.users', ['int'], 0, expect.stringMatching(/^102 /)]],
    });
  });

  it('counts without texts where texts are not wanted, and says how it is protected', async () => {
    const text = query('', 'SELECT id FROM dbo.users', 'result.recordset.length');
    const counted = await sandbox.run(text, { detail: 'counts' });
    const full = await sandbox.run(text);
    expect([counted.statementCount, counted.statements]).toEqual([full.statementCount, []]);
    expect(full.connections.map(({ tls }) => tls)).toContain(encrypted ? 'unverified' : 'none');
    expect(full.findings.map(({ code }) => code)).toEqual(encrypted ? ['script.tls-not-verified'] : []);
  });
});

describe('MongoDB', () => {
  let server: MongodbStandIn;
  let sandbox: Sandbox;

  beforeAll(async () => {
    server = await startMongodbStandIn();
    sandbox = await startSandbox({ egress: [rule(server.port)] });
  });
  afterAll(async () => {
    await sandbox?.close();
    await server?.close();
  });

  const work = (body: string): string => `async function login(user, password, callback) {
    const { MongoClient } = require('mongodb');
    const client = new MongoClient('mongodb://${server.user}:${server.password}@127.0.0.1:${server.port}/legacy?authSource=admin');
    try {
      const users = client.db('legacy').collection('users');
      ${body}
    } catch (error) { callback(null, String(error.code)); } finally { await client.close(); } }`;

  it('commands with their values masked, documents found and changed', async () => {
    server.load([{ email: USER, name: 'Ada' }]);
    const run = await sandbox.run(
      work(`const found = await users.findOne({ email: user }, { projection: { name: 1 } });
        await users.insertOne({ email: 'secret@example.com', tags: [1, true, null], at: new Date(0) });
        await users.updateOne({ email: user }, { $set: { name: 'Lovelace' } });
        callback(null, found.name);`),
    );
    expect(told(run)).toEqual({
      ending: 'called-back',
      value: 'Ada',
      statements: [
        [
          'mongodb',
          'find users {filter: {email: text(15)}, projection: {name: 1}, limit: 1, singleBatch: true}',
          [],
          1,
          null,
        ],
        [
          'mongodb',
          'insert users {documents: [{email: text(18), tags: [number, boolean, null], at: date, _id: ObjectId}], ordered: true}',
          [],
          1,
          null,
        ],
        [
          'mongodb',
          'update users {updates: [{q: {email: text(15)}, u: {$set: {name: text(8)}}}], ordered: true}',
          [],
          1,
          null,
        ],
      ],
    });
    expect(JSON.stringify(run.statements)).not.toMatch(/secret|Lovelace|ada@/);
  });

  it('a command that fails, and one that breaks a rule of the collection', async () => {
    server.load([{ email: USER }]);
    const run = await sandbox.run(
      work(`await users.aggregate([{ $match: { email: user } }]).toArray().catch(() => {});
        await users.insertOne({ email: user });`),
    );
    expect(told(run)).toMatchObject({
      value: '11000',
      statements: [
        ['mongodb', expect.stringMatching(/^aggregate users /), [], null, '59 CommandNotFound'],
        ['mongodb', expect.stringMatching(/^insert users /), [], 0, '11000 E11000 duplicate key error'],
      ],
    });
  });
});

describe('LDAP', () => {
  it('a server that hangs up leaves an operation without an answer', async () => {
    const sockets: Socket[] = [];
    const mute = createServer((socket) => {
      sockets.push(socket);
      socket.once('data', () => socket.destroy());
    });
    await new Promise<void>((done) => mute.listen(0, '127.0.0.1', done));
    const { port } = mute.address() as { port: number };
    const sandbox = await startSandbox({ egress: [rule(port)] });
    const run = await sandbox.run(`function login(user, password, callback) {
      const client = require('ldapjs').createClient({ url: 'ldap://127.0.0.1:${port}', reconnect: false });
      client.on('error', () => {});
      client.bind('cn=' + user, password, (error) => callback(null, error.name)); }`);
    await sandbox.close();
    mute.close();
    expect(told(run).statements).toEqual([['ldap', 'bind', [], null, 'connection closed']]);
  });
});
