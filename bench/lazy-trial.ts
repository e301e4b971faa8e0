import { join } from 'node:path';
import { postgresqlMissing, startPostgresql } from '#test/postgresql.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { benchOptions, usersOf } from './common/options.ts';
import { figure, leftOut } from './common/rows.ts';
import { serverProject } from './common/sample-projects.ts';
import { flatnessAndMemory, runTrial } from './common/trial.ts';

/*
 * A lazy trial over PostgreSQL, every user of which has a hash that is cheap to check: get_user, a login with the right
 * password that migrates, and one with a wrong password, for each of them. Its last tenth against its first.
 * Run: node --no-node-snapshot bench/lazy-trial.ts [--users N]
 */
const NAME = 'lazy trial, cheap hash';
const RUNS_PER_USER = 3;
const LEAST_PER_SECOND = 1_000;

const users = usersOf(benchOptions(), 1_000_000);
const missing = postgresqlMissing();
if (missing === null) await measure();
else leftOut(NAME, `no ${missing}`);

async function measure(): Promise<void> {
  const folder = temporaryFolder('lazy-bench');
  const server = await startPostgresql();
  try {
    const project = await serverProject(join(folder, 'acme'), 'postgresql', server, users, 'sound');
    const trial = await runTrial(project, 'lazy', users);
    if (trial.counts.ok !== users) throw new Error(`only ${trial.counts.ok} of ${users} users migrated`);
    const perSecond = users / trial.seconds;
    console.log(
      `${users.toLocaleString('en')} users in ${trial.seconds.toFixed(1)} s, ` +
        `${Math.round(perSecond * RUNS_PER_USER).toLocaleString('en')} runs of scripts a second; ` +
        `memory of each process ${trial.peakMbEach.map(Math.round).join(' + ')} MB`,
    );
    figure(`${NAME}: users migrated`, perSecond, 'users/s', {
      users,
      goal: { least: LEAST_PER_SECOND, users: 1_000_000 },
    });
    flatnessAndMemory(NAME, trial);
  } finally {
    await server.remove();
    removeFolder(folder);
  }
}
