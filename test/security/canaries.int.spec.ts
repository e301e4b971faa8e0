import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCRIPTS } from '#test/bad-input.ts';
import { canariesIn, filesBelow } from '#test/canaries.ts';
import { commandLine, type Said } from '#test/command-line.ts';
import { startEngine } from '#test/engine.ts';
import { INDISCREET, TALKATIVE_ACTION } from '#test/indiscreet.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { trialIds } from '#test/trial-contents.ts';

/** Each in one place of the project; none may be found in another. */
const CANARIES = {
  'secret of the project': 'canary-secret-7Hq2/+"ü',
  'secret of the environment': 'canary-environment-x81L',
  'value of the configuration': 'canary-configured-4jU8',
  'password in an address': 'canary-url:p@ss/1?',
  'secret of an Action': 'canary-action-Ww93',
  'password that is typed': 'canary-typed-Pz55!',
  'password that is set': 'canary-set-Pz66!aB',
  'password of a test account': 'canary-known-Tr09!',
  'pepper that is typed': 'canary-pepper-Kd31',
  'stored hash': '$2b$10$canaryhashcanaryhashcaOQ1p8l3sU5dWj0hFqkE6ZtXy2aVbNc',
  'stored salt': 'canary-salt-b64a',
} as const;

let folder = '';
let project = '';
const said: Said[] = [];

async function run(...words: readonly string[]): Promise<void> {
  said.push(await commandLine([...words, '-p', project], folder));
}
async function typed(input: readonly string[], ...words: readonly string[]): Promise<void> {
  said.push(await commandLine([...words, '-p', project], folder, `${input.join('\n')}\n`));
}

beforeAll(async () => {
  folder = temporaryFolder('canaries');
  mkdirSync(join(folder, 'tmp'));
  process.env['TMPDIR'] = join(folder, 'tmp');
  process.env['LEGACY_PEPPER'] = CANARIES['secret of the environment'];
  project = await sqliteSampleProject(join(folder, 'acme'), { users: 300 });
  const someone = plantInRows();
  plantInFiles(someone);
  await describing(someone);
  // With a secret written out nothing else is run.
  edit(join(project, SCRIPTS, 'database.json'), (json) => {
    delete (json['options'] as { configuration: Record<string, string> }).configuration['SIGNING_SECRET'];
  });
  await trying(someone);
  const trials = await rehearsing();
  for (const [number, trial] of trials.entries()) await reporting(String(number), trial, someone);
  await run('trials', 'list');
  await run('trials', 'compare', trials[0]!, trials[2]!, '--phase', 'bulk');
  await run('trials', 'compare', trials[1]!, trials[2]!, '--users', '-f', 'csv');
  await importing(trials[0]!);
  await exporting(trials);
  await planning(trials[0]!);
}, 280_000);
afterAll(() => {
  delete process.env['TMPDIR'];
  delete process.env['LEGACY_PEPPER'];
  removeFolder(folder);
});

function plantInRows(): string {
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
  return someone;
}

function plantInFiles(someone: string): void {
  const own = { mode: 0o600 };
  const accounts = `identifier,password\n${someone},${CANARIES['password of a test account']}\n`;
  writeFileSync(join(project, '.userferry/credentials.csv'), accounts, own);
  const secrets = {
    OWN_SECRET: CANARIES['secret of the project'],
    URL_PASSWORD: encodeURIComponent(CANARIES['password in an address']),
    ACTION_SECRET: CANARIES['secret of an Action'],
  };
  writeFileSync(join(project, '.userferry/secrets.json'), JSON.stringify(secrets), own);
  edit(join(project, SCRIPTS, 'database.json'), (json) => {
    Object.assign((json['options'] as { configuration: object }).configuration, {
      OWN_SECRET: '##OWN_SECRET##',
      PEPPER: '##LEGACY_PEPPER##',
      SIGNING_SECRET: CANARIES['value of the configuration'],
      DATABASE_URL: 'postgres://app:##URL_PASSWORD##@127.0.0.1:1/users',
    });
  });
  edit(join(project, 'userferry.json'), (json) =>
    Object.assign(json, { egress: [{ host: '127.0.0.1', port: 1 }] }),
  );
  edit(join(project, 'actions/add-shop-claims.json'), (json) =>
    Object.assign(json, { secrets: [{ name: 'ACTION_SECRET', value: '##ACTION_SECRET##' }] }),
  );
  writeFileSync(join(project, 'actions/add-shop-claims/code.js'), TALKATIVE_ACTION);
  writeFileSync(join(project, SCRIPTS, 'login.js'), INDISCREET('login', 'email, password'));
  writeFileSync(join(project, SCRIPTS, 'get_user.js'), INDISCREET('getByEmail', 'email'));
}

function edit(path: string, change: (json: Record<string, unknown>) => void): void {
  const json = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  change(json);
  writeFileSync(path, JSON.stringify(json));
}

