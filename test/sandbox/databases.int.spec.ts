import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ScriptRun } from '#engine/ports/script-runner.ts';
import { describeWith } from '#test/describe-with.ts';
import { mariadbMissing, startMariadb } from '#test/mariadb.ts';
import { type DatabaseServer, postgresqlMissing, startPostgresql } from '#test/postgresql.ts';
import { type Sandbox, startSandbox, USER } from '#test/script-runner.ts';

const CREATE = [
  'CREATE TABLE users (id integer PRIMARY KEY, email varchar(100), name varchar(100))',
  `INSERT INTO users VALUES (1, '${USER}', 'Ada'), (2, 'grace@example.com', 'Grace')`,
];

/** What a whole-value comparison can hold on to: no times, no ports. */
function facts(run: ScriptRun) {
  return {
    ending: run.ending,
    value: run.value,
    error: run.error?.message ?? null,
    findings: run.findings.map(({ code }) => code),
    statements: run.statements.map(({ protocol, text, binds, rows, error }) => [
      protocol,
      text,
      binds,
      rows,
      error ?? null,
    ]),
    connections: run.connections.map(({ tls, leftOpen }) => [tls, leftOpen]),
    counts: [run.statementCount, run.connectionCount],
  };
}

describeWith('PostgreSQL', postgresqlMissing(), () => {
  let server: DatabaseServer;
  let sandbox: Sandbox;
  let config: string;

  beforeAll(async () => {
    server = await startPostgresql({ tls: 'offered' });
    for (const sql of CREATE) await server.query(sql);
    const { host, port, user, password, database } = server;
    config = JSON.stringify({ host, port, user, password, database });
    sandbox = await startSandbox({ egress: [{ host, port, because: 'test' }] });
  });
  afterAll(async () => {
    await sandbox?.close();
    await server?.remove();
  });

  const client = (body: string, options = ''): string => `async function login(user, password, callback) {
    const { Client } = require('pg');
    const client = new Client({ ...${config}${options} });
    try { await client.connect(); ${body} } catch (error) { callback(error); } }`;

  it('a parameterised statement', async () => {
    const run = await sandbox.run(
      client(
        "const { rows } = await client.query('SELECT id, name FROM users WHERE email = $1', [user]); await client.end(); callback(null, rows[0]);",
      ),
    );
    expect(facts(run)).toEqual({
      ending: 'called-back',
      value: { id: 1, name: 'Ada' },
      error: null,
      findings: [],
      statements: [['postgresql', 'SELECT id, name FROM users WHERE email = $1', ['text(15)'], 1, null]],
      connections: [['none', false]],
      counts: [1, 1],
    });
    expect(run.ms.total).toBeGreaterThanOrEqual(run.ms.database);
    expect(run.ms.database).toBeGreaterThan(0);
  });

  it('values written into the statement are masked', async () => {
    const run = await sandbox.run(
      client(
        "await client.query(\"SELECT id FROM users WHERE email = '\" + user + \"' OR name = 'O''Hara'\"); await client.end(); callback(null);",
      ),
    );
    expect(run.statements.map(({ text }) => text)).toEqual([
      "SELECT id FROM users WHERE email = '…(15)' OR name = '…(7)'",
    ]);
    expect(JSON.stringify(run.statements)).not.toContain(USER);
  });

  it('a statement that fails, by its code', async () => {
    const run = await sandbox.run(
      client("await client.query('SELECT nope FROM users').finally(() => client.end());"),
    );
    expect(facts(run)).toMatchObject({
      ending: 'called-back-error',
      error: 'column "nope" does not exist',
      statements: [['postgresql', 'SELECT nope FROM users', [], 0, '42703 column "nope" does not exist']],
    });
  });

  it('several at once, prepared by name, and a transaction', async () => {
    const run = await sandbox.run(
      client(`const one = { name: 'one', text: 'SELECT name FROM users WHERE id = $1' };
        await client.query('BEGIN');
        const all = await Promise.all([1, 2].map((id) => client.query({ ...one, values: [id] })));
        await client.query('COMMIT'); await client.end();
        callback(null, all.map(({ rows }) => rows[0].name));`),
    );
    expect(facts(run)).toMatchObject({
      value: ['Ada', 'Grace'],
      statements: [
        ['postgresql', 'BEGIN', [], 0, null],
        ['postgresql', 'SELECT name FROM users WHERE id = $1', ['text(1)'], 1, null],
        ['postgresql', 'SELECT name FROM users WHERE id = $1', ['text(1)'], 1, null],
        ['postgresql', 'COMMIT', [], 0, null],
      ],
    });
  });

  it('a connection left open, and one kept in a pool on global', async () => {
    const left = await sandbox.run(client("await client.query('SELECT 1'); callback(null);"));
    expect(facts(left)).toMatchObject({
      findings: ['script.connection-left-open'],
      connections: [['none', true]],
    });
    const pool = `async function login(user, password, callback) {
      const { Pool } = require('pg');
      global.pool ||= new Pool(${config});
      const { rows } = await global.pool.query('SELECT name FROM users WHERE email = $1', [user]);
      callback(null, rows[0]); }`;
    expect(facts(await sandbox.run(pool))).toMatchObject({
      findings: [],
      connections: [['none', true]],
      counts: [1, 1],
    });
    expect(facts(await sandbox.run(pool))).toMatchObject({
      findings: [],
      connections: [['none', true]],
      counts: [1, 0],
    });
    expect(facts(await sandbox.run(pool, { container: 'fresh' }))).toMatchObject({
      findings: [],
      counts: [1, 1],
    });
  });

  it('a statement after the callback', async () => {
    const run = await sandbox.run(
      client("callback(null); await client.query('SELECT 1'); await client.end();"),
    );
    expect(run.findings.map(({ code }) => code)).toEqual(['script.work-after-callback']);
  });

  it('TLS with and without verification', async () => {
    const body = "await client.query('SELECT 1'); await client.end(); callback(null);";
    const verified = await sandbox.run(client(body, `, ssl: { ca: ${JSON.stringify(server.ca)} }`));
    const unverified = await sandbox.run(client(body, ', ssl: { rejectUnauthorized: false }'));
    const untrusted = await sandbox.run(client(body, ', ssl: {}'));
    expect(
      [verified, unverified, untrusted].map(({ ending, connections, findings, statementCount }) => [
        ending,
        connections.map(({ tls }) => tls),
        findings.map(({ code }) => code),
        statementCount,
      ]),
    ).toEqual([
      ['called-back', ['verified'], [], 1],
      ['called-back', ['unverified'], ['script.tls-not-verified'], 1],
      ['called-back-error', ['unverified'], [], 0],
    ]);
  });

  it('a statement that takes too long', async () => {
    const run = await sandbox.run(client("await client.query('SELECT pg_sleep(30)'); callback(null);"), {
      timeLimitMs: 400,
    });
    expect(facts(run)).toMatchObject({
      ending: 'timed-out',
      statements: [['postgresql', 'SELECT pg_sleep(30)', [], null, 'no answer']],
    });
  });

  it('forgets to call back when there is no row, with a pool open', async () => {
    const script = `async function login(user, password, callback) {
      const { Pool } = require('pg');
      global.pool ||= new Pool(${config});
      const { rows } = await global.pool.query("SELECT name FROM users WHERE email = 'nobody'");
      if (rows.length > 0) callback(null, rows[0]); }`;
    expect((await sandbox.run(script, { timeLimitMs: 500 })).ending).toBe('never-called-back');
  });

  it('statements of many attempts at once over few pooled connections are told apart', async () => {
    const script = `function login(user, password, callback) {
      const { Pool } = require('pg');
      global.pool ||= new Pool({ ...${config}, max: 2 });
      global.pool.query('SELECT $1::text AS name', [user], (error, result) => callback(error, result && result.rows[0].name)); }`;
    const users = Array.from({ length: 60 }, (_, index) => `user${index}@example.com`);
    const runs = await Promise.all(
      users.map((user) => sandbox.run(script, { args: [user, 'x'], detail: 'counts' })),
    );
    expect(runs.map(({ value, statementCount }) => [value, statementCount])).toEqual(
      users.map((user) => [user, 1]),
    );
  });

  it('the server gone', async () => {
    const script = client(
      "await client.query('SELECT pg_terminate_backend(pg_backend_pid())'); callback(null);",
    );
    const run = await sandbox.run(script);
    expect(run.ending).toMatch(/^called-back-error$|^threw$/);
    const refused = await sandbox.run(client('callback(null);').replace(`"port":${server.port}`, '"port":1'));
    expect(refused.refused).toEqual([
      { host: server.host, port: 1, reason: 'the rule for this host allows another port', line: 4 },
    ]);
  });
});

