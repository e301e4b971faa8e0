import { loadavg } from 'node:os';
import { join } from 'node:path';
import { closeBrowser, openApp } from '#test/app.ts';
import { plantTrial } from '#test/planted-trial.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { benchOptions, usersOf } from './common/options.ts';
import { figure } from './common/rows.ts';
import { median } from './common/statistics.ts';

/*
 * The report of a trial with many failures in Chromium: from the address of the report to its numbers on the screen, and
 * from the address of the failed users to the frame that shows the first rows of the hundred that came. Each for a page
 * that was loaded just now (its parts not fetched yet) and for one in use. Against an empty page of the same app, what
 * is left is the report's own.
 * Run after npm run build:renderer: node --no-node-snapshot bench/report-screen.ts [--users N]
 */
const options = benchOptions();
/** Every second of the users has failed. */
const failures = Math.floor(usersOf(options, 200_000) / 2);
const rounds = options.quick ? 2 : 7;

const folder = temporaryFolder('report-screen-bench');
const project = await sqliteSampleProject(join(folder, 'acme'), { users: 300 });
const { id: trial } = await plantTrial(project, failures * 2);
const app = await openApp({ home: folder, size: { width: 1280, height: 800 } });
const { page } = app;
const meter = await page.context().newCDPSession(page);
await meter.send('Performance.enable');
const base = `/project/${encodeURIComponent(project)}`;

interface Target {
  readonly route: string;
  /** Shows that it is there; every one of the last elements is filled. */
  readonly there: string;
}

const TARGETS = {
  'assumptions, for comparison': { route: `${base}/assumptions`, there: 'main section' },
  'the report’s numbers': { route: `${base}/report/${trial}`, there: 'main table' },
  'the first failed users': {
    route: `${base}/report/${trial}/users?status=failed`,
    there: '[role=grid] [role=row][aria-busy=false]',
  },
} as const satisfies Record<string, Target>;

interface Took {
  readonly ms: number;
  /** Time in which the page's one thread was busy. */
  readonly busy: number;
}

/** Milliseconds in the page itself, from the change of the address to the frame after the wanted element came. */
async function opening({ route, there }: Target): Promise<Took> {
  const before = await busyMs();
  const ms = await page.evaluate(
    async ([hash, selector]) => {
      const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
      const start = performance.now();
      window.location.hash = hash;
      do await frame();
      while (document.querySelector(selector) === null);
      return (await frame()) - start;
    },
    [route, there] as const,
  );
  return { ms, busy: (await busyMs()) - before };
}

/** Milliseconds in which the page’s thread has had something to do. */
async function busyMs(): Promise<number> {
  const { metrics } = await meter.send('Performance.getMetrics');
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
}

const middle = (values: readonly number[]): string => median(values).toFixed(0);
const most = (values: readonly number[]): string => Math.max(...values).toFixed(0);

try {
  const lines = [
    `${failures.toLocaleString('en')} failures of ${(failures * 2).toLocaleString('en')} users, load ${loadavg()[0]!.toFixed(1)}, ${rounds} rounds`,
    '',
    '| opened | after a reload: median / most, ms | page busy, ms | again: median / most, ms | page busy, ms |',
    '| --- | --- | --- | --- | --- |',
  ];
  let empty = Number.NaN;
  for (const [name, target] of Object.entries(TARGETS)) {
    const first: Took[] = [];
    const again: Took[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await app.go('/');
      await page.reload();
      await page.getByText('Engine ready').waitFor();
      first.push(await opening(target));
      await app.go('/');
      await page.getByRole('heading', { name: 'Home' }).waitFor();
      again.push(await opening(target));
    }
    const figures = (took: readonly Took[]) =>
      `${middle(took.map(({ ms }) => ms))} / ${most(took.map(({ ms }) => ms))} | ${middle(took.map(({ busy }) => busy))}`;
    lines.push(`| ${name} | ${figures(first)} | ${figures(again)} |`);
    const opened = median(first.map(({ ms }) => ms));
    if (target === TARGETS['assumptions, for comparison']) empty = opened;
    else {
      figure(`${name} on the screen, after a reload`, opened, 'ms', {
        better: 'less',
        users: failures * 2,
        baseline: { name: 'a page with hardly anything on it', figure: empty },
        goal: { most: 1_000, users: 200_000 },
      });
    }
  }
  console.log(lines.join('\n'));
} finally {
  await app.close();
  await closeBrowser();
  removeFolder(folder);
}
