import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openLegacyStore } from '#legacy/open-legacy-store.ts';
import type { UsersQuery } from '#legacy/users-query.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { allRecords, faultOf, secrets } from './store-contract.ts';

type Engine = 'csv' | 'ndjson';

async function read(
  engine: Engine,
  content: string | Buffer,
  users: Partial<UsersQuery> = {},
  file = `people.${engine}`,
) {
  const folder = temporaryFolder('dump');
  writeFileSync(join(folder, file), content);
  const connection =
    engine === 'csv' ? ({ engine, file, delimiter: ',' } as const) : ({ engine, file } as const);
  const store = await openLegacyStore(
    connection,
    { table: 'people', key: ['id'], ...users },
    secrets,
    folder,
  );
  const records = await allRecords(store, 2);
  const summary = {
    columns: await store.columns(),
    count: await store.count(),
    records: records.map((record) =>
      record.kind === 'row' ? record.row : `${record.key[0]}: ${record.reason}`,
    ),
    findings: (store.findings ?? []).map((finding) => `${finding.code}: ${finding.message}`),
  };
  return { folder, store, summary };
}

async function seen(engine: Engine, content: string | Buffer, users?: Partial<UsersQuery>, file?: string) {
  const { store, summary } = await read(engine, content, users, file);
  await store.close();
  return summary;
}

const good = (records: unknown[], columns = ['id', 'email'], findings: string[] = []) => ({
  columns,
  count: records.length,
  records,
  findings,
});

