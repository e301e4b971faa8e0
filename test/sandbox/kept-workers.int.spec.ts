import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, expect, it } from 'vitest';
import { Secret } from '#domain/secret.ts';
import type { EgressRule, ScriptRun } from '#engine/ports/script-runner.ts';
import { closeKept } from '#sandbox/kept-pools.ts';
import { createScriptRunner, type SandboxOptions } from '#sandbox/script-runner.ts';
import { loginScript, PASSWORD, USER } from '#test/script-runner.ts';

const server = createServer((socket) => socket.destroy());
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
const { port } = server.address() as AddressInfo;
const RULES: readonly EgressRule[] = [{ host: '127.0.0.1', port, because: 'test' }];

afterEach(closeKept);
afterAll(() => {
  server.close();
});

async function once(options: Partial<SandboxOptions>, text: string): Promise<[ScriptRun, readonly number[]]> {
  const runner = await createScriptRunner({ workers: 1, egress: [], keepWorkers: true, ...options });
  const run = await runner.run({
    script: loginScript(text),
    args: [USER, PASSWORD],
    password: new Secret(PASSWORD),
    configuration: {},
    container: 'warm',
    timeLimitMs: 5000,
    passwordChecks: { kind: 'true' },
    detail: 'full',
  });
  const { processIds } = runner;
  await runner.close();
  return [run, processIds];
}

const COUNT =
  'function login(user, password, callback) { global.n = (global.n || 0) + 1; callback(null, global.n); }';
const CONNECT = `function login(user, password, callback) {
  require('net').connect(${port}, '127.0.0.1').on('connect', () => callback(null, 'connected'))
    .on('error', (error) => callback(null, error.code)); }`;

it('the next runner has the same worker and nothing of what scripts kept', async () => {
  const [first, firstIds] = await once({}, COUNT);
  const [second, secondIds] = await once({}, COUNT);
  expect([first.value, second.value, secondIds]).toEqual([1, 1, firstIds]);
});

it('each runner has its own rules and its own network', async () => {
  const values: unknown[] = [];
  for (const options of [
    {},
    { egress: RULES },
    { egress: RULES, network: 'down' as const },
    { egress: RULES },
    {},
  ])
    values.push((await once(options, CONNECT))[0].value);
  expect(values).toEqual(['EACCES', 'connected', 'ECONNREFUSED', 'connected', 'EACCES']);
});

it('two at once each have a worker', async () => {
  const [[one, first], [other, second]] = await Promise.all([once({}, COUNT), once({}, COUNT)]);
  expect([one.value, other.value, first.length + second.length]).toEqual([1, 1, 2]);
  expect(first).not.toEqual(second);
});

it('a worker that died meanwhile is replaced', async () => {
  const [, ids] = await once({}, COUNT);
  process.kill(ids[0]!, 'SIGKILL');
  await sleep(200);
  const [run, after] = await once({}, COUNT);
  expect([run.value, after.length, after.includes(ids[0]!)]).toEqual([1, 1, false]);
});
