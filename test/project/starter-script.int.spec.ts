import { join } from 'node:path';
import { hashSync } from '@node-rs/bcrypt';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ProjectSettings } from '#contract/project-settings.ts';
import { SLOTS, type Slot } from '#domain/migration/slots.ts';
import { startLookupService } from '#legacy/lookup-service.ts';
import { fitTemplate } from '#project/fit-template.ts';
import { isParseError, parseScript } from '#project/parse-script.ts';
import { readScriptTemplate } from '#project/script-templates.ts';
import { starterScript } from '#project/starter-script.ts';
import { describeWith } from '#test/describe-with.ts';
import { mariadbMissing, startMariadb } from '#test/mariadb.ts';
import { startPlainScripts } from '#test/plain-script.ts';
import { type DatabaseServer, postgresqlMissing, startPostgresql } from '#test/postgresql.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

type Settings = Pick<ProjectSettings, 'legacy' | 'users' | 'fields'>;

/** Names that no template has; one needs quotes, one is missing. */
const FIELDS = {
  id: 'user_no',
  email: 'Mail',
  emailVerified: 'mail_ok',
  passwordHash: 'secret',
  givenName: 'order',
} as const;
const HASH = hashSync('right-password', 4);
const ANN = { user_id: '7', email: 'ann@mailbox.example', email_verified: true, given_name: 'Ann' };

const settingsFor = (engine: 'postgresql' | 'mysql', users: Settings['users']): Settings => ({
  legacy: { engine, host: 'h', database: 'd', user: 'u', tls: 'off' },
  users,
  fields: FIELDS,
});

const configurationOf = ({ host, port, database, user, password }: DatabaseServer) => ({
  DB_HOST: host,
  DB_PORT: String(port),
  DB_NAME: database,
  DB_USER: user,
  DB_PASSWORD: password,
  DB_TLS: 'off',
});

const servers = [
  ['postgresql', 'PostgreSQL', postgresqlMissing(), startPostgresql, 'boolean', '"'],
  ['mysql', 'MariaDB', mariadbMissing(), startMariadb, 'tinyint(1)', '`'],
] as const;

for (const [engine, product, missing, startServer, boolean, q] of servers) {
  describeWith(`a starter script on ${product}`, missing, () => {
    let server: DatabaseServer;
    beforeAll(async () => {
      server = await startServer();
      await server.query(`CREATE TABLE ${q}Kunden${q} (user_no int PRIMARY KEY, ${q}Mail${q} varchar(200),
        mail_ok ${boolean}, secret varchar(100), ${q}order${q} varchar(50))`);
      await server.query(
        `INSERT INTO ${q}Kunden${q} VALUES (7, 'ann@mailbox.example', TRUE, '${HASH}', 'Ann')`,
      );
    });
    afterAll(() => server.remove());

    it.each([
      ['a table', { table: 'Kunden', key: ['user_no'] }],
      ['a query', { query: `SELECT * FROM ${q}Kunden${q} WHERE user_no > 0`, key: ['user_no'] }],
      ['a condition', { table: 'Kunden', where: 'user_no > 0', key: ['user_no'] }],
    ])('reads %s under the names of the project', async (_what, users) => {
      const scripts = startPlainScripts(configurationOf(server));
      const text = async (slot: Slot) => (await starterScript(slot, settingsFor(engine, users), [])).text;
      try {
        expect([
          await scripts.run(await text('login'), ['ann@mailbox.example', 'right-password']),
          await scripts.run(await text('login'), ['ann@mailbox.example', 'wrong-password']),
          await scripts.run(await text('get_user'), ['ANN@mailbox.example']),
          await scripts.run(await text('get_user'), ['nobody@mailbox.example']),
        ]).toEqual([
          { ending: 'called-back', value: ANN },
          { ending: 'called-back-error', error: 'WrongUsernameOrPasswordError' },
          { ending: 'called-back', value: ANN },
          { ending: 'called-back', value: null },
        ]);
      } finally {
        await scripts.close();
      }
    });

    it('writes to the table too', async () => {
      const scripts = startPlainScripts(configurationOf(server));
      const settings = settingsFor(engine, { table: 'Kunden', key: ['user_no'] });
      try {
        const remove = await starterScript('delete', settings, []);
        const find = await starterScript('get_user', settings, []);
        expect([
          await scripts.run(remove.text, ['7']),
          await scripts.run(find.text, ['ann@mailbox.example']),
        ]).toEqual([
          { ending: 'called-back', value: null },
          { ending: 'called-back', value: null },
        ]);
      } finally {
        await scripts.close();
      }
    });
  });
}

