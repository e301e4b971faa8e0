import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { sqliteDialect } from '#legacy/dialects/sqlite.ts';
import { KnexSession } from '#legacy/knex-session.ts';
import { openLegacyStore } from '#legacy/open-legacy-store.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { allRecords, faultOf, secrets, storeContract } from './store-contract.ts';

describe('the SQLite store', () => {
  const folder = temporaryFolder('sqlite');
  const path = join(folder, 'legacy.db');
  const database = new Database(path);
  afterAll(() => database.close());
  const connection = { engine: 'sqlite', file: path } as const;

  storeContract(async () => ({
    connection,
    query: async (sql) => {
      const statement = database.prepare(sql);
      if (statement.reader) return statement.all() as Record<string, unknown>[];
      statement.run();
      return [];
    },
    uuid: 'text',
    decimal: 'text',
    bytes: 'blob',
    timestamp: 'text',
    hex: (digits) => `X'${digits}'`,
    failingCast: (column) => `json_extract(${column}, '$')`,
  }));

  it('pages over values of every type in one column', async () => {
    database.exec(
      "CREATE TABLE mixed (k UNIQUE NOT NULL); INSERT INTO mixed VALUES (1), ('~i5'), ('1'), (2.5), (X'00'), (9007199254740993), ('~')",
    );
    const scan = database.prepare('SELECT k FROM mixed ORDER BY k').safeIntegers().pluck().all();
    const store = await openLegacyStore(connection, { table: 'mixed', key: ['k'] }, secrets, '/');
    const records = await allRecords(store, 1);
    await store.close();
    expect(records.map(({ key }) => key[0])).toEqual([
      1,
      2.5,
      '~i9007199254740993',
      '1',
      '~~',
      '~~i5',
      '~x00',
    ]);
    expect(scan).toEqual([1n, 2.5, 9007199254740993n, '1', '~', '~i5', Buffer.from([0])]);
  });

  it.each([
    ['a row', "INSERT INTO people VALUES (9, 'x')", ['legacy-denied']],
    ['a change', 'UPDATE people SET id = id + 1', ['legacy-denied']],
    ['a table', 'CREATE TABLE written (id integer)', ['legacy-denied']],
    ['a setting', 'PRAGMA user_version = 7', ['legacy-denied']],
    [
      'another database',
      "ATTACH 'attached.db' AS other; CREATE TABLE other.written (id integer)",
      ['legacy-unreachable', 'legacy-query'],
    ],
  ])('refuses to write %s', async (_what, sql, kinds) => {
    const own = temporaryFolder('refused');
    const file = join(own, 'a.db');
    const writer = new Database(file);
    writer.exec(
      'CREATE TABLE people (id integer PRIMARY KEY, name text); INSERT INTO people VALUES (1, NULL)',
    );
    writer.close();
    const dialect = sqliteDialect(file);
    const party = { product: dialect.product, where: file, user: null, database: null };
    const session = new KnexSession(dialect, party);
    const faults = [];
    for (const one of sql.replace('attached.db', join(own, 'attached.db')).split('; ')) {
      faults.push(
        await session.rows(one).then(
          () => null,
          (fault: { kind: string }) => fault.kind,
        ),
      );
    }
    await session.close();
    const reader = new Database(file, { readonly: true });
    const after = {
      rows: reader.prepare('SELECT * FROM people').all(),
      version: reader.pragma('user_version', { simple: true }),
      tables: reader.prepare('SELECT count(*) FROM sqlite_master').pluck().get(),
    };
    reader.close();
    expect({ faults, after, files: readdirSync(own) }).toEqual({
      faults: kinds,
      after: { rows: [{ id: 1, name: null }], version: 0, tables: 1 },
      files: ['a.db'],
    });
  });

  it('leaves the file and its folder as they are', async () => {
    const own = temporaryFolder('untouched');
    const file = join(own, 'a.db');
    const writer = new Database(file);
    writer.exec('CREATE TABLE people (id integer PRIMARY KEY); INSERT INTO people VALUES (1), (2)');
    writer.close();
    const state = () => ({
      files: readdirSync(own),
      hash: createHash('sha256').update(readFileSync(file)).digest('hex'),
    });
    const before = state();
    const store = await openLegacyStore(
      { engine: 'sqlite', file: 'a.db' },
      { table: 'people', key: ['id'] },
      secrets,
      own,
    );
    const count = (await allRecords(store, 1)).length;
    await store.close();
    expect({ count, after: state() }).toEqual({ count: 2, after: before });
  });

  it('says what is wrong with a file', async () => {
    const own = temporaryFolder('files');
    writeFileSync(
      join(own, 'text.db'),
      'this is no database, only text that is long enough to be read as a header of one',
    );
    chmodSync(join(own, 'text.db'), 0o600);
    const faults = [];
    for (const file of ['absent.db', 'no/folder.db', 'text.db']) {
      const store = await openLegacyStore(
        { engine: 'sqlite', file },
        { table: 'people', key: ['id'] },
        secrets,
        own,
      );
      const { kind, message } = await faultOf(store.count());
      faults.push(`${kind}: ${message.replace(own, '')}`);
      await store.close();
    }
    expect(faults).toEqual([
      'legacy-unreachable: /absent.db cannot be opened',
      'legacy-unreachable: /no/folder.db cannot be opened',
      'legacy-query: /text.db is not a readable SQLite database',
    ]);
  });
});
