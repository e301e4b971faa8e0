import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import mysql from 'mysql2/promise';
import { createAuthority } from '#test/certificates.ts';
import { freePort } from '#test/free-port.ts';
import type { DatabaseServer, DatabaseServerOptions } from '#test/postgresql.ts';
import {
  giveToServer,
  type RunningServer,
  runToEnd,
  serverFile,
  startServer,
  untilReady,
} from '#test/server-process.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

const FOLDERS = [
  ...(process.env['PATH'] ?? '').split(delimiter),
  '/usr/sbin',
  '/usr/local/sbin',
  '/usr/local/bin',
  '/opt/homebrew/bin',
];

const program = (name: string): string | null =>
  FOLDERS.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;

function programs() {
  const server = program('mariadbd');
  const install = program('mariadb-install-db');
  return server === null || install === null ? null : { server, install };
}

/** What is missing to run MariaDB here, or null. For `describeWith`. */
export const mariadbMissing = (): string | null =>
  programs() === null ? 'the MariaDB server (Debian package mariadb-server)' : null;

/** A tenth of the default: most of what a new server writes is empty log. */
const LOG_SIZE = '--innodb-log-file-size=8M';

const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

function initSql(user: string, password: string, database: string, required: boolean): string {
  return [
    "DROP USER IF EXISTS ''@'localhost';",
    `CREATE DATABASE IF NOT EXISTS \`${database}\` CHARACTER SET utf8mb4;`,
    `CREATE USER IF NOT EXISTS ${quoted(user)}@'%' IDENTIFIED BY ${quoted(password)}${required ? ' REQUIRE SSL' : ''};`,
    `GRANT ALL PRIVILEGES ON *.* TO ${quoted(user)}@'%' WITH GRANT OPTION;`,
  ].join('\n');
}

/** A real MariaDB on a free loopback port, with a temporary data folder. */
export async function startMariadb(options: DatabaseServerOptions = {}): Promise<DatabaseServer> {
  const { user = 'userferry', password = 'server-password', database = 'legacy', tls = 'off' } = options;
  const found = programs();
  if (found === null) throw new Error('no MariaDB on this machine');
  const host = '127.0.0.1';
  const folder = temporaryFolder('mariadb');
  giveToServer(folder);
  const data = join(folder, 'data');
  const install = [
    '--no-defaults',
    `--datadir=${data}`,
    '--auth-root-authentication-method=normal',
    LOG_SIZE,
  ];
  await runToEnd(found.install, [...install, '--skip-test-db', `--tmpdir=${folder}`], folder);
  const init = serverFile(join(folder, 'init.sql'), initSql(user, password, database, tls === 'required'));
  const tlsArgs: string[] = [];
  const authority = tls === 'off' ? null : createAuthority();
  if (authority !== null) {
    const { cert, key } = authority.issue(['localhost', '127.0.0.1']);
    tlsArgs.push(
      `--ssl-cert=${serverFile(join(folder, 'server.crt'), cert)}`,
      `--ssl-key=${serverFile(join(folder, 'server.key'), key)}`,
      `--ssl-ca=${serverFile(join(folder, 'ca.crt'), authority.ca)}`,
    );
  }
  const port = await freePort();
  const args = [
    '--no-defaults',
    `--datadir=${data}`,
    `--port=${port}`,
    `--bind-address=${host}`,
    `--socket=${join(folder, 's')}`,
    `--pid-file=${join(folder, 'pid')}`,
    `--tmpdir=${folder}`,
    `--init-file=${init}`,
    '--skip-name-resolve',
    '--skip-log-bin',
    '--innodb-buffer-pool-size=32M',
    '--innodb-flush-log-at-trx-commit=2',
    '--innodb-use-native-aio=0',
    LOG_SIZE,
    '--character-set-server=utf8mb4',
    ...tlsArgs,
    ...(options.settings ?? []).map((setting) => `--${setting}`),
  ];
  let server: RunningServer | null = null;
  let client: mysql.Connection | null = null;

  const connected = async (): Promise<mysql.Connection> => {
    const ssl = authority === null ? {} : { ssl: { ca: authority.ca } };
    const fresh = await mysql.createConnection({
      host,
      port,
      user,
      password,
      database,
      multipleStatements: true,
      ...ssl,
    });
    fresh.on('error', () => (client = null));
    return fresh;
  };
  const start = async () => {
    server = startServer(found.server, args, folder, 'SIGKILL');
    await untilReady(server, port, async () => (await connected()).end());
  };
  const stop = async (how: 'orderly' | 'crash' = 'orderly') => {
    const ending = client;
    client = null;
    if (how === 'orderly') await ending?.end();
    else ending?.destroy();
    await server?.end(how === 'crash' ? 'SIGKILL' : 'SIGTERM');
    server = null;
  };

  await start();
  return {
    host,
    port,
    user,
    password,
    database,
    url: `mysql://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`,
    ca: authority?.ca ?? null,
    query: async (sql) => {
      client ??= await connected();
      const [result] = await client.query(sql);
      const last: unknown = Array.isArray(result) && Array.isArray(result.at(-1)) ? result.at(-1) : result;
      return Array.isArray(last) ? (last as Record<string, unknown>[]) : [];
    },
    pid: () => server?.pid ?? null,
    stop,
    start,
    remove: async () => {
      await stop();
      removeFolder(folder);
    },
  };
}
