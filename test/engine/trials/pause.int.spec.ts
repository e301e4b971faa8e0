import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Progress } from '#contract/trials.ts';
import { startEngine } from '#test/engine.ts';
import { describeWith } from '#test/describe-with.ts';
import { type DatabaseServer, postgresqlMissing, startPostgresql } from '#test/postgresql.ts';
import { serverSampleProject, sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { trialDigests } from '#test/trial-contents.ts';

const USERS = 1_600;
/** Users whose scripts do the same in every run: no time-outs, no answers in any order. */
const STEADY = "legacy_uuid IS NOT NULL AND status <> 'review'";
const engine = startEngine();
const { client } = engine;
afterAll(() => engine.close());

/** Watches a trial to the end of its run, and pauses it at its first progress. */
async function pausedRun(project: string, trial: string): Promise<Progress[]> {
  const seen: Progress[] = [];
  let asked = false;
  for await (const progress of await client.trials.watch({ project, trial })) {
    seen.push(progress);
    if (asked || progress.done === 0) continue;
    asked = true;
    await client.trials.pause({ project, trial });
  }
  return seen;
}

describe.each(['lazy', 'bulk'] as const)('a %s trial that somebody pauses', (kind) => {
  const project = join(temporaryFolder('pause'), 'acme');
  const request = { project, kind, depth: 'profiles', filter: { where: STEADY } } as const;
  let undisturbed: Readonly<Record<string, string>>;

  beforeAll(async () => {
    await sqliteSampleProject(project, { users: kind === 'lazy' ? USERS : 12_000 });
    const { trial } = await engine.trial(request);
    undisturbed = trialDigests(project, trial.id);
  }, 120_000);
  afterAll(() => removeFolder(project));

  it('stops after a batch, holds nothing, and goes on to the same end', async () => {
    const { id } = await client.trials.start(request);
    const seen = await pausedRun(project, id);
    const last = seen.at(-1)!;
    const shown = await client.trials.show({ project, trial: id });
    const watched = [];
    for await (const progress of await client.trials.watch({ project, trial: id })) watched.push(progress);
    expect({
      last: [last.status, last.pausedBy, last.done > 0 && last.done < last.expected],
      record: [shown.status, shown.fault, shown.phases[0]?.done === last.done],
      watched: watched.map(({ status, pausedBy }) => [status, pausedBy]),
      again: await client.trials.pause({ project, trial: id }),
      stopped: await client.trials.cancel({ project, trial: id }),
    }).toEqual({
      last: ['paused', 'user', true],
      record: ['paused', null, true],
      watched: [['paused', 'user']],
      again: { pausing: false },
      stopped: { stopped: false },
    });
    await client.trials.resume({ project, trial: id });
    const rest = [];
    for await (const progress of await client.trials.watch({ project, trial: id })) rest.push(progress);
    expect([rest.at(-1)?.status, rest.at(-1)?.pausedBy, trialDigests(project, id)]).toEqual([
      'finished',
      undefined,
      undisturbed,
    ]);
  });
});

describe('a pause that is thought better of', () => {
  it('is a cancellation once that is asked for', async () => {
    const project = join(temporaryFolder('pause'), 'acme');
    await sqliteSampleProject(project, { users: USERS });
    const { id } = await client.trials.start({
      project,
      kind: 'lazy',
      depth: 'profiles',
      filter: { where: STEADY },
    });
    await client.trials.pause({ project, trial: id });
    await client.trials.cancel({ project, trial: id });
    expect((await client.trials.show({ project, trial: id })).status).toBe('cancelled');
    removeFolder(project);
  });
});

describeWith('a trial that waits for its database', postgresqlMissing(), () => {
  const project = join(temporaryFolder('pause'), 'acme');
  let server: DatabaseServer;
  beforeAll(async () => {
    server = await startPostgresql();
    await serverSampleProject(project, 'postgresql', server, { users: USERS });
  });
  afterAll(async () => {
    await server.remove();
    removeFolder(project);
  });

  it('says who paused it, and stops at once when somebody does', async () => {
    const { id } = await client.trials.start({
      project,
      kind: 'lazy',
      depth: 'profiles',
      filter: { where: STEADY },
    });
    const seen: string[] = [];
    let stopped = false;
    for await (const progress of await client.trials.watch({ project, trial: id })) {
      seen.push(`${progress.status} ${progress.pausedBy ?? ''}`.trim());
      if (!stopped && progress.done > 0) {
        stopped = true;
        await server.stop();
      }
      if (progress.pausedBy === 'database') await client.trials.pause({ project, trial: id });
    }
    expect([[...new Set(seen)], (await client.trials.show({ project, trial: id })).status]).toEqual([
      ['running', 'paused database', 'paused user'],
      'paused',
    ]);
  });
});
