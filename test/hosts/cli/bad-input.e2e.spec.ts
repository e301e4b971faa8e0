import { chmodSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CANARY, check, copyOf, edit, SCRIPTS, trial, trialsOf } from '#test/bad-input.ts';
import { describeWith } from '#test/describe-with.ts';
import { type DatabaseServer, postgresqlMissing, startPostgresql } from '#test/postgresql.ts';
import { serverSampleProject, sqliteSampleProject } from '#test/sample-project.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { userferry } from '#test/userferry.ts';

const USERS = 300;
let server: DatabaseServer;
let onServer = '';
let onFile = '';

beforeAll(async () => {
  onFile = await sqliteSampleProject(join(temporaryFolder('bad-input'), 'acme'), { users: USERS });
});

describeWith('on PostgreSQL', postgresqlMissing(), () => {
  beforeAll(async () => {
    server = await startPostgresql();
    onServer = await serverSampleProject(join(temporaryFolder('bad-input'), 'acme'), 'postgresql', server, {
      users: USERS,
    });
  });
  afterAll(() => server.remove());

  it.each([
    [
      'a wrong password',
      (project: string) =>
        writeFileSync(join(project, '.userferry/secrets.json'), `{"DB_PASSWORD": "${CANARY}"}`, {
          mode: 0o600,
        }),
      'project.legacy-unavailable',
      'legacy-denied',
      /refused the password for user "userferry"/,
    ],
    [
      'a table that is not there',
      (project: string) => edit(project, ({ users }) => (users['table'] = 'app_user')),
      'project.users-query-failed',
      'legacy-query',
      /relation "app_user" does not exist/,
    ],
    [
      'a column that is not there',
      (project: string) => edit(project, ({ fields }) => (fields['email'] = 'emial')),
      'project.column-missing',
      'project-invalid',
      /"fields\.email" names column "emial", which the users query does not give/,
    ],
    [
      'a port where nobody listens',
      (project: string) => edit(project, ({ legacy }) => (legacy['port'] = 1)),
      'project.legacy-unavailable',
      'legacy-unreachable',
      /refused the connection: nothing is listening there/,
    ],
    [
      'a host that nobody knows',
      (project: string) => edit(project, ({ legacy }) => (legacy['host'] = 'legacy.invalid')),
      'project.legacy-unavailable',
      'legacy-unreachable',
      /the host name of PostgreSQL at legacy\.invalid:\d+ is not known here/,
    ],
    [
      'a query with a mistake',
      (project: string) =>
        edit(project, (settings) => (settings.users = { query: 'SELEC * FROM app_users', key: ['id'] })),
      'project.users-query-failed',
      'legacy-query',
      /syntax error at or near "FROM"/,
    ],
    [
      'a key with empty values',
      (project: string) => edit(project, ({ users }) => (users['key'] = ['last_login_at'])),
      'project.users-query-failed',
      'legacy-query',
      /\d+ rows have no value in the key \(last_login_at\)/,
    ],
    [
      'a key that repeats',
      (project: string) => edit(project, ({ users }) => (users['key'] = ['is_locked'])),
      'project.users-query-failed',
      'legacy-query',
      /several rows share one value of the key \(is_locked\)/,
    ],
  ])(
    '%s is told by check and by a trial, which is not begun',
    async (_what, mistake, code, kind, message) => {
      const project = copyOf(onServer);
      mistake(project);
      expect([await check(project), await trial(project, 'bulk'), trialsOf(project)]).toEqual([
        { code: 1, says: code, message: expect.stringMatching(message) },
        { code: 2, says: kind, message: expect.stringMatching(message) },
        [],
      ]);
    },
  );
});

