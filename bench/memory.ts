import { join } from 'node:path';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { benchOptions, QUICK_USERS } from './common/options.ts';
import { figure } from './common/rows.ts';
import { sqliteProject } from './common/sample-projects.ts';
import { MOST_MEMORY_MB, runTrial } from './common/trial.ts';

/*
 * The most memory that engine and workers take for bulk trials of different sizes: it must not grow with the users.
 * The legacy store is written row by row, so that ten million users need time and about 25 GB of disk, but no memory.
 * Run: node --no-node-snapshot bench/memory.ts [--sizes 100000,1000000,10000000 | --users 10000000]
 */
const USUAL = [100_000, 1_000_000, 10_000_000];
/** As much as a run differs from the next by itself. */
const SAME = 0.9;

const options = benchOptions();
const sizes = options.sizes ?? usualSizes();
const folder = temporaryFolder('memory-bench');
let smallest: { readonly name: string; readonly figure: number } | null = null;
try {
  for (const users of sizes) {
    const name = `${users.toLocaleString('en')} users`;
    const project = await sqliteProject(join(folder, 'acme'), users);
    const trial = await runTrial(project, 'bulk', users);
    console.log(
      `${name}: ${trial.seconds.toFixed(1)} s, each process ${trial.peakMbEach.map(Math.round).join(' + ')} MB`,
    );
    figure('peak memory of a bulk trial', trial.peakMb, 'MB', {
      better: 'less',
      users,
      baseline: smallest,
      goal: { most: MOST_MEMORY_MB, ...(smallest === null ? {} : { ratio: SAME }), users: 100_000 },
    });
    smallest ??= { name, figure: trial.peakMb };
    removeFolder(project);
  }
} finally {
  removeFolder(folder);
}

/** Up to the number that was asked for; a million without one. */
function usualSizes(): readonly number[] {
  if (options.quick) return [QUICK_USERS / 5, QUICK_USERS];
  const most = options.users ?? 1_000_000;
  const fitting = USUAL.filter((users) => users <= most);
  return fitting.at(-1) === most ? fitting : [...fitting, most];
}
