import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STEADY } from '#test/disturbed-trial.ts';
import { cleanAfterwards } from '#test/fault-leftovers.ts';
import { noteFault, points, seededPoints } from '#test/fault-matrix.ts';
import { type RpcSocket, rpcSocket } from '#test/rpc-socket.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { trialDigests, trialIds } from '#test/trial-contents.ts';
import {
  childrenOf,
  isRunning,
  processesBelow,
  type Started,
  startUserferry,
  userferry,
} from '#test/userferry.ts';

cleanAfterwards();

const USERS = 1_500;
const COMMON = ['--yes', '--no-input', '--quiet'];

let project = '';
let pages = '';
let undisturbed: Readonly<Record<string, string>> = {};

beforeAll(async () => {
  const folder = temporaryFolder('server-killed');
  pages = join(folder, 'pages');
  mkdirSync(pages);
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>Userferry</title>');
  project = await sqliteSampleProject(join(folder, 'acme'), { users: USERS });
  await userferry(['trial', 'lazy', '--project', project, ...COMMON, '--where', STEADY]);
  undisturbed = trialDigests(project, trialIds(project)[0]!);
}, 120_000);
afterAll(() => removeFolder(join(project, '..')));

interface Serving extends Started {
  readonly socket: RpcSocket;
}

async function serve(): Promise<Serving> {
  const started = startUserferry(['serve', '--renderer', pages, '--no-open', '--json']);
  let text = '';
  const link = await new Promise<string>((resolve, reject) => {
    started.child.stderr!.on('data', (chunk: string) => {
      text += chunk;
      const line = /^\{.*\}$/m.exec(text);
      if (line !== null) resolve((JSON.parse(line[0]) as { link: string }).link);
    });
    started.child.once('exit', () => reject(new Error(text)));
  });
  return { ...started, socket: await rpcSocket(link) };
}

const startTrial = async ({ socket }: Serving): Promise<string> => {
  const input = { project, kind: 'lazy', filter: { where: STEADY } };
  return ((await socket.call('/trials/start', input)) as { id: string }).id;
};

const statusOf = (trial: string): string =>
  (JSON.parse(readFileSync(join(project, 'trials', trial, 'trial.json'), 'utf8')) as { status: string })
    .status;

async function untilGone(pids: readonly number[]): Promise<readonly number[]> {
  for (let wait = 0; wait < 100 && pids.some(isRunning); wait++) await sleep(100);
  return pids.filter(isRunning);
}

/** Resumed on the command line, it ends like one that was left alone. */
async function resumedEqual(trial: string): Promise<void> {
  if (statusOf(trial) !== 'finished') {
    const { code, stderr } = await userferry(['trial', 'resume', trial, '--project', project, ...COMMON]);
    expect(code, stderr).toBeLessThan(2);
  }
  expect(trialDigests(project, trial)).toEqual(undisturbed);
}

describe('while a trial runs in the app’s server', () => {
  const next = seededPoints(5);

  it.each(['server', 'engine', 'worker'] as const)(
    'a killed %s leaves no process, and the trial ends as if left alone',
    { timeout: 600_000 },
    async (victim) => {
      for (let point = 0; point < points(1, 12); point++) {
        const serving = await serve();
        const server = serving.child.pid!;
        const trial = await startTrial(serving);
        await sleep(200 + next(1_500));
        const engine = childrenOf(server)[0]!;
        const family = [server, ...processesBelow(server)];
        const chosen = { server, engine, worker: processesBelow(engine)[0] ?? engine }[victim];
        process.kill(chosen, 'SIGKILL');
        if (victim === 'worker') await sleep(next(500));
        if (victim !== 'server') serving.child.kill('SIGINT');
        await serving.finished;
        serving.socket.close();
        expect(await untilGone(family), `processes after the death of the ${victim}`).toEqual([]);
        await resumedEqual(trial);
        noteFault(`${victim} killed`, 'lazy trial in the app’s server', 'equal');
      }
    },
  );

  it('the command line is kept out of its project, but reads what is there', {
    timeout: 120_000,
  }, async () => {
    const serving = await serve();
    const trial = await startTrial(serving);
    const [started, listed] = await Promise.all([
      userferry(['trial', 'bulk', '--project', project, ...COMMON, '--json']),
      userferry(['trials', 'list', '--project', project, '--json']),
    ]);
    const running = statusOf(trial) === 'running';
    serving.child.kill('SIGINT');
    await serving.finished;
    serving.socket.close();
    const { error } = JSON.parse(started.stdout) as { readonly error?: { readonly kind: string } };
    expect({
      running,
      started: [started.code, error?.kind],
      listed: [listed.code, listed.stdout.includes(trial)],
    }).toEqual({ running: true, started: [2, 'project-busy'], listed: [0, true] });
    await resumedEqual(trial);
    noteFault('two processes on one project', 'lazy trial in the app’s server', 'fault');
  });
});
