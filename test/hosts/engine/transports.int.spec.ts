import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '#contract/api.ts';
import type { Progress } from '#contract/trials.ts';
import { spawnEngine } from '#hosts/engine/spawn-engine.ts';
import { startEngine } from '#test/engine.ts';
import { changeConnection } from '#test/flow-project.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { isRunning } from '#test/userferry.ts';

interface Host {
  readonly client: ContractRouterClient<Contract>;
  close(): Promise<void>;
}

const HOSTS: Readonly<Record<string, () => Promise<Host>>> = {
  'in this process': () => Promise.resolve(startEngine()),
  'in a process of its own': () => spawnEngine(),
};

let project = '';

beforeAll(async () => {
  project = join(temporaryFolder('transport'), 'acme');
  await sqliteSampleProject(project, { users: 3_000 });
});
afterAll(() => removeFolder(project));

describe.each(Object.entries(HOSTS))('the engine %s', (_name, start) => {
  let host: Host;
  beforeAll(async () => {
    host = await start();
  });
  afterAll(() => host.close());

  it('runs a trial to its end, tells its progress and reports it', async () => {
    const { client } = host;
    const { id } = await client.trials.start({ project, kind: 'bulk' });
    const seen: Progress[] = [];
    for await (const progress of await client.trials.watch({ project, trial: id })) seen.push(progress);
    expect(seen.at(-1)).toMatchObject({ status: 'finished', phase: 'bulk', done: 3_000, expected: 3_000 });
    const report = await client.trials.report({ project, trial: id });
    expect(report.counts).toMatchObject([{ phase: 'bulk', done: 3_000, finished: true }]);
    const { users, next } = await client.trials.users({
      project,
      trial: id,
      phase: 'bulk',
      filter: { status: 'failed' },
      limit: 5,
    });
    expect(users.map(({ status }) => status)).toEqual(['failed', 'failed', 'failed', 'failed', 'failed']);
    expect(next).toBe(users.at(-1)!.position);
    expect(await client.trials.remove({ project, trial: id })).toEqual({ removed: true });
  });

  it('stops a trial when asked, and goes on with it later', async () => {
    const { client } = host;
    const { id } = await client.trials.start({ project, kind: 'bulk' });
    expect(await client.trials.cancel({ project, trial: id })).toEqual({ stopped: true });
    expect((await client.trials.show({ project, trial: id })).status).toBe('cancelled');
    await client.trials.resume({ project, trial: id });
    for await (const progress of await client.trials.watch({ project, trial: id })) void progress;
    expect((await client.trials.show({ project, trial: id })).status).toBe('finished');
  });

  it('answers a fault with its kind and what helps', async () => {
    const missing = host.client.projects.check({ project: join(project, 'nowhere') });
    await expect(missing).rejects.toMatchObject({
      code: 'FAULT',
      data: { kind: 'project-missing', retryable: false, help: expect.stringContaining('userferry init') },
    });
  });

  it('refuses a bulk trial of a connection that takes no imports, in the tenant’s words', async () => {
    changeConnection(project, { import_mode: false });
    try {
      await expect(host.client.trials.start({ project, kind: 'mixed' })).rejects.toMatchObject({
        message: 'Custom Database Connections without import mode are not allowed.',
        data: { kind: 'input-invalid' },
      });
    } finally {
      changeConnection(project, { import_mode: true });
    }
  });

  it('refuses input that does not fit the contract', async () => {
    const wrong = host.client.trials.start({ project, kind: 'sideways' as 'bulk' });
    await expect(wrong).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

it('an engine process ends with its parent’s connection', async () => {
  const engine = await spawnEngine();
  expect((await engine.client.reference.versions({})).node).toBe(process.version);
  await engine.close();
  expect(isRunning(engine.pid)).toBe(false);
});