describe('scripts', () => {
  const login = join(SCRIPTS, 'login.js');
  const edited = (change: (text: string) => string) => {
    const project = copyOf(onFile);
    writeFileSync(join(project, login), change(readFileSync(join(project, login), 'utf8')));
    return project;
  };

  it('with a syntax error are placed, and no trial is begun', async () => {
    const project = edited(() => 'function login(email, password, callback) {\n  const row = ;\n}\n');
    const { stdout } = await userferry(['check', '-p', project]);
    const { stderr } = await userferry(['trial', 'lazy', '-p', project]);
    expect([
      stdout.includes('login.js:2:15'),
      /where +login\.js:2:15/.test(stderr),
      trialsOf(project),
    ]).toEqual([true, true, []]);
    expect([await check(project), await trial(project, 'lazy')]).toEqual([
      {
        code: 1,
        says: 'project.script-syntax',
        message: 'The script of "login" cannot be parsed: unexpected token.',
      },
      {
        code: 2,
        says: 'project-invalid',
        message: 'The script of "login" cannot be parsed: unexpected token',
      },
    ]);
  });

  it('over 100 KB are refused', async () => {
    const project = edited((text) => `// ${'x'.repeat(101 * 1024)}\n${text}`);
    const message = expect.stringMatching(/^The script of "login" has 1\d\d KB; the tenant takes 100 KB\.?$/);
    expect([await check(project), await trial(project, 'lazy')]).toEqual([
      { code: 1, says: 'project.script-too-large', message },
      { code: 2, says: 'project-invalid', message },
    ]);
  });

  it('that are missing are named', async () => {
    const project = copyOf(onFile);
    rmSync(join(project, login));
    const message = expect.stringMatching(
      /^The script of "login" is missing: there is no file \.\/login\.js/,
    );
    expect([await check(project), await trial(project, 'lazy')]).toEqual([
      { code: 1, says: 'project.script-missing', message },
      { code: 2, says: 'project-invalid', message },
    ]);
  });

  it('that require what nobody has are told before they fail for every user', async () => {
    const project = edited((text) => text.replace('{', "{\n  require('pgx');"));
    expect(await check(project)).toEqual({
      code: 0,
      says: 'script.missing-module',
      message: '"pgx" is not among the modules that can be rehearsed.',
    });
  });
});

describe('settings', () => {
  it('of a newer version are left alone', async () => {
    const project = edit(copyOf(onFile), (settings) => (settings['version'] = 9));
    const newer = {
      code: 2,
      says: 'project-newer',
      message: 'the project has format 9; this version of Userferry reads up to 1',
    };
    expect([await check(project), await trial(project, 'bulk')]).toEqual([newer, newer]);
  });

  it('that are torn are placed', async () => {
    const project = copyOf(onFile);
    const path = join(project, 'userferry.json');
    truncateSync(path, 150);
    const { stdout } = await userferry(['check', '-p', project]);
    expect([
      await check(project),
      /userferry\.json:\d+:\d+/.test(stdout),
      (await trial(project, 'bulk')).says,
    ]).toEqual([
      { code: 1, says: 'project.json-syntax', message: expect.stringMatching(/^userferry\.json: /) },
      true,
      'project-invalid',
    ]);
  });

  it('that nobody knows are all named, with what was probably meant', async () => {
    const project = edit(copyOf(onFile), (settings) => {
      settings['egres'] = [];
      settings.users['tabel'] = 'x';
    });
    const { code, stdout } = await userferry(['check', '-p', project, '--json']);
    const { result } = JSON.parse(stdout) as { result: { diagnostics: { message: string }[] } };
    expect([code, result.diagnostics.map(({ message }) => message).toSorted()]).toEqual([
      1,
      [
        '"users" has no setting "tabel". Did you mean "table"?',
        'userferry.json has no setting "egres". Did you mean "egress"?',
      ],
    ]);
  });

  it('with a password in clear text are refused without repeating it', async () => {
    const project = edit(copyOf(onFile), (settings) => {
      settings.legacy = { engine: 'postgresql', host: 'db', database: 'a', user: 'b', password: CANARY };
    });
    const { stdout, stderr } = await userferry(['trial', 'bulk', '-p', project]);
    expect([await check(project), `${stdout}${stderr}`.includes(CANARY)]).toEqual([
      {
        code: 1,
        says: 'project.secret-in-clear-text',
        message: expect.stringContaining('"legacy.password"'),
      },
      false,
    ]);
  });

  it.skipIf(process.platform === 'win32')(
    'beside secrets that others can read are warned about',
    async () => {
      const project = copyOf(onFile);
      chmodSync(join(project, '.userferry/secrets.json'), 0o644);
      expect(await check(project)).toEqual({
        code: 0,
        says: 'project.secrets-permissions',
        message: expect.stringContaining('(mode 0644)'),
      });
    },
  );
});
