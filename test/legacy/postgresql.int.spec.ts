import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLegacyStore } from '#legacy/open-legacy-store.ts';
import { createAuthority } from '#test/certificates.ts';
import { describeWith } from '#test/describe-with.ts';
import { freePort } from '#test/free-port.ts';
import { type DatabaseServer, postgresqlMissing, startPostgresql } from '#test/postgresql.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { allRecords, faultOf, SECRET, secrets, storeContract } from './store-contract.ts';

const connectionTo = (server: DatabaseServer) =>
  ({
    engine: 'postgresql',
    host: server.host,
    port: server.port,
    database: server.database,
    user: server.user,
    password: '${secret:LEGACY}',
    tls: 'off',
  }) as const;

describeWith('the PostgreSQL store', postgresqlMissing(), () => {
  let server: DatabaseServer;
  beforeAll(async () => {
    server = await startPostgresql({ password: SECRET });
  });
  afterAll(() => server.remove());

  storeContract(async () => ({
    connection: connectionTo(server),
    query: (sql) => server.query(sql),
    uuid: 'uuid',
    decimal: 'numeric(30, 12)',
    bytes: 'bytea',
    timestamp: 'timestamptz',
    hex: (digits) => `'\\x${digits}'`,
    failingCast: (column) => `CAST(${column} AS integer)`,
  }));

  const users = { table: 'people', key: ['id'] };

  it('orders by the collation of the column', async () => {
    await server.query('CREATE TABLE collated (k varchar(40) COLLATE "de-x-icu" PRIMARY KEY)');
    await server.query("INSERT INTO collated VALUES ('zoe'), ('ähre'), ('apfel'), ('Ähre'), ('b')");
    const store = await openLegacyStore(
      connectionTo(server),
      { table: 'collated', key: ['k'] },
      secrets,
      '/',
    );
    const keys = (await allRecords(store, 2)).map((record) => record.key[0]);
    await store.close();
    expect(keys).toEqual(['ähre', 'Ähre', 'apfel', 'b', 'zoe']);
  });

  it('cannot write, whatever the users query tries', async () => {
    await server.query('CREATE SEQUENCE counter; CREATE TABLE written (id integer)');
    await server.query(
      "CREATE FUNCTION write_one() RETURNS integer LANGUAGE sql AS 'INSERT INTO written VALUES (1) RETURNING id'",
    );
    const outcomes: string[] = [];
    for (const query of [
      'SELECT write_one() AS id',
      "SELECT set_config('transaction_read_only', 'off', false) AS id, write_one()",
    ]) {
      const store = await openLegacyStore(connectionTo(server), { query, key: ['id'] }, secrets, '/');
      outcomes.push((await faultOf(store.find(['1']))).kind);
      await store.close();
    }
    expect({ outcomes, written: await server.query('SELECT * FROM written') }).toEqual({
      outcomes: ['legacy-denied', 'legacy-query'],
      written: [],
    });
  });

  it('says what is wrong with a connection, without the password', async () => {
    const right = connectionTo(server);
    const message = async (change: object, password = SECRET) => {
      const store = await openLegacyStore({ ...right, ...change }, users, () => password, '/');
      const { kind, message: said } = await faultOf(store.count());
      await store.close();
      return `${kind}: ${said}`;
    };
    const at = `PostgreSQL at 127.0.0.1:${server.port}`;
    const port = await freePort();
    await server.query("CREATE ROLE poor LOGIN PASSWORD 'right-password'");
    expect([
      await message({}, 'wrong-password'),
      await message({ database: 'nowhere' }),
      await message({ port }),
      await message({ host: 'no-such-host.invalid' }),
      await message({ tls: 'on' }),
      await message({ user: 'poor' }),
    ]).toEqual([
      `legacy-denied: ${at} refused the password for user "userferry"`,
      `legacy-query: ${at} has no database "nowhere"`,
      `legacy-unreachable: PostgreSQL at 127.0.0.1:${port} refused the connection: nothing is listening there`,
      `legacy-unreachable: the host name of PostgreSQL at no-such-host.invalid:${server.port} is not known here`,
      `legacy-denied: the TLS connection to ${at} failed: The server does not support SSL connections`,
      `legacy-denied: ${at} does not let user "poor" do this: permission denied for table people`,
    ]);
  });

  it('gives up on a statement that runs too long', async () => {
    const query = 'SELECT 1 AS id FROM pg_sleep(30)';
    const limits = { statementTimeoutMs: 200 };
    const store = await openLegacyStore(connectionTo(server), { query, key: ['id'] }, secrets, '/', limits);
    const { kind, message } = await faultOf(store.find([1]));
    await store.close();
    expect({ kind, message }).toEqual({
      kind: 'legacy-unreachable',
      message: `PostgreSQL at 127.0.0.1:${server.port} stopped the statement because it ran too long`,
    });
  });

  it('fails while the server is away, and goes on where it was once it is back', async () => {
    const store = await openLegacyStore(connectionTo(server), users, secrets, '/');
    const first = await store.page(null, 2);
    await server.stop('crash');
    const away = await faultOf(store.page([5], 2));
    await server.start();
    const rest = await store.page([5], 10);
    await store.close();
    expect({ away: away.kind, rest: rest.records.map(({ key }) => key), first: first.next }).toEqual({
      away: 'legacy-unreachable',
      rest: [[6], [7]],
      first: [2],
    });
  });
});

describeWith('the PostgreSQL store over TLS', postgresqlMissing(), () => {
  let server: DatabaseServer;
  beforeAll(async () => {
    server = await startPostgresql({ password: SECRET, tls: 'required' });
    await server.query('CREATE TABLE people (id integer PRIMARY KEY)');
  });
  afterAll(() => server.remove());

  it('checks certificates only when asked to, and against the named authority', async () => {
    const folder = temporaryFolder('tls');
    writeFileSync(join(folder, 'ca.pem'), server.ca ?? '');
    writeFileSync(join(folder, 'other.pem'), createAuthority('another').ca);
    const outcome = async (change: { tls: 'off' | 'on' | 'verify'; ca?: string }) => {
      const users = { table: 'people', key: ['id'] };
      const open = openLegacyStore({ ...connectionTo(server), ...change }, users, secrets, folder);
      return open.then(
        async (store) => {
          const result = await store.count().catch((error: { kind: string }) => error.kind);
          await store.close();
          return result;
        },
        (error: { kind: string }) => error.kind,
      );
    };
    expect([
      await outcome({ tls: 'off' }),
      await outcome({ tls: 'on' }),
      await outcome({ tls: 'verify' }),
      await outcome({ tls: 'verify', ca: 'other.pem' }),
      await outcome({ tls: 'verify', ca: 'absent.pem' }),
      await outcome({ tls: 'verify', ca: 'ca.pem' }),
    ]).toEqual(['legacy-denied', 0, 'legacy-denied', 'legacy-denied', 'input-invalid', 0]);
  });
});