describe('CSV dumps', () => {
  it('copes with byte order mark, CRLF, quoted newlines and quotes, empty lines', async () => {
    const text = '\uFEFFid,email\r\n1,a@example.com\r\n\r\n2,"b\r\n""x"", y"\r\n3,\r\n';
    expect(await seen('csv', text)).toEqual(
      good([
        { id: '1', email: 'a@example.com' },
        { id: '2', email: 'b\r\n"x", y' },
        { id: '3', email: '' },
      ]),
    );
  });

  it('keeps malformed lines as unreadable records, in order, with their line', async () => {
    const text = 'id,email\n1,a\n2\n3,c,d\n4,"d"x\n5,e\n6,"never closed\n7,g\n';
    expect((await seen('csv', text)).records).toEqual([
      { id: '1', email: 'a' },
      '3: line 3: 1 values where the header has 2',
      '4: line 4: 3 values where the header has 2',
      { id: '4', email: '"d"x' },
      { id: '5', email: 'e' },
      '8: lines 7 to 8: a quotation mark is never closed',
    ]);
  });

  it('reads Latin-1 with a finding, UTF-16 and gzip without', async () => {
    const text = 'id,email\n1,Zoë\n2,Ähre\n';
    const rows = [
      { id: '1', email: 'Zoë' },
      { id: '2', email: 'Ähre' },
    ];
    const latin = 'legacy.dump-not-utf8: people.csv is not UTF-8; it was read as Windows-1252';
    expect([
      await seen('csv', Buffer.from(text, 'latin1')),
      await seen('csv', Buffer.from(`\uFEFF${text}`, 'utf16le')),
      await seen('csv', gzipSync(text), {}, 'people.csv.gz'),
    ]).toEqual([good(rows, ['id', 'email'], [latin]), good(rows), good(rows)]);
  });

  it('gives every column a name of its own', async () => {
    expect(await seen('csv', 'id,Email,email,,uf_line\n1,a,b,c,d\n')).toEqual(
      good(
        [{ id: '1', Email: 'a', email_2: 'b', column: 'c', uf_line_2: 'd' }],
        ['id', 'Email', 'email_2', 'column', 'uf_line_2'],
        [
          'legacy.dump-column-renamed: column "email" of people.csv is called "email_2" here',
          'legacy.dump-column-renamed: column "" of people.csv is called "column" here',
          'legacy.dump-column-renamed: column "uf_line" of people.csv is called "uf_line_2" here',
        ],
      ),
    );
  });

  it('obeys an extra condition but never hides malformed lines', async () => {
    const text = 'id,email\n1,a\nbad\n2,b\n';
    expect((await seen('csv', text, { where: "email = 'b'" })).records).toEqual([
      '3: line 3: 1 values where the header has 2',
      { id: '2', email: 'b' },
    ]);
  });

  it('counts malformed lines among the rows ahead', async () => {
    const { store } = await read('csv', 'id,email\n7,a\nbad\n8,b\n');
    const ahead = [
      await store.keyAfter(null, 1),
      await store.keyAfter(null, 2),
      await store.keyAfter([3], 1),
    ];
    const none = await store.keyAfter([4], 1);
    await store.close();
    expect([ahead, none]).toEqual([[[2], [3], [4]], null]);
  });

  it('finds by line and by the key columns', async () => {
    const { store } = await read('csv', 'id,email\n7,a\n8,b\n');
    const found = [
      await store.find([3]),
      await store.find(['7']),
      await store.find([99]),
      await store.find(['99']),
    ];
    await store.close();
    expect(found).toEqual([{ id: '8', email: 'b' }, { id: '7', email: 'a' }, null, null]);
  });

  it('tells one table named after the file', async () => {
    const { store } = await read('csv', 'id,email\n7,a\n');
    const tables = await store.tables();
    const sample = await store.sample('people', 5);
    await store.close();
    const column = (name: string) => ({
      name,
      type: 'text',
      nullable: true,
      primaryKey: null,
      unique: false,
    });
    expect({ tables, sample }).toEqual({
      tables: [{ name: 'people', kind: 'table', columns: [column('id'), column('email')], estimatedRows: 1 }],
      sample: [{ id: '7', email: 'a' }],
    });
  });

  it('imports once for each state of the file, and again when it changes', async () => {
    const { store, folder } = await read('csv', 'id,email\n7,a\n');
    await store.close();
    const cache = join(folder, '.userferry', 'cache');
    const connection = { engine: 'csv', file: 'people.csv', delimiter: ',' } as const;
    const again = async () => {
      const next = await openLegacyStore(connection, { table: 'people', key: ['id'] }, secrets, folder);
      const records = await allRecords(next, 10);
      await next.close();
      return records.map((record) => record.kind === 'row' && record.row['email']);
    };
    const [file] = readdirSync(cache);
    const before = statSync(join(cache, file ?? '')).ino;
    const same = await again();
    const kept = statSync(join(cache, file ?? '')).ino === before && readdirSync(cache).length === 1;
    writeFileSync(join(folder, 'people.csv'), 'id,email\n7,b\n');
    utimesSync(join(folder, 'people.csv'), 1, 1);
    expect({ same, kept, changed: await again(), files: readdirSync(cache).length }).toEqual({
      same: ['a'],
      kept: true,
      changed: ['b'],
      files: 2,
    });
  });

  it('says what is wrong with a file, and leaves no half import', async () => {
    const folder = temporaryFolder('dump');
    writeFileSync(join(folder, 'empty.csv'), '');
    writeFileSync(join(folder, 'cut.csv.gz'), gzipSync('id,email\n1,a\n'.repeat(100)).subarray(0, 40));
    const open = (file: string, users: UsersQuery = { table: 'x', key: ['id'] }) =>
      faultOf(openLegacyStore({ engine: 'csv', file, delimiter: ',' }, users, secrets, folder));
    const faults = [
      await open('absent.csv'),
      await open('empty.csv'),
      await open('cut.csv.gz'),
      await open('empty.csv', { query: 'SELECT 1', key: ['id'] }),
    ];
    expect({
      faults: faults.map(({ kind, message }) => `${kind}: ${message}`),
      cache: readdirSync(join(folder, '.userferry', 'cache')),
    }).toEqual({
      faults: [
        'legacy-unreachable: absent.csv does not exist, or is not a file',
        'legacy-query: empty.csv is empty',
        'legacy-query: cut.csv.gz is cut off or damaged: it cannot be unpacked',
        'input-invalid: a dump is read whole or with "where", not with a query of its own',
      ],
      cache: [],
    });
  });
});

describe('NDJSON dumps', () => {
  it('keeps types, long numbers and nested values, and adds columns as they turn up', async () => {
    const text =
      '{"id":1,"verified":true,"tags":["a"]}\r\n{"id":9007199254740993,"verified":null,"meta":{"a":{"b":1}},"score":1.5}\n';
    expect(await seen('ndjson', text)).toEqual(
      good(
        [
          { id: 1, verified: true, tags: '["a"]', meta: null, score: null },
          { id: '9007199254740993', verified: null, tags: null, meta: '{"a":{"b":1}}', score: 1.5 },
        ],
        ['id', 'verified', 'tags', 'meta', 'score'],
      ),
    );
  });

  it('keeps malformed lines as unreadable records', async () => {
    expect((await seen('ndjson', '{"id":1}\n{"id":\n\n[1]\n{"id":2}')).records).toEqual([
      { id: 1 },
      '2: line 2: not valid JSON',
      '4: line 4: a JSON object is needed',
      { id: 2 },
    ]);
  });
});
