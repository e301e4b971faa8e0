import { cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCRIPTS } from '#test/bad-input.ts';
import { followTrial, replicaOf, STEADY } from '#test/disturbed-trial.ts';
import { startEngine } from '#test/engine.ts';
import { cleanAfterwards } from '#test/fault-leftovers.ts';
import { noteFault, points, seededPoints } from '#test/fault-matrix.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { trialDigests } from '#test/trial-contents.ts';

cleanAfterwards();

const engine = startEngine();
const { client } = engine;
const PAGE = 4_096;
let original = '';
let trial = '';
let whole = '';
let size = 0;

beforeAll(async () => {
  original = await sqliteSampleProject(join(temporaryFolder('damaged'), 'acme'), { users: 500 });
  const request = { project: original, kind: 'bulk', filter: { where: STEADY } } as const;
  trial = (await engine.trial(request)).trial.id;
  whole = JSON.stringify(await everything(original));
  size = readFileSync(replicaOf(original, trial)).length;
}, 120_000);
afterAll(async () => {
  await engine.close();
  removeFolder(original);
});

/** What readers of reports ask for; throws the reply they get instead. */
async function everything(project: string): Promise<unknown> {
  const about = { project, trial };
  const report = await client.trials.report(about);
  const texts = [];
  for (const format of ['html', 'markdown', 'junit', 'csv', 'json'] as const) {
    texts.push(await client.trials.render({ ...about, format }));
  }
  const users = await client.trials.users({ ...about, phase: 'bulk', filter: {}, after: -1, limit: 1_000 });
  const coverage = await client.coverage.show({ ...about, by: 'emailDomain' });
  return [
    report.trial.phases,
    texts.length,
    users,
    coverage,
    await client.jobs.list(about),
    trialDigests(project, trial),
  ];
}

type Answer = { readonly kind: string } | 'as before' | 'other';

async function answer(project: string): Promise<Answer> {
  try {
    return JSON.stringify(await everything(project)) === whole ? 'as before' : 'other';
  } catch (trouble) {
    const { data, kind } = trouble as { readonly data?: { readonly kind: string }; readonly kind?: string };
    return { kind: data?.kind ?? kind ?? String(trouble) };
  }
}

/** A copy of the project, damaged by `damage`, and what its readers get. */
async function damaged(damage: (project: string) => void): Promise<Answer> {
  const project = join(temporaryFolder('damaged'), 'acme');
  cpSync(original, project, { recursive: true });
  damage(project);
  const found = await answer(project);
  removeFolder(join(project, '..'));
  return found;
}

describe('a replica', () => {
  it.each([
    ['cut off', (file: string, next: (below: number) => number) => truncateSync(file, next(size))],
    [
      'with a page of noise',
      (file: string, next: (below: number) => number) => {
        const bytes = readFileSync(file);
        const page = next(Math.floor(size / PAGE)) * PAGE;
        for (let at = page; at < page + PAGE; at++) bytes[at] = next(256);
        writeFileSync(file, bytes);
      },
    ],
    [
      'with a page of zeros',
      (file: string, next: (below: number) => number) => {
        const bytes = readFileSync(file);
        const page = next(Math.floor(size / PAGE)) * PAGE;
        writeFileSync(file, bytes.fill(0, page, page + PAGE));
      },
    ],
  ] as const)(
    '%s is told as damaged, or the damage is in nobody’s way',
    { timeout: 300_000 },
    async (name, damage) => {
      const next = seededPoints(name.length);
      for (let point = 0; point < points(6, 80); point++) {
        const found = await damaged((project) => damage(replicaOf(project, trial), next));
        expect([found], `point ${point}`).toEqual([
          found === 'as before'
            ? found
            : { kind: expect.stringMatching(/^(replica-damaged|trial-missing)$/) },
        ]);
        noteFault(`replica ${name}`, 'reading its report', found === 'as before' ? 'equal' : 'fault');
      }
      expect(engine.bugs).toEqual([]);
    },
  );
});

it('a record that is torn anywhere is damaged to everyone, and never another trial', async () => {
  const text = readFileSync(join(original, 'trials', trial, 'trial.json'), 'utf8');
  const next = seededPoints(3);
  for (let point = 0; point < points(10, 200); point++) {
    const cut = next(text.trimEnd().length - 1);
    const found = await damaged((project) =>
      writeFileSync(join(project, 'trials', trial, 'trial.json'), text.slice(0, cut)),
    );
    expect([cut, found]).toEqual([cut, { kind: 'trial-missing' }]);
    noteFault('trial.json torn', 'reading its report', 'fault');
  }
});

it.each(['lazy', 'bulk'] as const)(
  'a project that is edited while a %s trial runs: the trial goes by what it began with',
  { timeout: 600_000 },
  async (kind) => {
    const project = join(temporaryFolder('edited'), 'acme');
    await sqliteSampleProject(project, { users: kind === 'lazy' ? points(700, 1_500) : 9_000 });
    const request = { project, kind, depth: 'profiles', filter: { where: STEADY } } as const;
    const undisturbed = await followTrial(client, project, (await client.trials.start(request)).id);
    const { id } = await client.trials.start(request);
    const kept = new Map(
      [
        'userferry.json',
        join(SCRIPTS, 'login.js'),
        join(SCRIPTS, 'get_user.js'),
        join(SCRIPTS, 'database.json'),
      ].map((name) => [name, readFileSync(join(project, name), 'utf8')] as const),
    );
    const ended = await followTrial(client, project, id, ({ done }) => {
      if (done === 0) return;
      for (const [name, text] of kept) writeFileSync(join(project, name), text.slice(0, text.length / 2));
      rmSync(join(project, SCRIPTS, 'get_user.js'));
    });
    const refused = await client.trials
      .start(request)
      .catch((trouble: { data?: { kind: string } }) => trouble.data);
    for (const [name, text] of kept) writeFileSync(join(project, name), text);
    const again = await followTrial(client, project, (await client.trials.start(request)).id);
    expect({ status: ended.status, digests: ended.digests, refused, again: again.digests }).toEqual({
      status: 'finished',
      digests: undisturbed.digests,
      refused: expect.objectContaining({ kind: 'project-invalid' }),
      again: undisturbed.digests,
    });
    noteFault('project edited during the run', `${kind} trial`, 'equal');
    removeFolder(project);
  },
);