async function describing(someone: string): Promise<void> {
  await run('check');
  await run('check', '--json');
  await run('lint', '--json');
  await run('legacy', 'inspect');
  await run('legacy', 'inspect', '--json');
  await run('hash', '--formats');
  await run('hash', '--credentials', '--time-limit', '1');
  await run('pipeline', 'show', '--json');
  await run('pipeline', 'run', 'post-login', '--identifier', someone);
  await run('pipeline', 'run', 'post-login', '--identifier', someone, '--json');
  await run('modules');
  for (const shell of ['bash', 'zsh', 'fish']) await run('completion', shell);
}

async function trying(someone: string): Promise<void> {
  const password = CANARIES['password that is typed'];
  await typed([password], 'try', 'login', someone, '--password-stdin', '--json');
  await typed([password], 'try', 'login', someone, '--password-stdin');
  await run('try', 'get_user', someone, '--json');
  await run('try', 'get_user', someone, '--scenario', 'db-down');
  await typed([password], 'flow', 'login', '--identifier', someone, '--password-stdin');
  await typed([password], 'flow', 'sign-up', '--identifier', 'new@example.com', '--password-stdin', '--json');
  await typed(
    [password, CANARIES['password that is set']],
    'flow',
    'change-password',
    '--identifier',
    someone,
    '--password-stdin',
    '--new-password-stdin',
    '--json',
  );
  await typed(
    [password, CANARIES['pepper that is typed']],
    'hash',
    '--identifier',
    someone,
    '--password-stdin',
    '--pepper-stdin',
    '--time-limit',
    '1',
  );
  // Wrong uses that could repeat what they were given.
  await typed([password], 'try', 'login', someone, '--password-stdin', '--scenario', 'nonsense');
  await typed([password], 'hash', '--stored-stdin', '--password-stdin', '--json');
}

/** Ids of three trials, in the order in which they ran: two of one second do not sort by it. */
async function rehearsing(): Promise<readonly string[]> {
  const trials: string[] = [];
  const trial = async (...words: readonly string[]): Promise<void> => {
    await run('trial', ...words);
    trials.push(...trialIds(project).filter((id) => !trials.includes(id)));
  };
  const lazy = ['lazy', '--depth', 'proven', '--limit', '60'];
  await trial('bulk', '--progress', 'json', '--debug');
  await trial(...lazy, '--progress', 'json', '--debug', '--allow', '9999');
  await trial('mixed', '--limit', '20', '--pipeline', 'actions', '--allow', '9999', '--personal-data');
  return trials;
}

async function reporting(number: string, trial: string, someone: string): Promise<void> {
  for (const format of ['text', 'json', 'html', 'junit', 'csv']) {
    await run(
      'report',
      trial,
      '--format',
      format,
      '--personal-data',
      '--out',
      join(folder, `report-${number}.${format}`),
    );
  }
  await run('report', trial, '--json');
  await run('trials', 'show', trial);
  await run('coverage', trial, '--by', 'hashFormat', '--scripts');
  await run('coverage', trial, '--by', 'hashFormat', '--scripts', '--json');
  await run('coverage', trial, '--by', 'plan', '-f', 'csv', '--personal-data');
  await run('trace', someone, '--trial', trial, '--run-scripts', '--personal-data');
  await run('trace', someone, '--trial', trial, '--run-scripts', '--personal-data', '--json');
  const engine = startEngine();
  const { text } = await engine.client.trials.render({ project, trial, format: 'markdown' });
  await engine.close();
  said.push({ command: 'markdown', code: 0, text });
}

/** Import files that the trial wrote, and one of our own. */
async function importing(trial: string): Promise<void> {
  const record = {
    email: 'imported@example.com',
    custom_password_hash: { algorithm: 'bcrypt', hash: { value: CANARIES['stored hash'], encoding: 'utf8' } },
    app_metadata: { note: 'x' },
    nonsense: true,
  };
  const file = join(folder, 'own-import.json');
  writeFileSync(file, JSON.stringify([record, { ...record, email: 'not an address' }]));
  await run('jobs', 'import', file, '--trial', trial, '--allow', '99');
  await run('jobs', 'list', '--trial', trial, '--json');
  const listed = JSON.parse(said.at(-1)!.text) as {
    readonly result?:
      | readonly { readonly job: { readonly id: string } }[]
      | { readonly jobs: readonly { readonly job: { readonly id: string } }[] };
  };
  const jobs = Array.isArray(listed.result) ? listed.result : ((listed.result as { jobs?: [] }).jobs ?? []);
  const job = (jobs.at(-1) as { readonly job: { readonly id: string } } | undefined)?.job.id ?? 'none';
  await run('jobs', 'show', job, '--trial', trial, '--json');
  await run('jobs', 'errors', job, '--trial', trial);
  await run('jobs', 'errors', job, '--trial', trial, '--json');
  await run('jobs', 'errors', job, '--trial', trial, '--rejects', join(folder, 'rejects.json'));
}