it('takes the rows of a file under the names of the project', async () => {
  const projectFolder = temporaryFolder('starter-of-file');
  const database = new Database(join(projectFolder, 'legacy.db'));
  database.exec(`CREATE TABLE people (user_no INTEGER PRIMARY KEY, Mail TEXT, mail_ok INTEGER, secret TEXT, "order" TEXT);
    INSERT INTO people VALUES (7, 'ann@mailbox.example', 1, '${HASH}', 'Ann')`);
  database.close();
  const settings: Settings = {
    legacy: { engine: 'sqlite', file: 'legacy.db' },
    users: { table: 'people', key: ['user_no'] },
    fields: FIELDS,
  };
  const service = await startLookupService({
    connection: { engine: 'sqlite', file: 'legacy.db' },
    users: settings.users,
    fields: FIELDS,
    projectFolder,
  });
  const scripts = startPlainScripts({ LEGACY_URL: service.url, LEGACY_API_KEY: service.apiKey });
  try {
    const { text, ...about } = await starterScript('login', settings, []);
    expect([about, await scripts.run(text, ['ann@mailbox.example', 'right-password'])]).toEqual([
      { name: null, title: 'Lookup service in front of the file', fitted: true },
      { ending: 'called-back', value: ANN },
    ]);
  } finally {
    await scripts.close();
    await service.stop();
  }
});

it('goes by how passwords are stored, and says in login which of them it cannot check', async () => {
  const at = (engine: 'postgresql' | 'mysql') => settingsFor(engine, { table: 'people', key: ['user_no'] });
  const chosen = await Promise.all([
    starterScript('login', at('postgresql'), [{ format: 'django-pbkdf2', users: 90 }]),
    starterScript('login', at('mysql'), [{ format: 'phpass', users: 90 }]),
    starterScript('login', at('mysql'), [
      { format: 'bcrypt-2b', users: 60 },
      { format: 'sha1-salted', users: 40 },
    ]),
    starterScript('create', { ...at('mysql'), legacy: { engine: 'csv', file: 'u.csv', delimiter: ',' } }, []),
  ]);
  expect(chosen.map(({ name, fitted }) => [name, fitted])).toEqual([
    ['django', false],
    ['wordpress', false],
    ['mysql', true],
    ['web-service-fetch', false],
  ]);
  expect(chosen[2]?.text.split('\n')[1]).toBe(
    '  // Of the first 100 users some have other hashes than bcrypt, which still need a check of their own: sha1-salted (40).',
  );
});

it.each(['postgresql', 'mysql', 'sqlserver'] as const)(
  'leaves a %s template that parses in every slot, whatever the columns are called',
  async (dialect) => {
    const fields = { ...FIELDS, email: 'O\'Mail`${x}\\]"', username: 'user name' };
    const broken: string[] = [];
    const kept: string[] = [];
    for (const slot of SLOTS) {
      const text = await readScriptTemplate(dialect, slot);
      const fitted = fitTemplate(text, { dialect, users: { table: 'dbo.people', key: ['user_no'] }, fields });
      if (isParseError(parseScript(fitted))) broken.push(slot);
      if (/(FROM|UPDATE|INTO) (dbo\.)?users\b/.test(fitted)) kept.push(slot);
    }
    expect({ broken, kept }).toEqual({ broken: [], kept: [] });
  },
);
