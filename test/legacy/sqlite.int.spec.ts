import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
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
