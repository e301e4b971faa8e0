import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashSync } from '@node-rs/bcrypt';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LookupService, startLookupService } from '#legacy/lookup-service.ts';
import { describeWith } from '#test/describe-with.ts';
import { freePort } from '#test/free-port.ts';
import { mariadbMissing, startMariadb } from '#test/mariadb.ts';
import { type PlainScriptEnding, type PlainScripts, startPlainScripts } from '#test/plain-script.ts';
import { type DatabaseServer, postgresqlMissing, startPostgresql } from '#test/postgresql.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const HASH = hashSync('right-password', 4).replace('$2b$', '$2y$');
const INSERT = `INSERT INTO users (id, email, email_verified, password_hash, first_name, last_name)
  VALUES (7, 'Ann@Mailbox.example', TRUE, '${HASH}', 'Ann', NULL), (8, 'bob@mailbox.example', FALSE, NULL, 'Bob', 'Ö');`;
const ANN = { user_id: '7', email: 'Ann@Mailbox.example', email_verified: true, given_name: 'Ann' };
const BOB = {
  user_id: '8',
  email: 'bob@mailbox.example',
  email_verified: false,
  given_name: 'Bob',
  family_name: 'Ö',
};

function starterScripts(name: string) {
  const read = (slot: string) =>
    readFileSync(join(import.meta.dirname, '../../templates/project', name, `${slot}.js`), 'utf8');
  return { login: read('login'), getUser: read('get_user') };
}

const back = (value: Record<string, unknown> | null): PlainScriptEnding => ({ ending: 'called-back', value });
const refused = (error: string): PlainScriptEnding => ({ ending: 'called-back-error', error });

function starterSuite(name: string, start: () => Promise<Readonly<Record<string, string>>>) {
  const { login, getUser } = starterScripts(name);
  let scripts: PlainScripts;
  beforeAll(async () => {
    scripts = startPlainScripts(await start());
  });
  afterAll(() => scripts.close());

  it('let a user in with the right password only', async () => {
    const answers = [
      await scripts.run(login, ['ann@mailbox.example', 'right-password']),
      await scripts.run(login, [' ANN@mailbox.example ', 'right-password']),
      await scripts.run(login, ['ann@mailbox.example', 'wrong-password']),
      await scripts.run(login, ['bob@mailbox.example', '']),
      await scripts.run(login, ["' OR '1'='1", 'x']),
    ];
    const wrong = refused('WrongUsernameOrPasswordError');
    expect(answers).toEqual([back(ANN), back(ANN), wrong, wrong, wrong]);
  });

  it('find who exists and nobody else', async () => {
    const answers = [
      await scripts.run(getUser, ['ann@mailbox.example']),
      await scripts.run(getUser, ['bob@mailbox.example']),
      await scripts.run(getUser, ['carol@mailbox.example']),
    ];
    expect(answers).toEqual([back(ANN), back(BOB), back(null)]);
  });
}

const configurationOf = (
  server: Pick<DatabaseServer, 'host' | 'port' | 'database' | 'user' | 'password'>,
) => ({
  DB_HOST: server.host,
  DB_PORT: String(server.port),
  DB_NAME: server.database,
  DB_USER: server.user,
  DB_PASSWORD: server.password,
  DB_TLS: 'off',
});

const servers = [
  ['postgresql', 'PostgreSQL', postgresqlMissing(), startPostgresql, 'boolean'],
  ['mysql', 'MariaDB', mariadbMissing(), startMariadb, 'tinyint(1)'],
] as const;

for (const [name, product, missing, startServer, boolean] of servers) {
  describeWith(`the starter scripts on ${product}`, missing, () => {
    let server: DatabaseServer;
    starterSuite(name, async () => {
      server = await startServer();
      await server.query(`CREATE TABLE users (id int PRIMARY KEY, email varchar(200), email_verified ${boolean},
        password_hash varchar(100), first_name varchar(50), last_name varchar(50))`);
      await server.query(INSERT);
      return configurationOf(server);
    });
    afterAll(() => server.remove());
  });
}

describe('the starter scripts over a web service', () => {
  let service: LookupService;
  starterSuite('http', async () => {
    const projectFolder = temporaryFolder('starter');
    const database = new Database(join(projectFolder, 'legacy.db'));
    database.exec(`CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, email_verified INTEGER,
      password_hash TEXT, first_name TEXT, last_name TEXT); ${INSERT}`);
    database.close();
    service = await startLookupService({
      connection: { engine: 'sqlite', file: 'legacy.db' },
      users: { table: 'users', key: ['id'] },
      fields: { id: 'id', email: 'email' },
      projectFolder,
    });
    return { LEGACY_URL: service.url, LEGACY_API_KEY: service.apiKey };
  });
  afterAll(() => service.stop());
});

describe.each(['postgresql', 'mysql', 'sqlserver', 'http'])('the starter scripts for %s', (name) => {
  it('call back one error when nobody listens', async () => {
    const port = await freePort();
    const nobody = { host: '127.0.0.1', port, database: 'd', user: 'u', password: 'p' };
    const scripts = startPlainScripts(
      { ...configurationOf(nobody), LEGACY_URL: `http://127.0.0.1:${port}`, LEGACY_API_KEY: 'k' },
      8000,
    );
    const { login, getUser } = starterScripts(name);
    const answers = [
      await scripts.run(login, ['a@b.example', 'x']),
      await scripts.run(getUser, ['a@b.example']),
    ];
    await scripts.close();
    expect(answers).toEqual([refused('Error'), refused('Error')]);
  });
});
