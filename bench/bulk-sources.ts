import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { generateSample } from '#sample/generate-sample.ts';
import { SAMPLE_COLUMNS } from '#sample/sample-row.ts';
import { writeSampleCsv } from '#sample/write-files.ts';
import { mariadbMissing, startMariadb } from '#test/mariadb.ts';
import { postgresqlMissing, startPostgresql } from '#test/postgresql.ts';
import { serverSampleProject, sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { bareImport } from './bare-import.ts';

/*
 * Bulk trials from each kind of legacy store, against the store's own dump into a bare SQLite table with nine
 * indexes. Each trial in a process of its own. Needs the programs sqlite3, psql and mariadb.
 * Run: node --no-node-snapshot bench/bulk-sources.ts [users] [sqlite,csv,postgresql,mysql]
 */
const users = Number(process.argv[2] ?? 1_000_000);
const chosen = (process.argv[3] ?? 'sqlite,csv,postgresql,mysql').split(',');
const folder = temporaryFolder('bulk-bench');
const bareFile = join(folder, 'bare.db');
const table: Record<string, Record<string, string>> = {};

interface Measured {
  readonly seconds: number;
  readonly users: number;
  /** Null where the trial was over too soon to tell. */
  readonly flatness: number | null;
  readonly peakMb: number;
}

function trial(project: string): Measured {
  const file = join(import.meta.dirname, 'one-trial.ts');
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--no-node-snapshot', file, project], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Measured;
}

function row(source: string, bare: number | null, ours: Measured): void {
  const rate = (seconds: number): string => Math.round(ours.users / seconds).toLocaleString('en');
  table[source] = {
    'trial, users/s': rate(ours.seconds),
    'bare import, rows/s': bare === null ? 'no program for it' : rate(bare),
    ratio: bare === null ? '' : (bare / ours.seconds).toFixed(2),
    'last tenth / first': ours.flatness?.toFixed(2) ?? 'too short',
    'peak memory, MB': String(ours.peakMb),
  };
}

const sqlite = join(folder, 'sqlite');
await sqliteSampleProject(sqlite, { users });
if (chosen.includes('sqlite')) {
  const dump = `sqlite3 '${join(sqlite, 'legacy.db')}' '.mode csv' 'SELECT * FROM app_users'`;
  row('SQLite', bareImport(bareFile, 'csv', dump), trial(sqlite));
}
if (chosen.includes('csv')) {
  const path = join(sqlite, 'users.csv');
  await writeSampleCsv(path, generateSample({ users, seed: 1, now: Date.UTC(2026, 10, 24) }));
  const settings = join(sqlite, 'userferry.json');
  const text = JSON.parse(readFileSync(settings, 'utf8')) as Record<string, unknown>;
  writeFileSync(settings, JSON.stringify({ ...text, legacy: { engine: 'csv', file: 'users.csv' } }));
  row('CSV, read for the first time', bareImport(bareFile, 'csv', `tail -n +2 '${path}'`), trial(sqlite));
}
removeFolder(sqlite);
if (chosen.includes('postgresql') && postgresqlMissing() === null) {
  const server = await startPostgresql();
  const project = join(folder, 'postgresql');
  try {
    await serverSampleProject(project, 'postgresql', server, { users });
    const dump = `psql -h ${server.host} -p ${server.port} -U ${server.user} -d ${server.database} -c 'COPY app_users TO STDOUT (FORMAT csv)'`;
    row('PostgreSQL', bareImport(bareFile, 'csv', dump, { PGPASSWORD: server.password }), trial(project));
  } finally {
    await server.remove();
    removeFolder(project);
  }
}
if (chosen.includes('mysql') && mariadbMissing() === null) {
  const server = await startMariadb();
  const project = join(folder, 'mysql');
  try {
    await serverSampleProject(project, 'mysql', server, { users });
    const dump = `mariadb --no-defaults --skip-ssl -h ${server.host} -P ${server.port} -u ${server.user} ${server.database} --quick --batch -N -e 'SELECT ${SAMPLE_COLUMNS.join(', ')} FROM app_users'`;
    row('MariaDB', bareImport(bareFile, 'tabs', dump, { MYSQL_PWD: server.password }), trial(project));
  } finally {
    await server.remove();
    removeFolder(project);
  }
}
console.log(`${users.toLocaleString('en')} users; load of the machine ${loadavg()[0]!.toFixed(1)}`);
console.table(table);
removeFolder(folder);
