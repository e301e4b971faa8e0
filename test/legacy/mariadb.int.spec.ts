import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLegacyStore } from '#legacy/open-legacy-store.ts';
import { describeWith } from '#test/describe-with.ts';
import { freePort } from '#test/free-port.ts';
import { mariadbMissing, startMariadb } from '#test/mariadb.ts';
import type { DatabaseServer } from '#test/postgresql.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { allRecords, faultOf, SECRET, secrets, storeContract } from './store-contract.ts';

const connectionTo = (server: DatabaseServer) =>
  ({
    engine: 'mysql',
    host: server.host,
    port: server.port,
    database: server.database,
    user: server.user,
    password: '${secret:LEGACY}',
    tls: 'off',
  }) as const;

describeWith('the MySQL store', mariadbMissing(), () => {
  let server: DatabaseServer;
  beforeAll(async () => {
    // Words of the suite that differ only in case or accent must be different keys.
    server = await startMariadb({
      password: SECRET,
      tls: 'offered',
      settings: ['collation-server=utf8mb4_bin'],
    });
    await server.query(`ALTER DATABASE ${server.database} COLLATE utf8mb4_bin`);
  });
  afterAll(() => server.remove());

  storeContract(async () => ({
    connection: connectionTo(server),
    query: (sql) => server.query(sql),
    uuid: 'uuid',
    decimal: 'decimal(30, 12)',
    bytes: 'varbinary(20)',
    timestamp: 'datetime(6)',
    hex: (digits) => `X'${digits}'`,
    // MariaDB only warns about bad casts; a number out of range is an error.
    failingCast: (column) =>
      `(CASE WHEN ${column} REGEXP '^[0-9]+$' THEN ${column} + 0 ELSE CAST(0 AS UNSIGNED) - 1 END)`,
  }));

  const users = { table: 'people', key: ['id'] };

  it.each(['utf8mb4_general_ci', 'utf8mb4_unicode_ci', 'latin1_german2_ci'])(
    'orders by %s',
    async (collation) => {
      const charset = collation.split('_')[0];
      const table = `collated_${collation}`;
      await server.query(
        `CREATE TABLE ${table} (k varchar(40) CHARACTER SET ${charset} COLLATE ${collation} PRIMARY KEY, id int)`,
      );
      await server.query(
        `INSERT INTO ${table} VALUES ('zoe', 1), ('ähre', 2), ('apfel', 3), ('Aachen', 4), ('b\\\\''', 5), ('öl', 6)`,
      );
      const scan = await server.query(`SELECT id FROM ${table} ORDER BY k`);
      const store = await openLegacyStore(connectionTo(server), { table, key: ['k'] }, secrets, '/');
      const records = await allRecords(store, 2);
      await store.close();
      expect(records.map((record) => record.kind === 'row' && record.row['id'])).toEqual(
        scan.map((row) => row['id']),
      );
    },
  );

  it('pages over keys that print inexactly or sort by number', async () => {
    await server.query(
      "CREATE TABLE odd (kind enum('z', 'a') NOT NULL, f float NOT NULL, id int, PRIMARY KEY (kind, f))",
    );
    await server.query(
      "INSERT INTO odd VALUES ('z', 1.1, 1), ('z', 1.2, 2), ('a', 0.1, 3), ('a', 16777217.3, 4)",
    );
    const store = await openLegacyStore(
      connectionTo(server),
      { table: 'odd', key: ['kind', 'f'] },
      secrets,
      '/',
    );
    const records = await allRecords(store, 1);
    await store.close();
    expect(records.map((record) => record.kind === 'row' && [record.row['id'], record.row['kind']])).toEqual([
      [1, 'z'],
      [2, 'z'],
      [3, 'a'],
      [4, 'a'],
    ]);
  });

  it('cannot write, whatever the users query tries', async () => {
    await server.query('CREATE TABLE written (id integer)');
    await server.query(
      'CREATE FUNCTION write_one() RETURNS integer MODIFIES SQL DATA BEGIN INSERT INTO written VALUES (1); RETURN 1; END',
    );
    const store = await openLegacyStore(
      connectionTo(server),
      { query: 'SELECT write_one() AS id', key: ['id'] },
      secrets,
      '/',
    );
    const { kind } = await faultOf(store.count().then(() => store.find([1])));
    await store.close();
    expect({ kind, written: await server.query('SELECT * FROM written') }).toEqual({
      kind: 'legacy-denied',
      written: [],
    });
  });

  it('checks certificates only when asked to, and against the named authority', async () => {
    const folder = temporaryFolder('tls');
    writeFileSync(join(folder, 'ca.pem'), server.ca ?? '');
    const outcome = async (change: { tls: 'on' | 'verify'; ca?: string }) => {
      const store = await openLegacyStore({ ...connectionTo(server), ...change }, users, secrets, folder);
      const result = await store.count().catch((error: { kind: string }) => error.kind);
      await store.close();
      return result;
    };
    expect([
      await outcome({ tls: 'on' }),
      await outcome({ tls: 'verify' }),
      await outcome({ tls: 'verify', ca: 'ca.pem' }),
    ]).toEqual([7, 'legacy-denied', 7]);
  });

  it('says what is wrong with a connection, without the password', async () => {
    const right = connectionTo(server);
    const message = async (change: object, password = SECRET) => {
      const store = await openLegacyStore({ ...right, ...change }, users, () => password, '/');
      const { kind, message: said } = await faultOf(store.count());
      await store.close();
      return `${kind}: ${said}`;
    };
    const at = `MySQL at 127.0.0.1:${server.port}`;
    const port = await freePort();
    await server.query("CREATE USER poor@'%' IDENTIFIED BY 'right-password'");
    await server.query(`GRANT SELECT ON ${server.database}.written TO poor@'%'`);
    expect([
      await message({}, 'wrong-password'),
      await message({ database: 'nowhere' }),
      await message({ port }),
      await message({ user: 'poor' }),
    ]).toEqual([
      `legacy-denied: ${at} refused the password for user "userferry"`,
      `legacy-query: ${at} has no database "nowhere"`,
      `legacy-unreachable: MySQL at 127.0.0.1:${port} refused the connection: nothing is listening there`,
      expect.stringContaining(`legacy-denied: ${at} does not let user "poor" do this: SELECT command denied`),
    ]);
  });

  it('fails while the server is away, and goes on where it was once it is back', async () => {
    const store = await openLegacyStore(connectionTo(server), users, secrets, '/');
    const first = await store.page(null, 2);
    await server.stop('crash');
    const away = await faultOf(store.page([5], 2));
    await server.start();
    const rest = await store.page([5], 10);
    await store.close();
    expect({ first: first.next, away: away.kind, rest: rest.records.map(({ key }) => key) }).toEqual({
      first: [2],
      away: 'legacy-unreachable',
      rest: [[6], [7]],
    });
  });
});
