import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import knex, { type Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LookupService, startLookupService } from '#legacy/lookup-service.ts';
import { generateSample } from '#sample/generate-sample.ts';
import type { FaultName } from '#sample/planted-faults.ts';
import type { SampleRow } from '#sample/sample-row.ts';
import { writeSampleCsv } from '#sample/write-files.ts';
import { writeSampleSqlite } from '#sample/write-sqlite.ts';
import { type ServerEngine, writeSampleServer } from '#sample/write-server.ts';
import { describeWith } from '#test/describe-with.ts';
import { mariadbMissing, startMariadb } from '#test/mariadb.ts';
import { type PlainScriptEnding, type PlainScripts, startPlainScripts } from '#test/plain-script.ts';
import { type DatabaseServer, postgresqlMissing, startPostgresql } from '#test/postgresql.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { makeSample } from './sample.ts';

const sample = makeSample(300);
const STALL_MS = 2500;

type Engine = ServerEngine | 'lookup';

function scriptsOf(engine: Engine) {
  const folder = join(import.meta.dirname, '../../templates/sample', engine);
  const read = (name: string) => readFileSync(join(folder, `${name}.js`), 'utf8');
  return { login: read('login'), getUser: read('get_user') };
}

/** The profile that a row deserves: what `get_user` gives for a sound one. */
function profileOf(row: SampleRow): Record<string, unknown> {
  const given = Object.entries({
    user_id: String(row.id),
    email: row.email,
    email_verified: row.email_confirmed === 1,
    username: row.login_name,
    given_name: row.first_name,
    family_name: row.last_name,
    name: row.display_name,
    picture: row.avatar,
    phone_number: row.phone,
    blocked: row.is_locked === 1,
    user_metadata: row.preferences === null ? null : (JSON.parse(row.preferences) as unknown),
    app_metadata: JSON.parse(row.profile_json) as unknown,
  });
  return Object.fromEntries(given.filter(([, value]) => value !== null));
}

const rowOf = (fault: FaultName, nth = 0) => sample.byId.get(sample.faults[fault].ids[nth]!)!;
const partnerOf = (fault: FaultName) => sample.byId.get(sample.faults[fault].partners[0]!)!;
const passwordOf = (row: SampleRow) => sample.users.find((user) => user.row.id === row.id)!.password!;
const profileEnding = (row: SampleRow): PlainScriptEnding => ({
  ending: 'called-back',
  value: profileOf(row),
});
const errorEnding = (error: string): PlainScriptEnding => ({ ending: 'called-back-error', error });

/** What the scripts of every engine do, whatever they are written with. */
function scriptSuite(engine: Engine, start: () => Promise<PlainScripts>) {
  const { login, getUser } = scriptsOf(engine);
  let scripts: PlainScripts;
  beforeAll(async () => {
    scripts = await start();
  });
  afterAll(() => scripts.close());
  const get = (row: SampleRow) => scripts.run(getUser, [row.email ?? row.login_name]);
  const logIn = (row: SampleRow, password = passwordOf(row)) =>
    scripts.run(login, [row.email ?? row.login_name, password]);

  it('let every test account in with its password, by address and by login name, and with no other', async () => {
    const wrong: unknown[] = [];
    for (const id of sample.truth.accounts) {
      const row = sample.byId.get(id)!;
      const answers = [
        await logIn(row),
        await scripts.run(login, [` ${row.login_name.toUpperCase()} `, passwordOf(row)]),
        await logIn(row, `${passwordOf(row)}x`),
      ];
      const expected = [profileEnding(row), profileEnding(row), errorEnding('WrongUsernameOrPasswordError')];
      if (JSON.stringify(answers) !== JSON.stringify(expected))
        wrong.push([row.pw_scheme, row.pw_hash, answers]);
    }
    expect(wrong).toEqual([]);
  });

  it('know sound users, and those whose row alone is at fault', async () => {
    const rowFaults: FaultName[] = [
      ...([
        'email-invalid',
        'email-missing',
        'email-non-ascii',
        'hash-missing',
        'username-like-email',
      ] as const),
      ...(['username-too-long', 'username-bad-characters', 'metadata-too-large', 'name-too-long'] as const),
      ...(['app-metadata-forbidden-key', 'metadata-key-characters', 'phone-not-e164', 'blocked'] as const),
      ...(['name-emoji', 'name-right-to-left'] as const),
    ];
    const rows = [
      ...sample.clean.slice(0, 20),
      ...rowFaults.flatMap((fault) => sample.faults[fault].ids.map((id) => sample.byId.get(id)!)),
    ];
    const different: unknown[] = [];
    for (const row of rows) {
      const answer = await get(row);
      const expected = { ending: 'called-back', value: profileOf(row) };
      try {
        expect(answer).toEqual(expected);
      } catch {
        different.push({ row, answer });
      }
    }
    expect(different).toEqual([]);
  });

  it('answer nothing, and refuse, for somebody unknown', async () => {
    expect(await scripts.run(getUser, ['nobody@nowhere.example'])).toEqual({
      ending: 'called-back',
      value: null,
    });
    expect(await scripts.run(login, ['nobody@nowhere.example', 'x'])).toEqual(
      errorEnding('WrongUsernameOrPasswordError'),
    );
  });

  it('give the older of two users who share an address', async () => {
    for (const fault of ['email-shared', 'email-case-duplicate'] as const) {
      expect(await get(rowOf(fault))).toEqual(profileEnding(partnerOf(fault)));
    }
  });

  it('never verify a missing or garbled hash', async () => {
    const ids = [...sample.faults['hash-missing'].ids, ...sample.faults['hash-garbled'].ids];
    for (const id of ids) {
      expect(await logIn(sample.byId.get(id)!, 'any')).toEqual(errorEnding('WrongUsernameOrPasswordError'));
    }
  });

  it('verify a password in plain text', async () => {
    const row = rowOf('hash-plain-text');
    expect([await logIn(row), await logIn(row, 'other')]).toEqual([
      profileEnding(row),
      errorEnding('WrongUsernameOrPasswordError'),
    ]);
  });

  it('make up another user_id at every call for rows without a uuid', async () => {
    const row = rowOf('user-id-unstable');
    const ids = [await get(row), await get(row), await logIn(row)].map((answer) =>
      answer.ending === 'called-back' ? answer.value!['user_id'] : answer,
    );
    expect(new Set([...ids, String(row.id)]).size).toBe(4);
  });

  it('refuse a locked account after the right password', async () => {
    expect(await logIn(rowOf('blocked'))).toEqual(errorEnding('UnauthorizedError'));
  });

  it('differ in the name where the display name is its own', async () => {
    const row = rowOf('profiles-differ');
    expect(await logIn(row)).toEqual(profileEnding(row));
    expect(await get(row)).toEqual({
      ending: 'called-back',
      value: { ...profileOf(row), name: `${row.first_name} ${row.last_name}` },
    });
  });

  it('throw out of a callback for rows that they do not expect', async () => {
    const answers = [
      await get(rowOf('script-throws')),
      await logIn(rowOf('script-throws')),
      await get(rowOf('profile-json-broken')),
      await logIn(rowOf('profile-json-broken')),
    ];
    expect(answers.map(({ ending }) => ending)).toEqual(['threw', 'threw', 'threw', 'threw']);
  });

  it('never call back for accounts under review', async () => {
    const row = rowOf('script-never-calls-back');
    expect([await get(row), await logIn(row)]).toEqual([
      { ending: 'never-called-back' },
      { ending: 'never-called-back' },
    ]);
  });
}

