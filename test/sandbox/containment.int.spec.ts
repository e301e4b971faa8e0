import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ScriptRun } from '#engine/ports/script-runner.ts';
import { type Sandbox, startSandbox } from '#test/script-runner.ts';

let sandbox: Sandbox | null = null;
afterEach(async () => {
  await sandbox?.close();
  sandbox = null;
});

const ECHO = 'function login(user, password, callback) { callback(null, user); }';
const WAIT = 'function login(user, password, callback) { setTimeout(() => callback(null, user), 300); }';
const endings = (runs: readonly ScriptRun[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { ending } of runs) counts[ending] = (counts[ending] ?? 0) + 1;
  return counts;
};

async function untilGone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await sleep(50);
  }
  return false;
}

describe('a worker killed from outside', () => {
  it('costs each running attempt one ending, and the next one works', async () => {
    sandbox = await startSandbox();
    const { run, runner } = sandbox;
    // So that the containers are there: an attempt whose container is not open yet is given to another worker.
    await Promise.all(Array.from({ length: 2 }, () => run(WAIT, { detail: 'counts' })));
    const running = Array.from({ length: 5 }, () => run(WAIT, { detail: 'counts' }));
    await sleep(150);
    process.kill(runner.processIds[0]!, 'SIGKILL');
    const runs = await Promise.all(running);
    // As many as the worker has containers for one script; the others had not begun and are run elsewhere.
    expect(endings(runs)).toEqual({ crashed: 2, 'called-back': 3 });
    expect(runs.flatMap(({ findings }) => findings.map(({ code }) => code))).toEqual(
      Array(2).fill('script.lost-with-worker'),
    );
    expect((await run(ECHO)).ending).toBe('called-back');
  });
});

describe('one bad attempt', () => {
  it('that blocks ends as blocked; those beside it are told apart', async () => {
    sandbox = await startSandbox();
    const { run } = sandbox;
    const script = `function login(user, password, callback) {
      if (user === 'bad') for (;;);
      setTimeout(() => callback(null, user), 100); }`;
    const users = ['a', 'b', 'bad', 'c'];
    const runs = await Promise.all(
      users.map((user) => run(script, { args: [user, 'x'], detail: 'counts', timeLimitMs: 600 })),
    );
    expect(runs[2]?.ending).toBe('blocked');
    for (const other of [runs[0], runs[1], runs[3]]) {
      expect(other?.ending === 'called-back' || other?.findings[0]?.code === 'script.lost-with-worker').toBe(
        true,
      );
    }
    expect((await run(ECHO)).ending).toBe('called-back');
  });

  it('that eats memory does not take the other worker’s attempts along', async () => {
    sandbox = await startSandbox({ workers: 2 });
    const { run } = sandbox;
    const bomb = run('function login() { const all = []; for (;;) all.push(new Array(1000).fill(1.5)); }', {
      detail: 'counts',
    });
    const others = await Promise.all(Array.from({ length: 6 }, () => run(ECHO, { detail: 'counts' })));
    expect([endings(others), (await bomb).ending]).toEqual([{ 'called-back': 6 }, 'out-of-memory']);
  });
});

it('200 attempts in flight all end, each with its own answer', async () => {
  sandbox = await startSandbox({ workers: 2 });
  const { run } = sandbox;
  const users = Array.from({ length: 200 }, (_, index) => `user${index}`);
  const script = `function login(user, password, callback) {
    setTimeout(() => require('crypto').randomBytes(8, () => callback(null, user)), Math.random() * 20); }`;
  const runs = await Promise.all(users.map((user) => run(script, { args: [user, 'x'], detail: 'counts' })));
  expect(runs.map(({ value }) => value)).toEqual(users);
});

