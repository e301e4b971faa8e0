import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRouterClient } from '@orpc/server';
import { compose } from '#hosts/compose.ts';
import { describeWith } from '#test/describe-with.ts';
import { mariadbMissing, startMariadb } from '#test/mariadb.ts';
import { type DatabaseServer, postgresqlMissing, startPostgresql } from '#test/postgresql.ts';
import { serverSampleProject, sqliteSampleProject } from '#test/sample-project.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const USERS = 3_500;
const engine = compose({
  noteBug: (_reference, cause) => {
    throw cause;
  },
});
const client = createRouterClient(engine.router, { context: {} });
afterAll(() => engine.close());

type Page = Awaited<ReturnType<typeof client.legacy.users>>;

/** What every store must do: the same rows at the same places, however one gets there. */
function gridOf(folder: () => string, columns: number): void {
  const users = (at: number, limit = 100, more: object = {}): Promise<Page> =>
    client.legacy.users({ project: folder(), at, limit, ...more });

  it('shows the same rows whether one scrolls or jumps', async () => {
    const scrolled: Page['rows'] = [];
    for (let at = 0; at < USERS; at += 500) scrolled.push(...(await users(at, 500)).rows);
    const places = [0, 1, 499, 999, 1_000, 1_001, 2_345, USERS - 7, USERS - 1];
    const jumped = [];
    for (const at of places) jumped.push((await users(at, 3)).rows);
    expect({ all: scrolled.map(({ at }) => at), jumped }).toEqual({
      all: Array.from({ length: USERS }, (_, at) => at),
      jumped: places.map((at) => scrolled.slice(at, at + 3)),
    });
    const distinct = new Set(scrolled.map(({ key }) => JSON.stringify(key)));
    expect([distinct.size, (await users(USERS, 3)).rows, (await users(0, 1)).total]).toEqual([
      USERS,
      [],
      USERS,
    ]);
  });

  it('shows people only when asked, and secrets never', async () => {
    const covered = await users(0, 500);
    const open = await users(0, 500, { personalData: true });
    const column = (page: Page, name: string) => {
      const index = page.columns.findIndex((one) => one.name === name);
      return page.rows.map(({ cells }) => cells[index] ?? '');
    };
    const kinds = Object.groupBy(open.columns, ({ content }) => content);
    expect({
      hash: kinds.hash?.map(({ name }) => name),
      secret: kinds.secret?.map(({ name }) => name),
      masked: column(covered, 'email').filter((cell) => /[\p{L}\p{N}]{3}@/u.test(cell)),
      shown: column(open, 'email').some((cell) => /[\p{L}\p{N}]{3}@/u.test(cell)),
      hashes: column(open, 'pw_hash').filter((cell) => cell.length > 60),
      salts: [...new Set(column(open, 'pw_salt'))].sort(),
    }).toEqual({
      hash: ['pw_hash'],
      secret: ['pw_salt'],
      masked: [],
      shown: true,
      hashes: [],
      salts: ['', '(hidden)'],
    });
  });

  it('notes all places beside, and says so', async () => {
    await expect
      .poll(async () => (await users(0, 1)).noted, { timeout: 20_000 })
      .toEqual({ rows: USERS, complete: true });
  });

  it('tells schema and version, and connects', async () => {
    const source = { kind: 'project', project: folder() } as const;
    const { tables, ...schema } = await client.legacy.schema({ source });
    const tested = await client.legacy.test({ source });
    const table = tables.find(({ name }) => name.split('.').at(-1) === 'app_users');
    expect({
      readOnly: schema.readOnly.enforced,
      same: tested.version === schema.version && tested.ms > 0,
      id: table?.columns.find(({ name }) => name === 'id'),
      columns: table?.columns.length,
    }).toEqual({
      readOnly: true,
      same: true,
      id: { name: 'id', type: expect.stringMatching(/int/i), nullable: false, primaryKey: 1, unique: true },
      columns,
    });
  });

  it('previews a mapping that nobody has saved', async () => {
    const before = readFileSync(join(folder(), 'userferry.json'), 'utf8');
    const reply = await client.legacy.preview({
      project: folder(),
      limit: 2,
      draft: {
        users: { table: 'app_users', key: ['id'], where: 'id > 1100' },
        fields: { id: 'legacy_uuid', email: 'display_name', givenName: 'no_such' },
      },
    });
    const { preview, diagnostics } = reply;
    expect({
      keys: preview.map(({ key }) => Number(key?.[0]) > 1_100),
      attributes: preview[0]?.values.map(({ attribute }) => attribute),
      found: preview[0]?.findings.map(({ code }) => code).includes('import.email-invalid'),
      codes: [...new Set(diagnostics.map(({ code }) => code))].sort(),
      columns: reply.columns.length,
      saved: readFileSync(join(folder(), 'userferry.json'), 'utf8') === before,
    }).toEqual({
      keys: [true, true],
      attributes: ['id', 'email', 'givenName'],
      found: true,
      codes: ['project.column-missing', 'project.column-suspicious'],
      columns,
      saved: true,
    });
  });
}

