import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { checkProject } from '#project/check-project.ts';
import { createProjectStore } from '#project/project-store.ts';
import { openLegacy } from '#test/open-legacy.ts';
import { projectFolder, SETTINGS } from '#test/project-folder.ts';
import { describeWith } from '#test/describe-with.ts';
import { postgresqlMissing, startPostgresql } from '#test/postgresql.ts';

const check = async (folder: string) =>
  (await checkProject(await createProjectStore({}).open(folder), openLegacy)).map(
    ({ severity, code, message }) => [severity, code, message],
  );

function projectWith(sql: string, settings: object = {}, files: object = {}): string {
  const folder = projectFolder({ 'userferry.json': { ...SETTINGS, ...settings }, ...files });
  const database = new Database(join(folder, 'legacy.db'));
  database.exec(sql);
  database.close();
  return folder;
}

const fill = (from: number, to: number, values: string) =>
  `WITH RECURSIVE n(i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i < ${to}) INSERT INTO users SELECT ${values} FROM n;`;
const GOOD = `CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
${fill(1, 60, "i, 'user' || i || '@mailbox.example'")}`;

describe('checking a project against its legacy database', () => {
  it('finds nothing in a sound one', async () => {
    expect(await check(projectWith(GOOD))).toEqual([]);
  });

  it.each<[string, string, object, unknown[]]>([
    [
      'a missing table',
      'CREATE TABLE people (id INTEGER PRIMARY KEY)',
      {},
      [['error', 'project.users-query-failed', expect.stringMatching(/^The users query fails: /)]],
    ],
    [
      'a missing key column',
      GOOD,
      { users: { table: 'users', key: ['user_id'] } },
      [
        [
          'error',
          expect.stringMatching(/^project\.(key-column-missing|users-query-failed)$/),
          expect.stringContaining('user_id'),
        ],
      ],
    ],
    [
      'no rows',
      'CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT)',
      {},
      [['warning', 'project.users-empty', 'The users query gives no rows.']],
    ],
    [
      'misspelt and mistaken columns, worst first',
      GOOD,
      { fields: { id: 'id', email: 'id', username: 'emial' } },
      [
        [
          'error',
          'project.column-missing',
          '"fields.username" names column "emial", which the users query does not give. Did you mean "email"?',
        ],
        [
          'warning',
          'project.column-suspicious',
          'Only 0 of 60 values of column "id", mapped to email, look like an e-mail address.',
        ],
      ],
    ],
    [
      'a key that nothing declares',
      `CREATE TABLE users (id INTEGER, email TEXT); ${fill(1, 60, "i, 'user' || i || '@mailbox.example'")}`,
      {},
      [
        [
          'note',
          'project.key-unproven',
          'No primary key or unique index covers the key (id); the first 60 rows are unique.',
        ],
      ],
    ],
    [
      'test accounts that are not there',
      GOOD,
      { credentials: 'accounts.csv' },
      [
        [
          'warning',
          'project.credentials-unreadable',
          'Test accounts: reading the test accounts failed: a part of the path does not exist.',
        ],
      ],
    ],
  ])('finds %s', async (_what, sql, settings, expected) => {
    expect(await check(projectWith(sql, settings))).toEqual(expected);
  });

  it('finds a file that is no database, and still says the rest', async () => {
    const folder = projectFolder({
      'legacy.db': 'this is text, not a database '.repeat(50),
      'connection/login.js': 'function (',
    });
    expect(await check(folder)).toEqual([
      ['error', 'project.script-syntax', 'The script of "login" cannot be parsed: unexpected token.'],
      [
        'error',
        expect.stringMatching(/^project\.(legacy-unavailable|users-query-failed)$/),
        expect.any(String),
      ],
    ]);
  });
});

describeWith('checking a project against PostgreSQL', postgresqlMissing(), () => {
  it('tells a wrong password from a wrong query, without showing a secret', async () => {
    const server = await startPostgresql();
    try {
      await server.query(
        "CREATE TABLE users (id int PRIMARY KEY, email text); INSERT INTO users SELECT i, 'u' || i || '@x.example' FROM generate_series(1, 50) i",
      );
      const legacy = {
        engine: 'postgresql',
        host: server.host,
        port: server.port,
        database: server.database,
        user: server.user,
        password: '${secret:DB}',
      };
      const project = (password: string, settings: object = {}) =>
        projectFolder({
          'userferry.json': { ...SETTINGS, legacy, ...settings },
          '.userferry/secrets.json': { DB: password },
        });
      expect(await check(project(server.password))).toEqual([]);
      const denied = await check(project('wrong-canary'));
      expect(denied).toEqual([['error', 'project.legacy-unavailable', expect.any(String)]]);
      expect(JSON.stringify(denied)).not.toContain('canary');
      expect(await check(project(server.password, { users: { table: 'nobody', key: ['id'] } }))).toEqual([
        ['error', 'project.users-query-failed', expect.any(String)],
      ]);
    } finally {
      await server.remove();
    }
  });
});
