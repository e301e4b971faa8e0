import { afterEach, describe, expect, it } from 'vitest';
import { legacyConnectionSchema } from '#contract/project-settings.ts';
import type { LegacyKey } from '#domain/profile/legacy-user.ts';
import type { LegacyStore } from '#engine/ports/legacy-store.ts';
import type { Dialect } from '#legacy/dialect.ts';
import { oracleConnectString, oracleDialect } from '#legacy/dialects/oracle.ts';
import { sqlserverDialect } from '#legacy/dialects/sqlserver.ts';
import { keysetSql } from '#legacy/keyset-sql.ts';
import { openLegacyStore } from '#legacy/open-legacy-store.ts';
import type { ServerConnection } from '#legacy/server-connection.ts';
import { describeWith } from '#test/describe-with.ts';
import { freePort } from '#test/free-port.ts';
import { allRecords, faultOf } from './store-contract.ts';

const connection: ServerConnection = {
  host: 'db.example.com',
  port: 1521,
  database: 'ORCL',
  user: 'app',
  password: 'right-password',
  schema: null,
  tls: { mode: 'off', caPath: null },
  connectTimeoutMs: 5000,
  statementTimeoutMs: 5000,
};

/** Keys as the store builds them, for columns of the given types. */
function sqlFor(
  dialect: Dialect,
  table: string,
  columns: readonly (readonly [name: string, type: string])[],
) {
  const key = columns.map(([name, type], index) => {
    const kind = dialect.keyKind(type);
    const exact = kind.select !== undefined || kind.compare !== undefined;
    return { name, quoted: dialect.quote(name), kind, alias: exact ? `UF_KEY_${index}` : null };
  });
  return keysetSql(dialect, { from: dialect.aliased(dialect.quote(table)), where: 'gone = 0', key });
}

const parts: LegacyKey = ['2020-01-02T03:04:05.1234567', 'ab', '9007199254740993'];

describe('statements for SQL Server', () => {
  const sql = sqlFor(sqlserverDialect(connection), 'Us]ers', [
    ['at', 'datetime2(7)'],
    ['name', 'varchar(50)'],
    ['no', 'bigint'],
  ]);

  it('pages with the key cast back to its exact types', () => {
    const [at, name, no] = ['datetime2(7)', 'varchar(50)', 'bigint'];
    expect(sql.page(parts, 100)).toEqual({
      sql:
        'SELECT uf_users.*, CONVERT(varchar(40), [at], 126) AS [UF_KEY_0] FROM [Us]]ers] AS uf_users WHERE (gone = 0) AND ' +
        `(([at] > CAST(@p0 AS ${at})) OR ([at] = CAST(@p1 AS ${at}) AND [name] > CAST(@p2 AS ${name})) OR ` +
        `([at] = CAST(@p3 AS ${at}) AND [name] = CAST(@p4 AS ${name}) AND [no] > CAST(@p5 AS ${no}))) ` +
        `AND [at] >= CAST(@p6 AS ${at}) ORDER BY [at] ASC, [name] ASC, [no] ASC OFFSET 0 ROWS FETCH NEXT 100 ROWS ONLY`,
      values: [parts[0], parts[0], parts[1], parts[0], parts[1], parts[2], parts[0]],
    });
  });

  it('looks for the key some rows ahead', () => {
    expect(sqlFor(sqlserverDialect(connection), 'a', [['no', 'int']]).keys([7], 1, 999).sql).toBe(
      'SELECT [no] AS [no] FROM [a] AS uf_users WHERE (gone = 0) AND [no] > CAST(@p0 AS int) ORDER BY [no] ASC OFFSET 999 ROWS FETCH NEXT 1 ROWS ONLY',
    );
  });

  it('counts and samples', () => {
    expect([sql.count().sql, sqlserverDialect(connection).limited('SELECT * FROM [a]', 5)]).toEqual([
      'SELECT count(*) AS uf_count FROM [Us]]ers] AS uf_users WHERE (gone = 0)',
      'SELECT TOP (5) * FROM [a]',
    ]);
  });

  it('keeps what the driver would round', () => {
    const { keyKind } = sqlserverDialect(connection);
    const bind = () => '@p0';
    const shown = (type: string, value: unknown) => {
      const kind = keyKind(type);
      return [kind.select?.('[k]') ?? null, kind.encode(value), kind.bind(kind.encode(value), bind)];
    };
    expect([
      shown('decimal(30,10)', '1.5'),
      shown('bigint', '9007199254740993'),
      shown('int', 5),
      shown('varbinary(16)', Buffer.from([0, 255])),
      shown('rowversion', Buffer.from([1])),
      shown('uniqueidentifier', 'AB'),
    ]).toEqual([
      ['CONVERT(varchar(60), [k])', '1.5', 'CAST(@p0 AS decimal(30,10))'],
      [null, '9007199254740993', 'CAST(@p0 AS bigint)'],
      [null, 5, 'CAST(@p0 AS int)'],
      [null, '0x00ff', 'CONVERT(varbinary(16), @p0, 1)'],
      [null, '0x01', 'CONVERT(binary(8), @p0, 1)'],
      [null, 'AB', 'CAST(@p0 AS uniqueidentifier)'],
    ]);
  });
});

