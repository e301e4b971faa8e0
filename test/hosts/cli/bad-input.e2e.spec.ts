import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWith } from '#test/describe-with.ts';
import { mountMissing, withDisk, withReadOnly } from '#test/mounted.ts';
import { type DatabaseServer, postgresqlMissing, startPostgresql } from '#test/postgresql.ts';
import { serverSampleProject, sqliteSampleProject } from '#test/sample-project.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { startUserferry, userferry } from '#test/userferry.ts';

const SCRIPTS = 'database-connections/acme-customers';
const USERS = 300;
const CANARY = 'canary-pA55word';

interface Settings {
  legacy: Record<string, unknown>;
  users: Record<string, unknown>;
  fields: Record<string, unknown>;
  [name: string]: unknown;
}

let server: DatabaseServer;
let onServer = '';
let onFile = '';

beforeAll(async () => {
  onFile = await sqliteSampleProject(join(temporaryFolder('bad-input'), 'acme'), { users: USERS });
});

/** A project of its own for one mistake. */
function copyOf(project: string): string {
  const folder = join(temporaryFolder('mistake'), 'acme');
  cpSync(project, folder, { recursive: true });
  return folder;
}

function edit(project: string, change: (settings: Settings) => void): string {
  const path = join(project, 'userferry.json');
  const settings = JSON.parse(readFileSync(path, 'utf8')) as Settings;
  change(settings);
  writeFileSync(path, JSON.stringify(settings, null, 2));
  return project;
}

/** What a build server sees: exit code, and code and place of the first error or the fault's kind. */
async function told(...args: readonly string[]) {
  const { code, stdout, stderr } = await userferry([...args, '--json', '--quiet']);
  const document = JSON.parse(stdout) as {
    readonly result?: { readonly diagnostics?: readonly { code: string; message: string; place?: object }[] };
    readonly error?: { readonly kind: string; readonly message: string; readonly help?: string };
  };
  expect({ stderr, leaks: stdout.includes(CANARY) }).toEqual({ stderr: '', leaks: false });
  const [first] = document.result?.diagnostics ?? [];
  return {
    code,
    says: first?.code ?? document.error?.kind,
    message: first?.message ?? document.error?.message,
  };
}

const check = (project: string) => told('check', '-p', project);
const trial = (project: string, kind: string, ...args: readonly string[]) =>
  told('trial', kind, '-p', project, ...args);
const trialsOf = (project: string) =>
  existsSync(join(project, 'trials')) ? readdirSync(join(project, 'trials')) : [];

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
      says: 'lint.unknown-module',
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

describe('trials', () => {
  let project = '';
  let finished = '';
  beforeAll(async () => {
    project = copyOf(onFile);
    await userferry(['trial', 'bulk', '-p', project, '--quiet']);
    finished = trialsOf(project)[0]!;
  });

  const fault = (says: string, message: RegExp) => ({
    code: 2,
    says,
    message: expect.stringMatching(message),
  });

  it('that are finished cannot go on', async () => {
    expect(await told('trial', 'resume', finished, '-p', project)).toEqual(
      fault('input-invalid', /is finished; there is nothing to resume/),
    );
  });

  it.each([
    ['trials', 'show', 'nope'],
    ['trial', 'resume', '20261124-000000-abcd'],
    ['report', '../../etc'],
    ['trials', 'delete', 'nope', '--yes'],
  ])('that are not there are a fault: %s %s %s', async (...args) => {
    expect(await told(...args, '-p', project)).toEqual(fault('trial-missing', /trial/));
  });

  it.each([
    ['{"id": 5}\n', 'usage', /is not a rejects file: line 1 has no "key"/],
    ['not json\n', 'usage', /is not a rejects file: line 1 has no "key"/],
    ['{"key": [1, 2]}\n', 'input-invalid', /a key of 1 part is needed, this one has 2/],
  ])('are not begun for a file of other users: %j', async (text, says, message) => {
    const mine = copyOf(onFile);
    const file = join(mine, 'foreign.ndjson');
    writeFileSync(file, text);
    expect([await trial(mine, 'bulk', '--only', file), trialsOf(mine)]).toEqual([fault(says, message), []]);
  });

  it('are not begun where another one runs, and both say so', async () => {
    const mine = copyOf(onFile);
    stall(mine);
    const first = startUserferry(['trial', 'lazy', '-p', mine, '--progress', 'json']);
    await underWay(first.child.stderr!);
    const second = await trial(mine, 'bulk');
    const count = trialsOf(mine).length;
    first.child.kill('SIGINT');
    expect([second, count, (await first.finished).code]).toEqual([
      fault('project-busy', /^process \d+ is writing to this project$/),
      1,
      130,
    ]);
  });

  it('do not go on with other scripts than they began with', async () => {
    const mine = copyOf(onFile);
    stall(mine);
    const started = startUserferry(['trial', 'lazy', '-p', mine, '--progress', 'json']);
    await underWay(started.child.stderr!);
    started.child.kill('SIGINT');
    await started.finished;
    const script = join(mine, SCRIPTS, 'login.js');
    writeFileSync(script, `${readFileSync(script, 'utf8')}\n// edited\n`);
    expect(await told('trial', 'resume', trialsOf(mine)[0]!, '-p', mine)).toEqual(
      fault('trial-changed', /cannot go on: the login script changed since it began/),
    );
  });

  it('with a damaged replica or record say which, and can be deleted', async () => {
    const mine = copyOf(project);
    const file = join(mine, 'trials', finished, 'replica.db');
    truncateSync(file, 5_000);
    const damaged = await told('report', finished, '-p', mine);
    rmSync(file);
    const missing = await told('report', finished, '-p', mine);
    truncateSync(join(mine, 'trials', finished, 'trial.json'), 200);
    const torn = await told('report', finished, '-p', mine);
    const listed = await userferry(['trials', 'list', '-p', mine]);
    const deleted = await userferry(['trials', 'delete', finished, '-p', mine, '--yes']);
    expect({
      damaged,
      missing,
      torn,
      listed: listed.stdout,
      deleted: deleted.code,
      left: trialsOf(mine),
    }).toEqual({
      damaged: fault('replica-damaged', /the replica is damaged/),
      missing: fault('trial-missing', /the trial has no replica/),
      torn: fault('trial-missing', /is damaged: trial\.json is cut off or not JSON/),
      listed: expect.stringMatching(/damaged +trial\.json is cut off or not JSON/),
      deleted: 0,
      left: [],
    });
  });
});

