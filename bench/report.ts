import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createRouterClient } from '@orpc/server';
import { compose } from '#hosts/compose.ts';
import { plantTrial } from '#test/planted-trial.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

/*
 * Opens the report of a trial with many failures and the list of its failed users, through the engine: the report, the
 * first rows with their total, jumps to places all over the list, coverage. Against reading every failure of the trial
 * once, which is what a viewer without places or tallies has to do. Run: node bench/report.ts [failures]
 */
const failures = Number(process.argv[2] ?? 100_000);
const folder = temporaryFolder('report-bench');
const project = await sqliteSampleProject(join(folder, 'acme'), { users: 300 });
const { id: trial } = await plantTrial(project, failures * 2);
const engine = compose({ noteBug: (reference, cause) => console.error(reference, cause) });
const client = createRouterClient(engine.router, { context: {} });

async function ms(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const failed = { project, trial, phase: 'lazy', filter: { status: 'failed' } } as const;

async function readAll(): Promise<number> {
  let read = 0;
  for (let after: number | null = -1; after !== null; ) {
    const page: Awaited<ReturnType<typeof client.trials.users>> = await client.trials.users({
      ...failed,
      after,
      limit: 1_000,
    });
    read += page.users.length;
    after = page.next;
  }
  return read;
}

async function jumps(): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let n = 0; n < 40; n++) {
    const at = Math.floor(((n * 0.618034) % 1) * (failures - 100));
    taken.push(await ms(() => client.trials.users({ ...failed, at, limit: 100 })));
  }
  return taken.toSorted((a, b) => a - b);
}

try {
  const report = await ms(() => client.trials.report({ project, trial }));
  const firstRows = await ms(() => client.trials.users({ ...failed, at: 0, limit: 100 }));
  const taken = await jumps();
  const cohort = await ms(() => client.coverage.show({ project, trial, by: 'emailDomain' }));
  let read = 0;
  const all = await ms(async () => {
    read = await readAll();
  });
  if (read !== failures) throw new Error(`read ${read} failures of ${failures}`);
  const row = (value: number) => ({ ms: value.toFixed(1), 'of reading all': (value / all).toFixed(4) });
  console.log(`${failures.toLocaleString('en')} failures of ${(failures * 2).toLocaleString('en')} users`);
  console.table({
    'report, opened for the first time': row(report),
    'first 100 failed users and their total': row(firstRows),
    'jump to a place, median of 40': row(taken[20] ?? 0),
    'jump to a place, slowest of 40': row(taken.at(-1) ?? 0),
    'coverage by e-mail domain': row(cohort),
    'baseline: every failure read once': row(all),
  });
} finally {
  await engine.close();
  removeFolder(folder);
}
