import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SCRIPTS } from '#test/bad-input.ts';
import { pipedUserferry } from '#test/piped-userferry.ts';
import { rpcSocket } from '#test/rpc-socket.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { trialIds } from '#test/trial-contents.ts';
import { startUserferry, userferry } from '#test/userferry.ts';

/** Each in one place of the project; none may be found in another. */
const CANARIES = {
  'secret of the project': 'canary-secret-7Hq2',
  'secret of the environment': 'canary-environment-x81L',
  'password that is typed': 'canary-typed-Pz55!',
  'password of a test account': 'canary-known-Tr09!',
  'stored hash': '$2b$10$canaryhashcanaryhashcaOQ1p8l3sU5dWj0hFqkE6ZtXy2aVbNc',
  'stored salt': 'canary-salt-b64a',
} as const;
const ENV = { LEGACY_PEPPER: CANARIES['secret of the environment'] };

/**
 * Says aloud all that it was given, in each way that a script can. What it reads from the database and prints itself
 * is its own deed: a tenant's log would show that too.
 */
const INDISCREET = (name: string, parameters: string) => `
function ${name}(${parameters}) {
  const callback = arguments[arguments.length - 1];
  const known = JSON.stringify(configuration) + JSON.stringify([...arguments].filter((one) => typeof one !== 'function'));
  console.log('log', known);
  console.error(new Error(known));
  fetch(configuration.LEGACY_URL + '/users?identifier=anna&pepper=' + encodeURIComponent(configuration.PEPPER), {
    headers: { 'x-api-key': configuration.LEGACY_API_KEY },
  }).then((response) => response.json()).then((rows) => {
    console.log(rows.length, configuration.OWN_SECRET, configuration.PEPPER);
    const error = new Error('refused: ' + known);
    error.name = known.slice(0, 4000);
    error.code = configuration.OWN_SECRET;
    if (known.length % 3 === 0) throw error;
    callback(error);
  }, (error) => callback(new Error(error.message + known)));
}
`;

let folder = '';
let project = '';
const said: (readonly [string, string])[] = [];

async function run(...args: readonly string[]): Promise<void> {
  const { stdout, stderr } = await userferry([...args, '-p', project], ENV);
  said.push([args.slice(0, 3).join(' '), stdout + stderr]);
}

function typed(...args: readonly string[]): void {
  const input = `${CANARIES['password that is typed']}\n${CANARIES['password that is typed']}\n`;
  const { stdout, stderr } = pipedUserferry(input, [...args, '-p', project], folder);
  said.push([args.slice(0, 3).join(' '), stdout + stderr]);
}

beforeAll(async () => {
  folder = temporaryFolder('canaries');
  project = await sqliteSampleProject(join(folder, 'acme'), { users: 300 });
  const legacy = new Database(join(project, 'legacy.db'));
  legacy
    .prepare("UPDATE app_users SET pw_hash = ?, pw_scheme = 'bcrypt' WHERE id % 7 = 0")
    .run(CANARIES['stored hash']);
  legacy.prepare('UPDATE app_users SET pw_salt = ? WHERE id % 2 = 0').run(CANARIES['stored salt']);
  const someone = legacy
    .prepare("SELECT email FROM app_users WHERE id % 14 = 0 AND email LIKE '%@%' LIMIT 1")
    .pluck()
    .get() as string;
  legacy.close();
  writeFileSync(
    join(project, '.userferry', 'credentials.csv'),
    `identifier,password\n${someone},${CANARIES['password of a test account']}\n`,
    { mode: 0o600 },
  );
  writeFileSync(
    join(project, '.userferry', 'secrets.json'),
    JSON.stringify({ OWN_SECRET: CANARIES['secret of the project'] }),
    { mode: 0o600 },
  );
  const options = join(project, SCRIPTS, 'database.json');
  const json = JSON.parse(readFileSync(options, 'utf8')) as {
    options: { configuration: Record<string, string> };
  };
  Object.assign(json.options.configuration, { OWN_SECRET: '##OWN_SECRET##', PEPPER: '##LEGACY_PEPPER##' });
  writeFileSync(options, JSON.stringify(json));
  writeFileSync(join(project, SCRIPTS, 'login.js'), INDISCREET('login', 'email, password'));
  writeFileSync(join(project, SCRIPTS, 'get_user.js'), INDISCREET('getByEmail', 'email'));

  typed('try', 'login', someone, '--password-stdin', '--json');
  typed('try', 'login', someone, '--password-stdin');
  typed('flow', 'login', '--identifier', someone, '--password-stdin');
  typed('hash', '--identifier', someone, '--password-stdin', '--time-limit', '1');
  await run('check', '--json');
  await run('lint');
  await run('trial', 'bulk', '--progress', 'json', '--debug');
  await run('trial', 'lazy', '--depth', 'proven', '--progress', 'json', '--debug', '--allow', '9999');
  for (const [number, trial] of trialIds(project).entries()) {
    for (const format of ['json', 'html', 'markdown', 'junit', 'csv', 'text']) {
      await run('report', trial, '--format', format, '--out', join(folder, `report-${number}.${format}`));
    }
    await run('coverage', trial, '--by', 'hashFormat', '--scripts', '--json');
    await run('trace', someone, '--trial', trial, '--run-scripts', '--personal-data', '--json');
    await run('jobs', 'list', trial, '--json');
  }
  const trials = trialIds(project);
  await run(
    'export',
    '-f',
    'deploy-directory',
    '-t',
    ...trials,
    '-o',
    join(folder, 'export'),
    '--allow',
    '9999',
    '--allow-unvalidated',
  );
  await run(
    'export',
    '-f',
    'terraform',
    '-t',
    ...trials,
    '-o',
    join(folder, 'terraform'),
    '--allow',
    '9999',
    '--allow-unvalidated',
  );
  await run(
    'audit',
    '--against',
    trials[0]!,
    '--list',
    join(folder, 'people.csv'),
    '--values',
    '--personal-data',
    '-o',
    join(folder, 'audit.html'),
  );
  await run('plan', '-o', join(folder, 'plan.html'));
  await overTheWire(someone, trials);
}, 280_000);
afterAll(() => removeFolder(folder));