async function exporting(trials: readonly string[]): Promise<void> {
  const current = join(folder, 'current.json');
  const options = { customScripts: { login: 'old' }, configuration: { OLD: 'x' } };
  writeFileSync(current, JSON.stringify({ id: 'con_1', name: 'acme-customers', strategy: 'auth0', options }));
  const key = join(folder, 'key.pem');
  execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', key], { stdio: 'ignore' });
  for (const format of [
    'deploy-directory',
    'deploy-yaml',
    'terraform',
    'management-api',
    'import-files',
    'end-of-migration',
  ]) {
    const named = ['-t', ...(format === 'import-files' ? [trials[0]!] : trials)];
    const out = join(folder, `export-${format}`);
    const merged = format === 'management-api' ? ['--current', current] : [];
    await run(
      'export',
      '-f',
      format,
      ...named,
      '-o',
      out,
      '--allow',
      '9999',
      '--allow-unvalidated',
      '--accept-random-passwords',
      '--sign',
      key,
      ...merged,
    );
    await run(
      'export',
      '-f',
      format,
      ...named,
      '-o',
      `${out}-json`,
      '--allow',
      '9999',
      '--allow-unvalidated',
      '--accept-random-passwords',
      '--json',
      ...merged,
    );
    if (existsSync(out)) await run('verify', out);
  }
}

async function planning(trial: string): Promise<void> {
  const log = ['--access-log', join(project, 'access-log.csv.gz')];
  for (const format of ['text', 'html', 'markdown', 'json']) {
    await run(
      'plan',
      ...log,
      '-f',
      format,
      '-o',
      join(folder, `plan.${format}`),
      '--leftovers',
      join(folder, `left-${format}.csv`),
      '--personal-data',
      '--allow',
      '9999',
    );
  }
  const against = ['audit', '--against', trial, '--values', '--personal-data', '--allow', '9999'];
  for (const [list, out] of [
    ['csv', 'html'],
    ['ndjson', 'json'],
    ['csv', 'txt'],
  ] as const) {
    await run(
      ...against,
      '--list',
      join(folder, `people-${out}.${list}`),
      '-o',
      join(folder, `audit.${out}`),
    );
  }
  await run('audit', 'marker');
  const exported = join(folder, 'tenant.ndjson');
  writeFileSync(exported, `{"user_id":"auth0|1","email":"a@example.com","app_metadata":{"password":"x"}}\n`);
  await run('audit', '--against', exported, '--json', '--allow', '9999');
}

/** Where a canary was planted, or has to be: hashes of import files and of the replica are what logins go by. */
const PLANTED = /^acme\/(\.userferry\/(credentials\.csv|secrets\.json)|legacy\.db)$|^own-import\.json$/;
const KEEPS_HASHES =
  /^acme\/trials\/[^/]+\/(replica\.db|(import|jobs)\/[^/]+\.json)$|^(export-import-files[^/]*|rejects\.json)/;

function mayStand(what: string, name: string): boolean {
  return PLANTED.test(name) || (what.startsWith('stored') && KEEPS_HASHES.test(name));
}

describe('secrets, passwords, hashes and salts', () => {
  it('are in no output of any command', () => {
    const outputs = said.map(({ command, text }) => ({ name: command, content: Buffer.from(text) }));
    expect(canariesIn(CANARIES, outputs, () => false)).toEqual([]);
  });

  it('are in no report, export, replica, trial folder or temporary file', () => {
    expect(canariesIn(CANARIES, filesBelow(folder), mayStand)).toEqual([]);
  });

  it('would be found: everything that could have told them was there', () => {
    const files = filesBelow(folder);
    const silent = said.filter(({ text }) => text === '').map(({ command }) => command);
    const planted = files.filter(({ name }) => PLANTED.test(name));
    const wrote = (name: string) => files.some((file) => file.name.startsWith(name));
    expect({
      trials: trialIds(project).length,
      silent,
      // Each was planted where it may stand, so the search does find it.
      planted: canariesIn(CANARIES, planted, () => false).length >= 5,
      masked: said.filter(({ text }) => text.includes('*****')).length > 5,
      missing: [
        'report-0.html',
        'report-1.csv',
        'report-2.junit',
        'export-deploy-directory/',
        'export-deploy-yaml/',
        'export-terraform/',
        'export-management-api/',
        'export-import-files/',
        'export-end-of-migration/',
        'people-html.csv',
        'people-json.ndjson',
        'audit.txt',
        'plan.markdown',
        'left-json.csv',
      ].filter((name) => !wrote(name)),
      commands: said.length > 80,
      bugs: said.filter(({ text }) => /should not exist/.test(text)).map(({ command }) => command),
    }).toEqual({ trials: 3, silent: [], planted: true, masked: true, missing: [], commands: true, bugs: [] });
  });
});