describeWith('MariaDB with mysql2 and mysql', mariadbMissing(), () => {
  let server: DatabaseServer;
  let sandbox: Sandbox;
  let config: string;

  beforeAll(async () => {
    server = await startMariadb({ tls: 'offered' });
    for (const sql of CREATE) await server.query(sql);
    const { host, port, user, password, database } = server;
    config = JSON.stringify({ host, port, user, password, database });
    sandbox = await startSandbox({ egress: [{ host, port, because: 'test' }] });
  });
  afterAll(async () => {
    await sandbox?.close();
    await server?.remove();
  });

  it('a prepared statement', async () => {
    const run = await sandbox.run(`async function login(user, password, callback) {
      const mysql = require('mysql2/promise');
      const connection = await mysql.createConnection(${config});
      const [rows] = await connection.execute('SELECT id, name FROM users WHERE email = ? AND id < ?', [user, 10]);
      await connection.end(); callback(null, rows[0]); }`);
    expect(facts(run)).toEqual({
      ending: 'called-back',
      value: { id: 1, name: 'Ada' },
      error: null,
      findings: [],
      statements: [
        [
          'mysql',
          'SELECT id, name FROM users WHERE email = ? AND id < ?',
          ['text(15)', expect.any(String)],
          1,
          null,
        ],
      ],
      connections: [['none', false]],
      counts: [1, 1],
    });
  });

  it('values that the driver writes into the statement are masked', async () => {
    const run = await sandbox.run(`function login(user, password, callback) {
      const connection = require('mysql').createConnection(${config});
      connection.query('SELECT name FROM users WHERE email = ? OR email = "x"', [user], (error, rows) => {
        connection.end(); callback(error, rows && rows[0]); }); }`);
    expect(facts(run)).toMatchObject({
      value: { name: 'Ada' },
      statements: [['mysql', "SELECT name FROM users WHERE email = '…(15)' OR email = '…(1)'", [], 1, null]],
    });
  });

  it('an error, by its number', async () => {
    const run = await sandbox.run(`function login(user, password, callback) {
      const connection = require('mysql2').createConnection(${config});
      connection.query('SELECT nope FROM users', (error) => { connection.end(); callback(error); }); }`);
    expect(facts(run)).toMatchObject({
      ending: 'called-back-error',
      statements: [['mysql', 'SELECT nope FROM users', [], 0, expect.stringMatching(/^1054 /)]],
    });
  });

  it('TLS, and no file of the host by LOAD DATA LOCAL', async () => {
    const run = await sandbox.run(`async function login(user, password, callback) {
      const mysql = require('mysql2/promise');
      const connection = await mysql.createConnection({ ...${config}, ssl: { ca: ${JSON.stringify(server.ca)} } });
      const [[row]] = await connection.query("SHOW STATUS LIKE 'Ssl_version'");
      let refused = null;
      try { await connection.query({ sql: "LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE users", infileStreamFactory: () => require('fs').createReadStream('/etc/hostname') }); }
      catch (error) { refused = error.message; }
      connection.destroy(); callback(null, { tls: row.Value, refused }); }`);
    expect(run.value).toEqual({ tls: expect.stringMatching(/^TLS/), refused: expect.any(String) });
    expect(run.connections.map(({ tls }) => tls)).toEqual(['verified']);
  });
});
