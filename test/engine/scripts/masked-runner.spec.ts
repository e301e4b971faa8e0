import { expect, it } from 'vitest';
import { Secret } from '#domain/secret.ts';
import type { ScriptAttempt, ScriptRun, ScriptRunner } from '#engine/ports/script-runner.ts';
import { maskedRunner } from '#engine/scripts/masked-runner.ts';

const PASSWORD = 'right "horse" 9';
const RUN: ScriptRun = {
  ending: 'threw',
  value: { password: PASSWORD },
  error: { name: 'Error', message: `no ${PASSWORD}`, code: 's3cret-of-api', line: 4 },
  findings: [{ code: 'script.threw', message: `it threw ${PASSWORD}`, line: 4 }],
  console: [
    { atMs: 1, level: 'log', text: JSON.stringify({ PASSWORD, key: 's3cret-of-api', host: 'db.example' }) },
  ],
  statements: [
    {
      protocol: 'http',
      connection: 1,
      text: `GET /?p=${encodeURIComponent(PASSWORD)}`,
      binds: ['s3cret-of-api'],
      atMs: 1,
      ms: 2,
      rows: null,
    },
  ],
  connections: [],
  refused: [],
  statementCount: 1,
  connectionCount: 0,
  passwordChecks: { truly: 0, assumed: 0 },
  ms: { total: 3, database: 2, hashing: 0, script: 1 },
  memoryBytes: null,
};
const runner: ScriptRunner = {
  concurrency: 1,
  run: () => Promise.resolve(RUN),
  close: () => Promise.resolve(),
};

const attempt = (changes: Partial<ScriptAttempt> = {}): ScriptAttempt => ({
  script: { slot: 'login', text: '', checksum: '' },
  args: ['mary@example.com', PASSWORD],
  password: new Secret(PASSWORD),
  configuration: { API_KEY: 's3cret-of-api', DB_HOST: 'db.example', PIN_TOKEN: '1' },
  container: 'warm',
  timeLimitMs: 1_000,
  passwordChecks: { kind: 'true' },
  detail: 'full',
  ...changes,
});

it('shows neither the password nor secrets of the configuration in what a run recorded', async () => {
  expect(await maskedRunner(runner).run(attempt())).toEqual({
    ...RUN,
    error: { name: 'Error', message: 'no *****', code: '*****', line: 4 },
    findings: [{ code: 'script.threw', message: 'it threw *****', line: 4 }],
    console: [{ atMs: 1, level: 'log', text: '{"PASSWORD":"*****","key":"*****","host":"db.example"}' }],
    statements: [{ ...RUN.statements[0], text: 'GET /?p=*****', binds: ['*****'] }],
  });
});

it.each([
  ['change_password', ['mary@example.com', PASSWORD]],
  ['create', [{ email: 'mary@example.com', password: PASSWORD }]],
] as const)('knows the new password of %s', async (slot, args) => {
  const script = { slot, text: '', checksum: '' } as const;
  const { error } = await maskedRunner(runner).run(attempt({ script, args, password: null }));
  expect(error?.message).toBe('no *****');
});

it('masks the error of runs that record counts only, since the tenant’s log keeps it', async () => {
  const { error } = await maskedRunner(runner).run(attempt({ detail: 'counts' }));
  expect(error).toEqual({ name: 'Error', message: 'no *****', code: '*****', line: 4 });
});

it('leaves runs alone that show nothing', async () => {
  const quiet = { ...RUN, error: null, findings: [] };
  const silent = { ...runner, run: () => Promise.resolve(quiet) };
  expect(await maskedRunner(silent).run(attempt({ detail: 'counts' }))).toBe(quiet);
});

it('masks the password inside a connection string, and what was made of it', async () => {
  const message = `no postgres://app:p%40ss-word@db, p@ss-word, ${Buffer.from('app:p@ss-word').toString('base64')}`;
  const failing = { ...runner, run: () => Promise.resolve({ ...RUN, error: { name: 'Error', message } }) };
  const configuration = { DATABASE_URL: 'postgres://app:p%40ss-word@db' };
  const { error } = await maskedRunner(failing).run(attempt({ configuration }));
  expect(error?.message).toMatch(/^no postgres:\/\/app:\*{5}@db, \*{5}, YXBw.{0,3}\*{5}.{0,3}$/);
});
