import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SCRIPTS } from '#test/bad-input.ts';
import { followTrial, STEADY, toTheEnd } from '#test/disturbed-trial.ts';
import { startEngine } from '#test/engine.ts';
import { cleanAfterwards } from '#test/fault-leftovers.ts';
import { noteFault, points } from '#test/fault-matrix.ts';
import { shapeOf } from '#test/fault-output.ts';
import { leftBehind, NOTHING } from '#test/nothing-left.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { userferry } from '#test/userferry.ts';

cleanAfterwards();

const allow = ['--allow', '1000000'];
let folder = '';
let project = '';
let done = '';
let lazy = '';
let script = '';

beforeAll(async () => {
  folder = temporaryFolder('two-processes');
  project = await sqliteSampleProject(join(folder, 'acme'), { users: 400 });
  script = readFileSync(join(project, SCRIPTS, 'get_user.js'), 'utf8');
  const engine = startEngine();
  done = (await engine.trial({ project, kind: 'bulk' })).trial.id;
  await engine.close();
}, 120_000);
afterAll(() => removeFolder(folder));

/** Everybody's look-up waits until a point in time, so that a trial is surely under way until then. */
function waitUntil(time: number): void {
  const waits = `const run = getUser; getUser = (identifier, callback) => setTimeout(run, ${time} - Date.now(), identifier, callback);`;
  writeFileSync(join(project, SCRIPTS, 'get_user.js'), `${script}\n${waits}\n`);
}

const out = (name: string): string => join(folder, name);

/** What may go on beside a trial, and what may not. */
const BESIDE: Readonly<Record<string, (running: string) => readonly string[]>> = {
  audit: () => ['audit', '--against', done, '--list', out('list.csv'), ...allow],
  export: () => {
    const what = ['export', '-f', 'import-files', '-t', done, '--out', out('upload'), '--force'];
    return [...what, '--accept-random-passwords', ...allow];
  },
  plan: () => [
    'plan',
    '-t',
    done,
    '-t',
    lazy,
    '--leftovers',
    out('left.csv'),
    '-f',
    'json',
    '--out',
    out('plan.json'),
    ...allow,
  ],
  report: () => ['report', done, '-f', 'json', '--out', out('report.json'), ...allow],
};
const KEPT_OUT: Readonly<Record<string, (running: string) => readonly string[]>> = {
  'another trial': () => ['trial', 'bulk', '--yes'],
  'the same trial, resumed': (running) => ['trial', 'resume', running, '--yes'],
  'jobs import': () => ['jobs', 'import', join(project, 'trials', done, 'import', 'users-00001.json')],
  'trials delete': (running) => ['trials', 'delete', running, '--yes'],
};

async function runAll(commands: typeof BESIDE, running: string): Promise<Readonly<Record<string, unknown>>> {
  const chosen = Object.entries(commands).slice(0, points(2, 10));
  const ran = chosen.map(async ([name, args]) => {
    const { code, stdout } = await userferry([
      ...args(running),
      '-p',
      project,
      '--json',
      '--quiet',
      '--no-input',
    ]);
    const { error } = JSON.parse(stdout) as { readonly error?: { readonly kind: string } };
    return [name, error === undefined ? code : error.kind] as const;
  });
  return Object.fromEntries(await Promise.all(ran));
}

it('beside a running trial: who only reads goes on, who would write is kept out, and the trial ends as if alone', {
  timeout: 300_000,
}, async () => {
  const request = { project, kind: 'lazy', depth: 'profiles', filter: { where: STEADY, limit: 60 } } as const;
  const engine = startEngine();
  const { client } = engine;
  waitUntil(0);
  const alone = await followTrial(client, project, (await client.trials.start(request)).id);
  lazy = alone.id;
  const before = await runAll(BESIDE, '');
  const shapes = ['list.csv', 'upload', 'left.csv'].map((name) => shapeOf(out(name)));
  const left = await leftBehind([folder], async () => {
    // Longer where the machine has so much else to do that the trial was over first.
    for (let wait = 9_000; ; wait *= 2) {
      waitUntil(Date.now() + wait);
      const { id } = await client.trials.start({ ...request, timeLimitMs: wait + 20_000 });
      const [read, keptOut] = await Promise.all([runAll(BESIDE, id), runAll(KEPT_OUT, id)]);
      const { status } = await client.trials.show({ project, trial: id });
      const ended = await toTheEnd(client, project, await followTrial(client, project, id));
      if (status !== 'running') continue;
      expect({ read, keptOut, ended: ended.digests, bugs: engine.bugs }).toEqual({
        read: before,
        keptOut: Object.fromEntries(Object.keys(keptOut).map((name) => [name, 'project-busy'])),
        ended: alone.digests,
        bugs: [],
      });
      break;
    }
    await engine.close();
  });
  expect([left, ['list.csv', 'upload', 'left.csv'].map((name) => shapeOf(out(name)))]).toEqual([
    NOTHING,
    shapes,
  ]);
  for (const name of Object.keys(BESIDE).slice(0, points(2, 10)))
    noteFault('two processes on one project', `${name} beside a trial`, 'equal');
  for (const name of Object.keys(KEPT_OUT).slice(0, points(2, 10)))
    noteFault('two processes on one project', `${name} beside a trial`, 'fault');
});
