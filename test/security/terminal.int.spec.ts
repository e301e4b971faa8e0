import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SCRIPTS } from '#test/bad-input.ts';
import { commandLine, type Said } from '#test/command-line.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { trialIds } from '#test/trial-contents.ts';

/** Clears the screen, sets the title, asks the terminal for an answer, types, links, and turns text around. */
const SEQUENCES =
  '\u001b[2J\u001b]0;owned\u0007\u001b[6n\u001bP$q"p\u001b\\\u001b]8;;http://evil.example\u001b\\x\u001b]52;c;b3duZWQ=\u0007\u009b31m\u009d0;x\u009c\u0085\u0008\u0008\u007f\u202e\u2066\u200f\u0000\rOK\u000b\u000c\u000e';

// C0 and C1 controls but the line feed, and the marks of direction.
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

const LOUD = (name: string, parameters: string) => `
function ${name}(${parameters}) {
  const callback = arguments[arguments.length - 1];
  const bad = ${JSON.stringify(SEQUENCES)};
  console.log(bad, { [bad]: bad });
  console.error(new Error(bad));
  if (email.length % 3 === 0) return callback(null, { user_id: bad, email: bad, nickname: bad, app_metadata: { [bad]: bad } });
  if (email.length % 3 === 1) throw Object.assign(new Error(bad), { name: bad, code: bad });
  callback(new Error(bad));
}
`;

let folder = '';
let project = '';
const said: Said[] = [];

async function run(...words: readonly string[]): Promise<void> {
  said.push(await commandLine([...words, '-p', project], folder));
}

beforeAll(async () => {
  folder = temporaryFolder('terminal');
  // The name of the folder, too, is somebody else's text once a project was unpacked.
  const hostile = join(folder, 'x\u001b[2J\u009b31m\u202e');
  mkdirSync(hostile);
  project = await sqliteSampleProject(join(hostile, 'acme'), { users: 300 });
  const legacy = new Database(join(project, 'legacy.db'));
  legacy
    .prepare(
      `UPDATE app_users SET display_name = @bad, first_name = @bad, login_name = @bad, status = @bad, pw_scheme = @bad,
         email = CASE WHEN id % 2 THEN email ELSE 'u' || id || @bad END,
         profile_json = json_object('plan', @bad, @bad, @bad) WHERE id % 3 > 0`,
    )
    .run({ bad: SEQUENCES });
  const someone = legacy
    .prepare('SELECT id, email FROM app_users WHERE id % 3 = 1 AND id % 2 = 1 LIMIT 1')
    .get() as {
    readonly id: number;
    readonly email: string;
  };
  legacy.close();
  writeFileSync(join(project, SCRIPTS, 'login.js'), LOUD('login', 'email, password'));
  writeFileSync(join(project, SCRIPTS, 'get_user.js'), LOUD('getByEmail', 'email'));
  const action =
    'exports.onExecutePostLogin = async (event, api) => { console.log(BAD); api.access.deny(BAD); };';
  writeFileSync(
    join(project, 'actions/add-shop-claims/code.js'),
    action.replaceAll('BAD', JSON.stringify(SEQUENCES)),
  );
  const settings = JSON.parse(readFileSync(join(project, 'userferry.json'), 'utf8')) as object;
  writeFileSync(join(project, 'userferry.json'), JSON.stringify({ ...settings, name: `acme${SEQUENCES}` }));
  await everything(someone);
}, 200_000);
afterAll(() => removeFolder(folder));

async function everything({ id, email }: { readonly id: number; readonly email: string }): Promise<void> {
  await run('check');
  await run('lint');
  await run('legacy', 'inspect');
  await run('hash', '--formats');
  await run('pipeline', 'run', 'post-login', '--identifier', email);
  await run('try', 'get_user', email);
  await run('try', 'get_user', '--key', String(id), '--json');
  await run('trial', 'bulk', '--personal-data');
  await run('trial', 'lazy', '--limit', '30', '--personal-data', '--progress', 'json');
  const [bulk, lazy] = trialIds(project) as [string, string];
  for (const trial of [bulk, lazy]) {
    await run('report', trial, '--personal-data');
    await run('report', trial, '--format', 'csv', '--personal-data');
    await run('report', trial, '--format', 'junit', '--personal-data');
    await run('report', trial, '--format', 'json', '--personal-data');
    await run('trace', email, '--trial', trial, '--run-scripts', '--personal-data');
    await run('trace', email, '--trial', trial, '--personal-data', '--json');
    await run('coverage', trial, '--by', 'plan', '--personal-data');
    await run('coverage', trial, '--users', '--limit', '300');
    await run('trials', 'show', trial);
  }
  await run('trials', 'list');
  await run('trials', 'compare', bulk, bulk, '--phase', 'bulk');
  await run('plan', '--personal-data');
  await run('audit', '--against', bulk, '--personal-data', '--values');
  const file = join(folder, 'import.json');
  writeFileSync(
    file,
    JSON.stringify([
      { email: SEQUENCES, [SEQUENCES]: SEQUENCES },
      { email: 'a@example.com', nickname: SEQUENCES },
    ]),
  );
  await run('jobs', 'import', file, '--trial', bulk);
  await run('jobs', 'list', '--trial', bulk);
  await run(
    'export',
    '-f',
    'deploy-directory',
    '-t',
    bulk,
    '-o',
    join(folder, 'out'),
    '--allow-unvalidated',
    '--allow',
    '9999',
  );
  await run('trials', 'show', SEQUENCES);
  await run('explain', SEQUENCES);
  await run('report', '--format', SEQUENCES);
  await run(`--${SEQUENCES}`);
}

it('no row, no script and no name of a folder steers the terminal, whatever is printed', () => {
  const steered = said.flatMap(({ command, text }) => {
    const lines = text.replaceAll('\r\n', '\n');
    const found = CONTROL.exec(lines);
    return found === null
      ? []
      : [
          `${JSON.stringify(command)}: ${JSON.stringify(lines.slice(Math.max(0, found.index - 60), found.index + 20))}`,
        ];
  });
  expect(steered).toEqual([]);
});

it('and the texts were there to be printed', () => {
  const quiet = said.filter(({ text }) => text === '').map(({ command }) => command);
  expect([quiet, said.filter(({ text }) => text.includes('owned')).length > 10, said.length]).toEqual([
    [],
    true,
    38,
  ]);
});
