import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEngine } from '#test/engine.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

const engine = startEngine();
const { client } = engine;
const project = join(temporaryFolder('users'), 'acme');
let trial = '';

beforeAll(async () => {
  await sqliteSampleProject(project, { users: 4_500 });
  trial = (await engine.trial({ project, kind: 'bulk' })).trial.id;
}, 120_000);
afterAll(async () => {
  await engine.close();
  removeFolder(project);
});

const base = () => ({ project, trial, phase: 'bulk' }) as const;

it.each([{}, { status: 'failed' }, { status: 'failed', state: 'legacy-only' }] as const)(
  'shows the same users at a place as a walk to it does: %j',
  async (filter) => {
    const walked: Awaited<ReturnType<typeof client.trials.users>>['users'] = [];
    for (let after: number | null = -1; after !== null; ) {
      const page: Awaited<ReturnType<typeof client.trials.users>> = await client.trials.users({
        ...base(),
        filter,
        after,
        limit: 1_000,
      });
      walked.push(...page.users);
      after = page.next;
    }
    expect(walked.length).toBeGreaterThan(10);
    const places = [0, 1, 999, 1_000, Math.max(0, walked.length - 2), walked.length, walked.length + 5];
    const pages = [];
    for (const at of places) pages.push(await client.trials.users({ ...base(), filter, at, limit: 3 }));
    expect(pages.map(({ users, total }) => ({ users, total }))).toEqual(
      places.map((at) => ({ users: walked.slice(at, at + 3), total: walked.length })),
    );
  },
);

it('tells the new total when a trial goes on, and lets go of one that is removed', async () => {
  const { id } = await client.trials.start({ project, kind: 'bulk' });
  const totals = new Set<number | null>();
  for await (const progress of await client.trials.watch({ project, trial: id })) {
    if (progress.done === 0) continue;
    const page = await client.trials.users({ project, trial: id, phase: 'bulk', at: 0, limit: 2 });
    totals.add(page.total);
  }
  const after = await client.trials.users({ project, trial: id, phase: 'bulk', at: 4_498, limit: 5 });
  await client.trials.remove({ project, trial: id });
  const gone = await client.trials
    .users({ project, trial: id, phase: 'bulk', at: 0, limit: 2 })
    .catch((error: unknown) => (error as { data: { kind: string } }).data.kind);
  expect([after.total, after.users.length, totals.has(null), gone]).toEqual([
    4_500,
    2,
    false,
    'trial-missing',
  ]);
});
