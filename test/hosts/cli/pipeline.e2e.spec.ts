import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PipelineRun } from '#contract/pipeline.ts';
import type { Report } from '#contract/report.ts';
import { changeSettings, testAccount } from '#test/flow-project.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { userferry } from '#test/userferry.ts';

const USERS = 300;
const folder = join(temporaryFolder('pipeline-cli'), 'acme');
const project = ['-p', folder];
const account = testAccount(USERS, 'bcrypt');

beforeAll(() => sqliteSampleProject(folder, { users: USERS }));
afterAll(() => removeFolder(folder));

const result = ({ stdout }: { readonly stdout: string }): unknown =>
  (JSON.parse(stdout) as { result: unknown }).result;

it('shows what runs, and runs one trigger', async () => {
  const shown = await userferry(['pipeline', 'show', ...project]);
  const run = await userferry([
    'pipeline',
    'run',
    'post-login',
    '--identifier',
    account.email,
    '--json',
    ...project,
  ]);
  const exchange = await userferry(['pipeline', 'run', 'credentials-exchange', ...project]);
  const { outcome, steps } = result(run) as PipelineRun;
  expect([
    shown.code,
    shown.stdout.match(/post-login {2}Action {2}\S+/g),
    run.code,
    outcome.status,
    steps.map(({ name, status }) => `${name} ${status}`),
    exchange.stdout,
  ]).toEqual([
    0,
    [
      'post-login  Action  deny-accounts-on-hold',
      'post-login  Action  add-shop-claims',
      'post-login  Action  note-first-login',
    ],
    0,
    'ok',
    ['deny-accounts-on-hold ok', 'add-shop-claims ok', 'note-first-login ok'],
    '✓ credentials-exchange\n  nothing is bound to it\n',
  ]);
});

it('says in the report of a trial that Actions ran, and what an assumption makes of registrations', async () => {
  const code = join(folder, 'actions/note-first-login/code.js');
  const before = readFileSync(code, 'utf8');
  writeFileSync(
    code,
    `${before}\nexports.onExecutePreUserRegistration = async (event, api) => api.access.deny('closed');\n`,
  );
  const triggers = JSON.parse(readFileSync(join(folder, 'triggers/triggers.json'), 'utf8')) as object;
  const registration = { 'pre-user-registration': [{ action_name: 'note-first-login' }] };
  const file = join(folder, 'actions/note-first-login.json');
  const meta = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...meta, supported_triggers: [] }));
  writeFileSync(join(folder, 'triggers/triggers.json'), JSON.stringify({ ...triggers, ...registration }));
  changeSettings(folder, { assumptions: { 'registration-triggers-at-migration': 'fired' } });
  const run = await userferry([
    'trial',
    'lazy',
    '--pipeline',
    'actions',
    '--limit',
    '40',
    '--depth',
    'profiles',
    '--json',
    '--yes',
    ...project,
  ]);
  const { pipeline, counts, coverage, causes } = result(run) as Report;
  const refused = causes.find((one) => one.code === 'pipeline.registration-denied')!.users;
  const states = coverage.find(({ by }) => by === 'state')!.rows;
  const notStored = states.find(({ value }) => value === 'legacy-only')!.total;
  expect([pipeline, counts[0]!.ok, refused > 20, notStored >= refused]).toEqual([
    { mode: 'actions', endOfLife: null },
    0,
    true,
    true,
  ]);
  changeSettings(folder, { assumptions: {} });
});

it('refuses what it cannot run', async () => {
  const bulk = await userferry(['trial', 'bulk', '--pipeline', 'actions', ...project]);
  rmSync(join(folder, 'actions/add-shop-claims/code.js'));
  const broken = await userferry(['trial', 'lazy', '--pipeline', 'actions', '--limit', '5', ...project]);
  const without = await userferry([
    'trial',
    'lazy',
    '--limit',
    '5',
    '--allow',
    '5',
    '--quiet',
    '--yes',
    ...project,
  ]);
  expect([bulk.code, broken.code, without.code, without.stderr]).toEqual([2, 2, 0, '']);
  expect(broken.stderr).toContain('actions/add-shop-claims/code.js');
});