it('warm containers keep global, fresh ones do not, and configuration is the attempt’s', async () => {
  sandbox = await startSandbox();
  const { run } = sandbox;
  const script = `function login(user, password, callback) {
    global.calls = (global.calls || 0) + 1; callback(null, [global.calls, configuration.NAME]); }`;
  const call = async (container: 'warm' | 'fresh', name: string) =>
    (await run(script, { container, configuration: { NAME: name }, detail: 'counts' })).value;
  expect([
    await call('warm', 'a'),
    await call('warm', 'a'),
    await call('warm', 'b'),
    await call('fresh', 'a'),
    await call('fresh', 'a'),
  ]).toEqual([
    [1, 'a'],
    [2, 'a'],
    [1, 'b'],
    [1, 'a'],
    [1, 'a'],
  ]);
});

it('after a time-out the container is a new one, as in a tenant', async () => {
  sandbox = await startSandbox();
  const { run } = sandbox;
  const script = `function login(user, password, callback) {
    global.calls = (global.calls || 0) + 1;
    if (user === 'slow') setTimeout(callback, 60000); else callback(null, global.calls); }`;
  const call = async (user: string) => {
    const { ending, value } = await run(script, { args: [user, 'x'], timeLimitMs: 200, detail: 'counts' });
    return [ending, value];
  };
  expect([await call('a'), await call('a'), await call('slow'), await call('a')]).toEqual([
    ['called-back', 1],
    ['called-back', 2],
    ['timed-out', null],
    ['called-back', 1],
  ]);
});

it.each([true, false])('works with snapshots: %s', async (snapshots) => {
  sandbox = await startSandbox({ snapshots });
  const script =
    "function login(user, password, callback) { callback(null, [typeof require('pg').Client, typeof require('lodash').map, typeof require('mysql' + '2').createPool, typeof Atomics]); }";
  expect([sandbox.runner.snapshots, (await sandbox.run(script)).value]).toEqual([
    snapshots,
    ['function', 'function', 'function', 'undefined'],
  ]);
});

it('close leaves no process behind and refuses further attempts', async () => {
  const closing = await startSandbox({ workers: 2 });
  const pids = closing.runner.processIds;
  const running = closing.run(WAIT).catch((error: unknown) => error);
  await sleep(50);
  await closing.close();
  await running;
  expect(await Promise.all(pids.map(untilGone))).toEqual([true, true]);
  await expect(closing.run(ECHO)).rejects.toMatchObject({ name: 'Fault', kind: 'sandbox-unavailable' });
});

it('workers end by themselves when the engine is killed', async () => {
  const program = join(import.meta.dirname, '..', 'fixtures', 'sandbox-host.ts');
  const host = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = await new Promise<string>((resolve) =>
    host.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString())),
  );
  const pids = JSON.parse(said) as number[];
  host.kill('SIGKILL');
  expect([pids.length, ...(await Promise.all(pids.map(untilGone)))]).toEqual([2, true, true]);
});

it('the worker has no environment, network, files or processes of its own', async () => {
  sandbox = await startSandbox();
  const script =
    'function login(user, password, callback) { callback(null, [Object.keys(process.env), process.argv.length < 3, process.cwd()]); }';
  expect((await sandbox.run(script)).value).toEqual([[], true, '/']);
});

it('a full attempt gets its turn in the midst of a stream of others, and none shares a container', async () => {
  sandbox = await startSandbox();
  const { run } = sandbox;
  const script = `function login(user, password, callback) {
    global.running = (global.running || 0) + 1;
    const beside = global.running - 1;
    setTimeout(() => { global.running -= 1; callback(null, beside); }, 20); }`;
  let over = false;
  const stream = Array.from({ length: 8 }, async () => {
    let most = 0;
    while (!over) most = Math.max(most, (await run(script, { detail: 'counts' })).value as number);
    return most;
  });
  await sleep(100);
  const full = await run(script);
  over = true;
  const beside = Math.max(...(await Promise.all(stream)));
  expect([full.ending, full.value, beside]).toEqual(['called-back', 0, 0]);
});