describe('statements for Oracle', () => {
  const sql = sqlFor(oracleDialect(connection), 'users', [
    ['AT', 'TIMESTAMP'],
    ['NO', 'NUMBER'],
  ]);
  const time = (index: number) => `TO_TIMESTAMP(:${index}, 'YYYY-MM-DD"T"HH24:MI:SS.FF9')`;

  it('pages with times and numbers as exact text', () => {
    expect(sql.page(['2020-01-02T03:04:05.123456789', 7], 100)).toEqual({
      sql:
        `SELECT uf_users.*, TO_CHAR("AT", 'YYYY-MM-DD"T"HH24:MI:SS.FF9') AS "UF_KEY_0" FROM "USERS" uf_users WHERE (gone = 0) AND ` +
        `(("AT" > ${time(1)}) OR ("AT" = ${time(2)} AND "NO" > TO_NUMBER(:3))) AND "AT" >= ${time(4)} ` +
        'ORDER BY "AT" ASC, "NO" ASC FETCH FIRST 100 ROWS ONLY',
      values: [
        '2020-01-02T03:04:05.123456789',
        '2020-01-02T03:04:05.123456789',
        '7',
        '2020-01-02T03:04:05.123456789',
      ],
    });
  });

  it('reads one range of keys', () => {
    expect(sqlFor(oracleDialect(connection), 'Mixed', [['NO', 'NUMBER']]).between([1], [9]).sql).toBe(
      'SELECT uf_users.* FROM "Mixed" uf_users WHERE (gone = 0) AND "NO" > TO_NUMBER(:1) AND "NO" <= TO_NUMBER(:2) ORDER BY "NO" ASC',
    );
  });

  it('looks for the key some rows ahead', () => {
    const ahead = sqlFor(oracleDialect(connection), 'a', [['NO', 'NUMBER']]).keys(null, 1, 999).sql;
    expect(ahead.slice(ahead.indexOf(' ORDER BY'))).toBe(
      ' ORDER BY "NO" ASC OFFSET 999 ROWS FETCH FIRST 1 ROWS ONLY',
    );
  });

  it('puts TLS and time limits into the connect string', () => {
    expect([
      oracleConnectString(connection),
      oracleConnectString({ ...connection, tls: { mode: 'verify', caPath: '/p/tls/ewallet.pem' } }),
    ]).toEqual([
      'tcp://db.example.com:1521/ORCL?transport_connect_timeout=5',
      'tcps://db.example.com:1521/ORCL?transport_connect_timeout=5&ssl_server_dn_match=on&wallet_location=/p/tls',
    ]);
  });
});

describe('servers that are not there', () => {
  let store: LegacyStore | null = null;
  afterEach(() => store?.close());

  it.each([
    ['sqlserver', 'SQL Server'],
    ['oracle', 'Oracle'],
  ] as const)('%s says so, through its real driver', async (engine, product) => {
    const port = await freePort();
    const settings = {
      engine,
      host: '127.0.0.1',
      port,
      database: 'ORCLPDB1',
      user: 'u',
      password: '${env:P}',
      tls: 'off',
    } as const;
    store = await openLegacyStore(settings, { table: 't', key: ['id'] }, () => 'right-password', '/', {
      connectTimeoutMs: 3000,
    });
    expect(await faultOf(store.version())).toEqual({
      kind: 'legacy-unreachable',
      message: `${product} at 127.0.0.1:${port} refused the connection: nothing is listening there`,
      help: 'Check host and port, and that the server is running and accepts connections from this machine.',
    });
  });
});

/** `sqlserver://user:password@host:port/database?table=dbo.Users&key=Id`: any table with rows will do. */
function liveSuite(name: string, engine: 'sqlserver' | 'oracle', variable: string): void {
  const address = process.env[variable];
  const missing = address === undefined ? `a server of yours, named in ${variable}` : null;
  const suite = () => {
    it('pages over a whole table the same way with any page size', async () => {
      const url = new URL(address ?? '');
      const settings = legacyConnectionSchema.parse({
        engine,
        host: url.hostname,
        port: Number(url.port),
        database: url.pathname.slice(1),
        user: decodeURIComponent(url.username),
        password: '${env:LIVE}',
        tls: url.searchParams.get('tls') ?? 'off',
      });
      const users = {
        table: url.searchParams.get('table') ?? '',
        key: (url.searchParams.get('key') ?? '').split(','),
      };
      const opened = await openLegacyStore(settings, users, () => decodeURIComponent(url.password), '/');
      const whole = await allRecords(opened, 1000);
      const small = await allRecords(opened, 7);
      const count = await opened.count();
      await opened.close();
      expect({ small, count }).toEqual({ small: whole, count: whole.length });
    });
  };
  // No machine of ours has these servers, so not even CI promises them.
  describeWith(`a live ${name}`, missing, suite, { required: false });
}

liveSuite('SQL Server', 'sqlserver', 'USERFERRY_TEST_SQLSERVER_URL');
liveSuite('Oracle', 'oracle', 'USERFERRY_TEST_ORACLE_URL');