const WRITERS = {
  sqlite: (path: string) => Promise.resolve(writeSampleSqlite(path, generateSample(sample.options))),
  csv: (path: string) => writeSampleCsv(path, generateSample(sample.options)),
};

describe.each(['sqlite', 'csv'] as const)(
  'the sample scripts over the lookup service of a %s file',
  (engine) => {
    let service: LookupService;
    scriptSuite('lookup', async () => {
      const projectFolder = temporaryFolder('lookup');
      const file = engine === 'sqlite' ? 'legacy.db' : `app_users.${engine}`;
      await WRITERS[engine](join(projectFolder, file));
      const connection = engine === 'csv' ? { engine, file, delimiter: ',' } : { engine, file };
      service = await startLookupService({
        connection,
        users: { table: 'app_users', key: ['id'] },
        fields: { id: 'id', email: 'email', username: 'login_name' },
        projectFolder,
      });
      return startPlainScripts({ LEGACY_URL: service.url, LEGACY_API_KEY: service.apiKey }, STALL_MS);
    });
    afterAll(() => service.stop());

    it('call back an error when the service refuses', async () => {
      const strangers = startPlainScripts({ LEGACY_URL: service.url, LEGACY_API_KEY: 'wrong' }, STALL_MS);
      const { login, getUser } = scriptsOf('lookup');
      const answers = [
        await strangers.run(getUser, ['a@b.example']),
        await strangers.run(login, ['a@b.example', 'x']),
      ];
      await strangers.close();
      expect(answers).toEqual([errorEnding('Error'), errorEnding('Error')]);
    });
  },
);

function onServer(
  engine: ServerEngine,
  startServer: () => Promise<DatabaseServer>,
  connect: (server: DatabaseServer) => Knex,
) {
  let server: DatabaseServer;
  scriptSuite(engine, async () => {
    server = await startServer();
    const db = connect(server);
    await writeSampleServer(db, engine, generateSample(sample.options));
    await db.destroy();
    return startPlainScripts(configurationOf(server), STALL_MS);
  });
  afterAll(() => server.remove());

  it('call back an error when the database refuses', async () => {
    const strangers = startPlainScripts({ ...configurationOf(server), DB_PASSWORD: 'wrong' }, 6000);
    const { login, getUser } = scriptsOf(engine);
    const answers = [
      await strangers.run(getUser, ['a@b.example']),
      await strangers.run(login, ['a@b.example', 'x']),
    ];
    await strangers.close();
    expect(answers).toEqual([errorEnding('Error'), errorEnding('Error')]);
  });
}

function configurationOf(server: DatabaseServer): Readonly<Record<string, string>> {
  return {
    DB_HOST: server.host,
    DB_PORT: String(server.port),
    DB_NAME: server.database,
    DB_USER: server.user,
    DB_PASSWORD: server.password,
    DB_TLS: 'off',
  };
}

describeWith('the sample scripts on PostgreSQL', postgresqlMissing(), () => {
  onServer('postgresql', startPostgresql, ({ url }) => knex({ client: 'pg', connection: url }));
});

describeWith('the sample scripts on MariaDB', mariadbMissing(), () => {
  onServer('mysql', startMariadb, ({ host, port, user, password, database }) =>
    knex({ client: 'mysql2', connection: { host, port, user, password, database } }),
  );
});
