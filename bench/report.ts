import { join } from 'node:path';
import { startEngine } from '#test/engine.ts';
import { plantTrial } from '#test/planted-trial.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { benchOptions, sizesOf } from './common/options.ts';
import { placesAllOver } from './common/places.ts';
import { figure, type Goal } from './common/rows.ts';
import { median, quantile } from './common/statistics.ts';
import { msOf } from './common/timing.ts';

/*
 * Opens the report of a trial every second user of which failed, and the list of its failed users, through the engine:
 * the report, the first rows with their total, jumps to places all over the list, filters, coverage. Against reading
 * every failure of the trial once, which is what a viewer without places or tallies has to do.
 * Run: node --no-node-snapshot bench/report.ts [--users N | --sizes N,N]
 */
const PAGE = 100;
const JUMPS = 40;

const options = benchOptions();
for (const users of sizesOf(options, 1_000_000)) await measure(users);

async function measure(users: number): Promise<void> {
  const folder = temporaryFolder('report-bench');
  const { client, close } = startEngine();
  try {
    const project = await sqliteSampleProject(join(folder, 'acme'), { users: 300 });
    const { id: trial, failed: failures } = await plantTrial(project, users);
    const list = { project, trial, phase: 'lazy' } as const;
    const failed = { ...list, filter: { status: 'failed' } } as const;
    const opened = await msOf(() => client.trials.report({ project, trial }));
    const first = await msOf(() => client.trials.users({ ...failed, at: 0, limit: PAGE }));
    const page = (filter: Parameters<typeof client.trials.users>[0]['filter']) =>
      pages(failures / 10, (at) => client.trials.users({ ...list, filter: filter ?? {}, at, limit: PAGE }));
    const jumps = await pages(failures, (at) => client.trials.users({ ...failed, at, limit: PAGE }));
    const cause = await page({ status: 'failed', cause: 'profile.phone-invalid' });
    const domain = await page({ cohort: { by: 'emailDomain', value: 'mail.example' } });
    const coverage = await msOf(() => client.coverage.show({ project, trial, by: 'emailDomain' }));
    let read = 0;
    const all = await msOf(async () => {
      for (let after: number | null = -1; after !== null; ) {
        const { users: some, next }: Awaited<ReturnType<typeof client.trials.users>> =
          await client.trials.users({ ...failed, after, limit: 1_000 });
        read += some.length;
        after = next;
      }
    });
    if (read !== failures) throw new Error(`read ${read} failures of ${failures}`);

    const row = (work: string, ms: number, goal: Goal | null = null) =>
      figure(work, ms, 'ms', {
        better: 'less',
        users,
        baseline: { name: 'every failure read once', figure: all },
        goal,
      });
    row('report and first failed users', opened + first, { most: 1_000, users: 200_000 });
    row('report, opened for the first time', opened);
    row(`first ${PAGE} failed users and their total`, first);
    row(`jump among the failed users, median of ${JUMPS}`, median(jumps), mostOfJump(users));
    row(`jump among the failed users, slowest of ${JUMPS}`, quantile(jumps, 1));
    row('jump among the users of a cause, median', median(cause));
    row('jump among the users of a domain, median', median(domain));
    row('coverage by e-mail domain', coverage);
  } finally {
    await close();
    removeFolder(folder);
  }
}

/** Budgets of the plan: at a million, and at ten. */
function mostOfJump(users: number): Goal {
  return users > 1_000_000 ? { most: 100, users: 10_000_000 } : { most: 65, users: 1_000_000 };
}

async function pages(places: number, load: (at: number) => Promise<{ readonly users: readonly unknown[] }>) {
  const taken: number[] = [];
  for (const at of placesAllOver(JUMPS, Math.max(1, Math.floor(places) - PAGE))) {
    taken.push(
      await msOf(async () => {
        if ((await load(at)).users.length === 0) throw new Error(`no users at ${at}`);
      }),
    );
  }
  return taken;
}