describe('users in SQLite', () => {
  const folder = join(temporaryFolder('grid'), 'acme');
  beforeAll(() => sqliteSampleProject(folder, { users: USERS }));
  gridOf(() => folder, 19);

  it('counts anew when asked, and when the settings change', async () => {
    const totals: number[] = [];
    const total = async (refresh: boolean) =>
      totals.push((await client.legacy.users({ project: folder, at: 0, limit: 1, refresh })).total);
    await total(false);
    const database = new Database(join(folder, 'legacy.db'));
    database.exec('DELETE FROM app_users WHERE id IN (SELECT id FROM app_users LIMIT 5)');
    database.close();
    await total(false);
    await total(true);
    await client.settings.change({
      project: folder,
      changes: [{ path: ['users', 'where'], to: 'id > 1500' }],
    });
    await total(false);
    expect([totals.slice(0, 3), totals[3]! < totals[2]!]).toEqual([[USERS, USERS, USERS - 5], true]);
  });
});

describe('users in a CSV file', () => {
  const folder = join(temporaryFolder('grid'), 'people');
  beforeAll(async () => {
    await client.projects.init({ folder, from: 'csv' });
    const rows = Array.from({ length: 2_500 }, (_, n) =>
      n === 1_700 ? 'broken' : `${n},u${n}@example.org,User ${n}`,
    );
    writeFileSync(join(folder, 'people.csv'), `id,email,name\n${rows.join('\n')}\n`);
    await client.settings.change({
      project: folder,
      changes: [
        { path: ['legacy'], to: { engine: 'csv', file: 'people.csv' } },
        { path: ['users'], to: { table: 'people', key: ['id'] } },
        { path: ['fields'], to: { id: 'id', email: 'email' } },
      ],
    });
  });

  it('jumps anywhere, over lines that cannot be read too', async () => {
    const { total, rows } = await client.legacy.users({
      project: folder,
      at: 1_699,
      limit: 3,
      personalData: true,
    });
    expect([total, rows]).toEqual([
      2_500,
      [
        { at: 1_699, key: [1_701], cells: ['1699', 'u1699@example.org', 'User 1699'], unreadable: null },
        { at: 1_700, key: [1_702], cells: [], unreadable: 'line 1702: 1 values where the header has 3' },
        { at: 1_701, key: [1_703], cells: ['1701', 'u1701@example.org', 'User 1701'], unreadable: null },
      ],
    ]);
  });
});

describeWith('users in PostgreSQL', postgresqlMissing(), () => {
  const folder = join(temporaryFolder('grid'), 'acme');
  let server: DatabaseServer;
  beforeAll(async () => {
    server = await startPostgresql();
    await serverSampleProject(folder, 'postgresql', server, { users: USERS });
  });
  afterAll(async () => {
    await engine.close();
    await server.remove();
  });
  gridOf(() => folder, 19);

  it('takes a new password as soon as it is kept', async () => {
    const page = () => client.legacy.users({ project: folder, at: 0, limit: 1 });
    const state = () =>
      page().then(
        () => 'rows',
        (error: unknown) => (error as { data: { kind: string } }).data.kind,
      );
    const seen = [await state()];
    await client.secrets.keep({ project: folder, name: 'DB_PASSWORD', value: 'wrong' });
    seen.push(await state());
    await client.secrets.keep({ project: folder, name: 'DB_PASSWORD', value: server.password });
    seen.push(await state());
    expect(seen).toEqual(['rows', 'legacy-denied', 'rows']);
  });
});

describeWith('users in MariaDB', mariadbMissing(), () => {
  const folder = join(temporaryFolder('grid'), 'acme');
  let server: DatabaseServer;
  beforeAll(async () => {
    server = await startMariadb();
    await serverSampleProject(folder, 'mysql', server, { users: USERS });
  });
  afterAll(async () => {
    await engine.close();
    await server.remove();
  });
  // Two more, which the database keeps itself for its indexes.
  gridOf(() => folder, 21);
});
