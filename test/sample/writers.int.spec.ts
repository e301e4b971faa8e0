import { createReadStream, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { parse } from 'csv-parse/sync';
import knex, { type Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateSample } from '#sample/generate-sample.ts';
import { SAMPLE_COLUMNS, type SampleRow } from '#sample/sample-row.ts';
import { writeSampleCsv, writeSampleNdjson } from '#sample/write-files.ts';
import { SAMPLE_SELECT, type ServerEngine, writeSampleServer } from '#sample/write-server.ts';
import { writeSampleSqlite } from '#sample/write-sqlite.ts';
import { describeWith } from '#test/describe-with.ts';
import { mariadbMissing, startMariadb } from '#test/mariadb.ts';
import { type DatabaseServer, postgresqlMissing, startPostgresql } from '#test/postgresql.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { NOW } from './sample.ts';

const OPTIONS = { seed: 11, users: 1200, now: NOW };
const EXPECTED: readonly SampleRow[] = [...generateSample(OPTIONS)].map(({ row }) => row);
const folder = temporaryFolder('sample');

describe('a sample in a SQLite file', () => {
  it('holds the rows as they were made, in a file that is the same every time', () => {
    const [first, second] = [join(folder, 'first.db'), join(folder, 'second.db')];
    expect(writeSampleSqlite(first, generateSample(OPTIONS))).toBe(OPTIONS.users);
    writeSampleSqlite(second, generateSample(OPTIONS));
    const database = new Database(first, { readonly: true });
    const rows = database.prepare(SAMPLE_SELECT).all();
    database.close();
    expect(rows).toEqual(EXPECTED);
    expect(readFileSync(second).equals(readFileSync(first))).toBe(true);
  });

  it('is not written over a file that is there', () => {
    const path = join(folder, 'taken.db');
    writeSampleSqlite(path, generateSample({ ...OPTIONS, users: 300 }));
    const size = statSync(path).size;
    expect(() => writeSampleSqlite(path, generateSample(OPTIONS))).toThrow(/already exists/);
    expect(statSync(path).size).toBe(size);
  });
});

describe('a sample in text files', () => {
  it('reads back from CSV, nulls as empty fields', async () => {
    const path = join(folder, 'users.csv');
    await writeSampleCsv(path, generateSample(OPTIONS));
    const rows: unknown = parse(readFileSync(path), { columns: true });
    const texts = EXPECTED.map((row) =>
      Object.fromEntries(SAMPLE_COLUMNS.map((column) => [column, String(row[column] ?? '')])),
    );
    expect(rows).toEqual(texts);
    await expect(writeSampleCsv(path, [])).rejects.toThrow(/EEXIST/);
  });

  it('reads back from NDJSON', async () => {
    const path = join(folder, 'users.ndjson');
    await writeSampleNdjson(path, generateSample(OPTIONS));
    const rows: unknown[] = [];
    for await (const line of createInterface({ input: createReadStream(path) })) rows.push(JSON.parse(line));
    expect(rows).toEqual(EXPECTED);
  });
});

function serverSuite(
  engine: ServerEngine,
  start: () => Promise<DatabaseServer>,
  connect: (server: DatabaseServer) => Knex,
) {
  let server: DatabaseServer;
  let db: Knex;
  beforeAll(async () => {
    server = await start();
    db = connect(server);
  });
  afterAll(async () => {
    await db.destroy();
    await server.remove();
  });

  it('holds the rows as they were made', async () => {
    expect(await writeSampleServer(db, engine, generateSample(OPTIONS))).toBe(OPTIONS.users);
    const answer: unknown = await db.raw(SAMPLE_SELECT);
    const rows = (
      engine === 'mysql' ? (answer as [unknown[]])[0] : (answer as { rows: unknown[] }).rows
    ) as SampleRow[];
    const text = (value: unknown) =>
      value instanceof Date ? value.toISOString().replace('.000Z', 'Z') : value;
    const plain = rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, text(value)])),
    );
    expect(plain).toEqual(EXPECTED);
  });
}

describeWith('a sample in PostgreSQL', postgresqlMissing(), () => {
  serverSuite('postgresql', startPostgresql, ({ url }) => knex({ client: 'pg', connection: url }));
});

describeWith('a sample in MariaDB', mariadbMissing(), () => {
  serverSuite('mysql', startMariadb, ({ host, port, user, password, database }) =>
    knex({ client: 'mysql2', connection: { host, port, user, password, database, timezone: 'Z' } }),
  );
});
