import { join } from 'node:path';
import { MIN_SAMPLE_USERS, SAMPLE_COLUMNS } from '#sample/sample-row.ts';
import { mariadbMissing, startMariadb } from '#test/mariadb.ts';
import { type DatabaseServer, postgresqlMissing, startPostgresql } from '#test/postgresql.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { bareImport, type Dump, sameIndexes } from './common/bare-import.ts';
import { benchOptions, usersOf } from './common/options.ts';
import { missingProgram } from './common/programs.ts';
import { figure, leftOut } from './common/rows.ts';
import { csvProject, serverProject, sqliteProject } from './common/sample-projects.ts';
import { flatnessAndMemory, runTrial } from './common/trial.ts';

/*
 * Bulk trials from each kind of legacy store, each in a process of its own, against the store's own dump of the same
 * rows into a bare SQLite table with the indexes that a replica has. The dump runs before and after the trial, and its
 * better time counts. Needs the programs sqlite3, psql and mariadb.
 * Run: node --no-node-snapshot bench/bulk-sources.ts [--users N] [--sources sqlite,csv,postgresql,mysql]
 */
const options = benchOptions();
const users = usersOf(options, 1_000_000);
const folder = temporaryFolder('bulk-bench');
const bareFile = join(folder, 'bare.db');

/** What a replica has, after a first trial, which warms everything up as well. */
const warmUp = await runTrial(
  await sqliteProject(join(folder, 'small'), MIN_SAMPLE_USERS),
  'bulk',
  MIN_SAMPLE_USERS,
);
const indexes = sameIndexes(join(warmUp.folder, 'replica.db'));

async function compare(source: string, project: string, dump: Dump): Promise<void> {
  const bare = { first: [] as number[], last: [] as number[] };
  const runBare = (): void => {
    for (const when of ['first', 'last'] as const) {
      bare[when].push(bareImport(bareFile, dump, indexes, when, users));
    }
  };
  runBare();
  const trial = await runTrial(project, 'bulk', users);
  runBare();
  const rate = (seconds: readonly number[]) => users / Math.min(...seconds);
  console.log(
    `${source}: ${trial.seconds.toFixed(1)} s, ${trial.cpuSeconds.toFixed(1)} processor seconds of the engine; ` +
      `bare import ${Math.min(...bare.first).toFixed(1)} s, with indexes made last ${Math.min(...bare.last).toFixed(1)} s`,
  );
  const ours = users / trial.seconds;
  figure(`bulk trial from ${source}`, ours, 'users/s', {
    users,
    baseline: { name: 'its dump into sqlite3 .import, same indexes', figure: rate(bare.first) },
    goal: { ratio: 1, users: 1_000_000 },
  });
  figure(`bulk trial from ${source}, strictest baseline`, ours, 'users/s', {
    users,
    baseline: { name: 'the same, indexes made after all rows', figure: rate(bare.last) },
  });
  flatnessAndMemory(`bulk trial from ${source}`, trial);
}

async function withServer(
  name: string,
  program: string,
  missing: string | null,
  start: () => Promise<DatabaseServer>,
  work: (server: DatabaseServer, project: string) => Promise<void>,
): Promise<void> {
  const reason = missing ?? missingProgram(program);
  if (reason !== null) return leftOut(`bulk trial from ${name}`, `no ${reason}`);
  const server = await start();
  const project = join(folder, 'on-server');
  try {
    await work(server, project);
  } finally {
    await server.remove();
    removeFolder(project);
  }
}

const SOURCES: Readonly<Record<string, () => Promise<void>>> = {
  postgresql: () =>
    withServer('PostgreSQL', 'psql', postgresqlMissing(), startPostgresql, async (server, project) => {
      await serverProject(project, 'postgresql', server, users);
      const { host, port, user, database, password } = server;
      const command = `psql -h ${host} -p ${port} -U ${user} -d ${database} -c 'COPY app_users TO STDOUT (FORMAT csv)'`;
      await compare('PostgreSQL', project, { command, mode: 'csv', env: { PGPASSWORD: password } });
    }),
  mysql: () =>
    withServer('MariaDB', 'mariadb', mariadbMissing(), startMariadb, async (server, project) => {
      await serverProject(project, 'mysql', server, users);
      const { host, port, user, database, password } = server;
      const client = `mariadb --no-defaults --skip-ssl -h ${host} -P ${port} -u ${user} ${database} --quick --batch -N`;
      const command = `${client} -e 'SELECT ${SAMPLE_COLUMNS.join(', ')} FROM app_users'`;
      await compare('MariaDB', project, { command, mode: 'tabs', env: { MYSQL_PWD: password } });
    }),
  sqlite: async () => {
    const project = await sqliteProject(join(folder, 'sqlite'), users);
    const command = `sqlite3 '${join(project, 'legacy.db')}' '.mode csv' 'SELECT * FROM app_users'`;
    await compare('SQLite', project, { command, mode: 'csv' });
    removeFolder(project);
  },
  csv: async () => {
    const project = join(folder, 'csv');
    const file = await csvProject(project, users);
    await compare('CSV, read for the first time', project, { command: `tail -n +2 '${file}'`, mode: 'csv' });
    removeFolder(project);
  },
};

try {
  const sqlite3 = missingProgram('sqlite3');
  for (const source of options.sources ?? Object.keys(SOURCES)) {
    if (sqlite3 !== null) leftOut(`bulk trial from ${source}`, `no ${sqlite3}`);
    else await SOURCES[source]!();
  }
} finally {
  removeFolder(folder);
}