describeWith(
  'disks',
  mountMissing(),
  () => {
    it('that cannot be written to are told as what they are', async () => {
      const project = copyOf(onFile);
      const message = expect.stringMatching(/the file system is read-only$/);
      await withReadOnly(project, async (readOnly) => {
        expect([
          (await check(readOnly)).code,
          await trial(readOnly, 'bulk'),
          await told('init', join(readOnly, 'new'), '--from', 'postgresql'),
        ]).toEqual([
          0,
          { code: 2, says: 'project-unwritable', message },
          { code: 2, says: 'project-unwritable', message },
        ]);
      });
    });

    it('that are full stop a new project without leaving half of one', async () => {
      await withDisk(300, async (disk) => {
        const made = await told('init', join(disk, 'acme'), '--from', 'sample', '--users', '20000');
        expect([made, readdirSync(disk)]).toEqual([
          { code: 2, says: 'project-unwritable', message: 'writing the project failed: the disk is full' },
          [],
        ]);
      });
    });

    it('that fill up during a trial stop it, and it goes on once there is room', async () => {
      await withDisk(40_000, async (disk, resize) => {
        const project = join(disk, 'acme');
        await sqliteSampleProject(project, { users: 3000 });
        resize(kilobytesIn(project) + 600);
        const stopped = await userferry(['trial', 'bulk', '-p', project]);
        resize(40_000);
        const command = /^ {2}userferry (trial resume \S+) --project/m.exec(stopped.stdout)?.[1] ?? 'none';
        const resumed = await userferry([...command.split(' '), '-p', project, '--json']);
        const { result } = JSON.parse(resumed.stdout) as { result: { counts: { done: number }[] } };
        expect({
          stopped: [stopped.code, /Stopped: the disk is full/.test(stopped.stdout)],
          silent: stopped.stderr.includes('unsettled'),
          resumed: [resumed.code, result.counts.map(({ done }) => done)],
        }).toEqual({ stopped: [2, true], silent: false, resumed: [1, [3000]] });
      });
    });
  },
  { required: false },
);

/** A login script that takes its time, so that a trial is surely in the middle of a batch. */
function stall(project: string): void {
  writeFileSync(
    join(project, SCRIPTS, 'login.js'),
    'function login(email, password, callback) {\n  setTimeout(function () { callback(null); }, 15000);\n}\n',
  );
}

/** Until the first progress of a running trial. */
function underWay(stderr: NodeJS.ReadableStream): Promise<void> {
  return new Promise((resolve) => {
    stderr.on('data', (text: string) => {
      if (text.includes('"status":"running"')) resolve();
    });
  });
}

function kilobytesIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const bytes = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name)).length);
  return bytes.reduce((sum, size) => sum + Math.ceil(size / 4096) * 4, 0);
}
