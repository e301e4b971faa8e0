import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { userferry } from '#test/userferry.ts';

const LOGIN = `function login(email, password, callback) {
  if (!email) callback(new Error('no address'));
  callback(null, { user_id: configuration.PREFIX + email.length });
}
`;
const GET_USER = `async function getUser(email, callback) {
  callback(null);
}
`;

function project(): string {
  const folder = temporaryFolder('lint');
  const connection = join(folder, 'database-connections', 'acme');
  mkdirSync(connection, { recursive: true });
  const settings = {
    version: 1,
    name: 'acme',
    legacy: { engine: 'sqlite', file: 'legacy.db' },
    users: { table: 'users', key: ['id'] },
    fields: { id: 'id' },
    connection: 'acme',
  };
  const options = {
    enabledDatabaseCustomization: true,
    import_mode: true,
    configuration: { PREFIX: 'u-', SPARE: 'x' },
    customScripts: { login: './login.js', get_user: './get_user.js' },
  };
  writeFileSync(join(folder, 'userferry.json'), JSON.stringify(settings));
  writeFileSync(
    join(connection, 'database.json'),
    JSON.stringify({ name: 'acme', strategy: 'auth0', options }),
  );
  writeFileSync(join(connection, 'login.js'), LOGIN);
  writeFileSync(join(connection, 'get_user.js'), GET_USER);
  return folder;
}

it('shows each finding with its line, and ends with 1 for errors unless they are allowed', async () => {
  const folder = project();
  const all = await userferry(['lint', '-p', folder]);
  const allowed = await userferry(['lint', '-p', folder, '--allow', '1']);
  const clean = await userferry(['lint', 'get_user', '-p', folder]);
  expect([all.code, allowed.code, clean.code, allowed.stdout === all.stdout]).toEqual([1, 0, 0, true]);
  expect(all.stdout).toBe(`✗ "callback" was already called on a path that leads here.
  error script.called-twice  login.js:3:3
    │
  3 │   callback(null, { user_id: configuration.PREFIX + email.length });
    │   ^^^^^^^^
  fix   Write "return callback(…)" wherever the callback is called, or put the rest into "else".

! No script reads configuration.SPARE.
  warning lint.configuration-unused  setting configuration.SPARE
  fix   Remove it from the connection, or use it.

┌─────────────────────────────┐
│ FOUND  login, get_user      │
│ 1 error, 1 warning, 0 notes │
└─────────────────────────────┘
`);
});

it('reads a file that is in no project, and names its path', async () => {
  const folder = temporaryFolder('lint');
  const file = join(folder, 'old.js');
  writeFileSync(file, LOGIN.replace('email, password', 'email, password, context'));
  const args = ['lint', '--file', file, '--slot', 'login', '--json'];
  const [without, withContext] = await Promise.all([userferry(args), userferry([...args, '--context'])]);
  const codes = ({ stdout }: { readonly stdout: string }) => {
    const { command, exitCode, result } = JSON.parse(stdout) as {
      command: string;
      exitCode: number;
      result: {
        slots: string[];
        findings: { diagnostic: { code: string; place: { kind: string; line: number } } }[];
      };
    };
    const found = result.findings.map(({ diagnostic }) => [
      diagnostic.code,
      diagnostic.place.kind,
      diagnostic.place.line,
    ]);
    return { command, exitCode, slots: result.slots, found };
  };
  const twice = ['script.called-twice', 'file', 3];
  expect([codes(without), codes(withContext)]).toEqual([
    { command: 'lint', exitCode: 1, slots: ['login'], found: [['lint.wrong-arity', 'file', 1], twice] },
    { command: 'lint', exitCode: 1, slots: ['login'], found: [twice] },
  ]);
});

it('says what is missing when it is used wrongly', async () => {
  const folder = project();
  const runs = await Promise.all([
    userferry(['lint', '--file', 'x.js']),
    userferry(['lint', '--file', '/nowhere/x.js', '--slot', 'login']),
    userferry(['lint', 'verify', '-p', folder]),
    userferry(['lint', 'logn', '-p', folder]),
  ]);
  const firstLine = (text: string) => text.split('\n')[0];
  expect(runs.map(({ code, stdout, stderr }) => [code, stdout, firstLine(stderr)])).toEqual([
    [2, '', 'userferry: what is the script for?'],
    [2, '', 'userferry: /nowhere/x.js cannot be read: there is no such file'],
    [2, '', 'userferry: the connection has no verify script'],
    [
      2,
      '',
      "userferry: command-argument value 'logn' is invalid for argument 'slots'. Allowed choices are login, get_user, create, verify, change_password, change_email, delete.",
    ],
  ]);
});
