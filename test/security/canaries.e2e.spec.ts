import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SCRIPTS } from '#test/bad-input.ts';
import { canariesIn, filesBelow, type Place } from '#test/canaries.ts';
import { describeWith } from '#test/describe-with.ts';
import { type DatabaseServer, postgresqlMissing, startPostgresql } from '#test/postgresql.ts';
import { processTree, type SeenProcess } from '#test/process-tree.ts';
import { rpcSocket } from '#test/rpc-socket.ts';
import { serverSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { type Finished, startUserferry } from '#test/userferry.ts';

const CANARIES = {
  'password of the database': 'canary-db/p@ss w0rd?"%41',
  'wrong password of the database': 'canary-wrong-Yx8!',
  'secret that nobody needs': 'canary-unneeded-Zr4k',
} as const;
const PASSWORD = CANARIES['password of the database'];

/** What its own process has in its environment, and no process below it. */
const environment = { DB_PASSWORD: PASSWORD, UNRELATED_TOKEN: CANARIES['secret that nobody needs'] };

let server: DatabaseServer;
let folder = '';
let project = '';
let temporary = '';
const said: Place[] = [];
const processes: SeenProcess[] = [];
const openFiles: Place[] = [];

interface Spawned extends Finished {
  readonly text: string;
}

/** Runs a command and looks at its processes and temporary files while it does. */
async function run(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Spawned> {
  const { child, finished } = startUserferry([...words], { ...environment, TMPDIR: temporary, ...env });
  let running = true;
  const ended = finished.finally(() => (running = false));
  while (running) {
    watch(child.pid!);
    await Promise.race([ended, sleep(60)]);
  }
  const done = await ended;
  const text = done.stdout + done.stderr;
  said.push({ name: words.slice(0, 3).join(' '), content: Buffer.from(text) });
  return { ...done, text };
}

function watch(pid: number): void {
  for (const one of processTree(pid))
    if (!processes.some((known) => known.pid === one.pid)) processes.push(one);
  try {
    openFiles.push(...filesBelow(temporary));
  } catch {
    // One went away while it was read.
  }
}

describeWith('the password of a database', postgresqlMissing(), () => {
  beforeAll(async () => {
    folder = temporaryFolder('canaries-database');
    temporary = join(folder, 'tmp');
    mkdirSync(temporary);
    server = await startPostgresql({ password: PASSWORD });
    project = await serverSampleProject(join(folder, 'acme'), 'postgresql', server, { users: 300 });
    writeFileSync(join(project, '.userferry/secrets.json'), '{}', { mode: 0o600 });
    settings((legacy) => ({ ...legacy, password: '${env:DB_PASSWORD}' }));
    configuration({
      DATABASE_URL: `postgres://userferry:##DB_PASSWORD##@${server.host}:${server.port}/legacy`,
    });
    await troubles();
    await run([
      'trial',
      'lazy',
      '-p',
      project,
      '--depth',
      'profiles',
      '--limit',
      '40',
      '--allow',
      '9999',
      '--debug',
      '--progress',
      'json',
    ]);
    await run(['trial', 'bulk', '-p', project, '--allow', '9999', '--json']);
    const [trial] = readdirSync(join(project, 'trials')).toSorted();
    await run([
      'report',
      trial!,
      '-p',
      project,
      '--format',
      'html',
      '--out',
      join(folder, 'report.html'),
      '--allow',
      '9999',
    ]);
    await run([
      'audit',
      '-p',
      project,
      '--against',
      trial!,
      '-o',
      join(folder, 'audit.html'),
      '--allow',
      '9999',
    ]);
    await serving(trial!);
    await crashing();
  }, 280_000);
  afterAll(async () => {
    await server.remove();
    removeFolder(folder);
  });

  it('is in no output, in no file and in no temporary file while commands run', () => {
    const planted = (_what: string, name: string) => name === `acme/${SCRIPTS}/password.txt`;
    expect(canariesIn(CANARIES, [...said, ...filesBelow(folder), ...openFiles], planted)).toEqual([]);
  });

  it('is on no command line, and in the environment of no process that runs scripts', () => {
    const workers = processes.filter(({ command }) => command.includes('/worker/main'));
    const places = (which: readonly SeenProcess[], part: 'command' | 'environment') =>
      which.map((one) => ({ name: `${part} of ${one.command}`, content: Buffer.from(one[part]) }));
    expect({
      workers: workers.length > 0,
      foreign: workers
        .flatMap((one) => one.environment.trim().split(/\s+/))
        .filter((one) => !one.startsWith('MALLOC_')),
      commands: canariesIn(CANARIES, places(processes, 'command'), () => false),
      environments: canariesIn(CANARIES, places(workers, 'environment'), () => false),
    }).toEqual({ workers: true, foreign: [], commands: [], environments: [] });
  });

  it('leaves no temporary file behind', () => {
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('would have been told: the commands did what could tell it', () => {
    const told = (pattern: RegExp) => said.some(({ content }) => pattern.test(content.toString()));
    expect({
      refused: told(/password|refuse/i),
      unreachable: told(/legacy-unavailable/),
      crashed: told(/met a state that should not exist: Error \(--debug says more\)/),
      engineCrashed: told(/The engine ended with code 2; starting it again/),
      reports: filesBelow(folder).filter(({ name }) => /^diagnostic-.*\.json$/.test(name)).length >= 2,
      commands: said.length,
    }).toEqual({
      refused: true,
      unreachable: true,
      crashed: true,
      engineCrashed: true,
      reports: true,
      commands: 13,
    });
  });
});

function settings(change: (legacy: object) => object): void {
  const path = join(project, 'userferry.json');
  const json = JSON.parse(readFileSync(path, 'utf8')) as { legacy: object };
  writeFileSync(path, JSON.stringify({ ...json, legacy: change(json.legacy) }));
}

function configuration(values: Readonly<Record<string, string>>): void {
  const path = join(project, SCRIPTS, 'database.json');
  const json = JSON.parse(readFileSync(path, 'utf8')) as { options: { configuration: object } };
  Object.assign(json.options.configuration, values);
  writeFileSync(path, JSON.stringify(json));
}

/** Each way in which a driver can fail to get in. */
async function troubles(): Promise<void> {
  const check = ['check', '-p', project];
  await run(check, { DB_PASSWORD: CANARIES['wrong password of the database'] });
  await run([...check, '--json', '--debug'], { DB_PASSWORD: CANARIES['wrong password of the database'] });
  settings((legacy) => ({ ...legacy, port: 1 }));
  await run([...check, '--debug']);
  settings((legacy) => ({ ...legacy, port: server.port, database: 'nowhere' }));
  await run([...check, '--debug']);
  settings((legacy) => ({ ...legacy, database: server.database, user: 'nobody' }));
  await run(check);
  settings((legacy) => ({ ...legacy, user: server.user }));
}

/** The app in a browser: its frames, its own outputs, its link. */
async function serving(trial: string, env: Readonly<Record<string, string>> = {}): Promise<void> {
  const pages = join(folder, 'pages');
  mkdirSync(pages, { recursive: true });
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>Userferry</title>');
  const words = ['serve', '--renderer', pages, '--no-open', '--json'];
  const { child, finished } = startUserferry(words, { ...environment, TMPDIR: temporary, ...env });
  let text = '';
  const link = await new Promise<string>((resolve) => {
    child.stderr!.on('data', (chunk: string) => {
      text += chunk;
      const line = /^\{.*\}$/m.exec(text);
      if (line !== null) resolve((JSON.parse(line[0]) as { link: string }).link);
    });
  });
  const socket = await rpcSocket(link);
  await socket.call('/projects/check', { project });
  await socket.call('/secrets/list', { project });
  await socket.call('/scripts/try', { project, slot: 'get_user', identifier: 'anna@example.com' });
  await socket.call('/trials/report', { project, trial });
  await socket.call('/legacy/users', { project, after: null, limit: 50 });
  await socket.call('/legacy/test', { source: { kind: 'project', project } });
  await socket.call('/settings/read', { project });
  watch(child.pid!);
  socket.close();
  child.kill('SIGINT');
  const { stdout, stderr } = await finished;
  said.push({ name: 'frames', content: Buffer.from(socket.frames.join('\n')) });
  said.push({ name: 'serve', content: Buffer.from(stdout + stderr) });
  const token = new URL(link).searchParams.get('token')!;
  // Printed once, for whoever started it, and nowhere else.
  expect([
    (stdout + stderr).split(token).length - 1,
    canariesIn({ link: token }, [...filesBelow(folder), ...openFiles], () => false),
    processes.filter(({ command, environment: own }) => (command + own).includes(token)).length,
  ]).toEqual([1, [], 0]);
}

/** Mistakes that nobody catches, in the command and in the engine's own process; and reports that Node writes. */
async function crashing(): Promise<void> {
  const hook = join(folder, 'crash.mjs');
  writeFileSync(
    hook,
    `import { join } from 'node:path';
    const wanted = process.env.CRASH_IN;
    if (process.argv[1]?.includes(wanted) && !process.argv[1].includes('/worker/')) setTimeout(() => {
      process.report.writeReport(join(${JSON.stringify(folder)}, 'diagnostic-' + process.pid + '.json'));
      const password = process.env.DB_PASSWORD;
      const error = new Error('insert into t values (' + password + ')');
      throw Object.assign(error, { sql: 'select ' + password, bindings: [password], connection: { password } });
    }, Number(process.env.CRASH_AFTER));\n`,
  );
  const options = `--import=${pathToFileURL(hook).href}`;
  const crashed = await run(['trial', 'lazy', '-p', project, '--allow', '9999'], {
    NODE_OPTIONS: options,
    CRASH_IN: 'userferry.mjs',
    CRASH_AFTER: '700',
  });
  // Not 1: that would mean findings.
  expect(crashed.code).toBe(2);
  const pages = join(folder, 'pages');
  const env = { ...environment, NODE_OPTIONS: options, CRASH_IN: 'engine-process', CRASH_AFTER: '1500' };
  const { child, finished } = startUserferry(['serve', '--renderer', pages, '--no-open'], {
    ...env,
    TMPDIR: temporary,
  });
  await new Promise<void>((resolve) => {
    let text = '';
    child.stderr!.on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('starting it again')) resolve();
    });
  });
  child.kill('SIGINT');
  const { stdout, stderr } = await finished;
  said.push({ name: 'serve with an engine that crashed', content: Buffer.from(stdout + stderr) });
}