/** What a page of the app is sent about the same. */
async function overTheWire(someone: string, trials: readonly string[]): Promise<void> {
  const pages = join(folder, 'pages');
  mkdirSync(pages);
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>Userferry</title>');
  const { child, finished } = startUserferry(['serve', '--renderer', pages, '--no-open', '--json'], ENV);
  let text = '';
  const link = await new Promise<string>((resolve) => {
    child.stderr!.on('data', (chunk: string) => {
      text += chunk;
      const line = /^\{.*\}$/m.exec(text);
      if (line !== null) resolve((JSON.parse(line[0]) as { link: string }).link);
    });
  });
  const socket = await rpcSocket(link);
  const about = { project, trial: trials[0]! };
  await socket.call('/projects/check', { project });
  await socket.call('/secrets/list', { project });
  await socket.call('/scripts/try', {
    project,
    slot: 'login',
    identifier: someone,
    password: CANARIES['password that is typed'],
  });
  await socket.call('/trials/report', about);
  await socket.call('/trials/users', { ...about, phase: 'bulk', filter: {}, after: -1, limit: 300 });
  await socket.call('/legacy/users', { project, after: null, limit: 50 });
  await socket.call('/settings/read', { project });
  await socket.call('/nowhere/at-all', { password: CANARIES['password that is typed'] });
  socket.close();
  child.kill('SIGINT');
  const { stdout, stderr } = await finished;
  said.push(['frames', socket.frames.join('\n')], ['serve', stdout + stderr]);
}

/** Where a canary was planted, or has to be: hashes of import files and of the replica are what logins go by. */
const PLANTED = /^acme\/(\.userferry\/(credentials\.csv|secrets\.json)|legacy\.db)$/;
const KEEPS_HASHES = /^acme\/trials\/[^/]+\/(replica\.db|import\/[^/]+\.json)$/;

function filesBelow(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)));
}

const spellings = (canary: string): readonly string[] => [
  canary,
  JSON.stringify(canary).slice(1, -1),
  encodeURIComponent(canary),
  Buffer.from(canary).toString('base64').replace(/=+$/, ''),
  Buffer.from(canary).toString('hex'),
];

it('secrets, passwords, hashes and salts are in no output, report, export, replica or frame', () => {
  const found: string[] = [];
  const look = (where: string, text: string, what: string, canary: string): void => {
    if (spellings(canary).some((spelling) => text.includes(spelling))) found.push(`${what}: ${where}`);
  };
  const files = filesBelow(folder).filter((file) => !PLANTED.test(file));
  for (const [what, canary] of Object.entries(CANARIES)) {
    for (const [command, text] of said) look(command, text, what, canary);
    for (const file of files) {
      if (what.startsWith('stored') && KEEPS_HASHES.test(file)) continue;
      look(file, readFileSync(join(folder, file), 'latin1'), what, canary);
    }
  }
  expect([...new Set(found)]).toEqual([]);
});

it('everything that could have told them was there', () => {
  const outputs = said.map(([command, text]) => [command, text.length > 0]);
  const files = ['report-0.html', 'report-1.json', 'export', 'terraform', 'people.csv', 'audit.html'];
  expect({
    trials: trialIds(project).length,
    silent: outputs.filter(([, spoke]) => spoke !== true).map(([command]) => command),
    missing: files.filter((file) => !existsSync(join(folder, file))),
  }).toEqual({ trials: 2, silent: [], missing: [] });
});
