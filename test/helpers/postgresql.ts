import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { Client, escapeIdentifier, type QueryResult } from 'pg';
import { type Authority, createAuthority } from '#test/certificates.ts';
import { freePort } from '#test/free-port.ts';
import { postgresqlBinaries, postgresqlProgram } from '#test/postgresql-binaries.ts';
import {
  giveToServer,
  type RunningServer,
  runToEnd,
  serverFile,
  serverFolder,
  startServer,
  untilReady,
} from '#test/server-process.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

export interface DatabaseServer {
  readonly host: string;
  readonly port: number;
  /** Owner of the database; may do anything. */
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly url: string;
  /** PEM of the authority that signed the server's certificate; null without TLS. */
  readonly ca: string | null;
  /** Runs SQL as the owner; the rows of the last statement. */
  query(sql: string): Promise<readonly Record<string, unknown>[]>;
  /** Id of its first process; null while it is stopped. */
  pid(): number | null;
  /** Ends the server and keeps its data. `crash` gives clients no goodbye. */
  stop(how?: 'orderly' | 'crash'): Promise<void>;
  /** Starts it again on the same port and data. */
  start(): Promise<void>;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

export interface DatabaseServerOptions {
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  /** `offered`: clients may use TLS; `required`: they must. */
  readonly tls?: 'off' | 'offered' | 'required';
  /** Further server settings, as `name=value`. */
  readonly settings?: readonly string[];
}

/** What is missing to run PostgreSQL here, or null. For `describeWith`. */
export const postgresqlMissing = (): string | null =>
  postgresqlBinaries() === null ? 'the embedded PostgreSQL package for this platform' : null;

async function initialise(folder: string, user: string, password: string): Promise<string> {
  const data = join(folder, 'data');
  const passwordFile = serverFile(join(folder, 'password'), password);
  const args = ['-D', data, '-U', user, `--pwfile=${passwordFile}`, '-A', 'scram-sha-256', '-E', 'UTF8'];
  await runToEnd(postgresqlProgram('initdb'), [...args, '--locale=C', '--no-sync'], folder);
  return data;
}

function useTls(folder: string, data: string, mode: 'offered' | 'required'): Authority {
  const authority = createAuthority();
  const { cert, key } = authority.issue(['localhost', '127.0.0.1']);
  serverFile(join(folder, 'server.crt'), cert);
  serverFile(join(folder, 'server.key'), key);
  const kind = mode === 'required' ? 'hostssl' : 'host';
  serverFile(join(data, 'pg_hba.conf'), `${kind} all all 127.0.0.1/32 scram-sha-256\n`);
  return authority;
}

const SPEED = ['fsync=off', 'full_page_writes=off', 'shared_buffers=32MB'];

/** A real PostgreSQL on a free loopback port, with SCRAM passwords and a temporary data folder. */
export async function startPostgresql(options: DatabaseServerOptions = {}): Promise<DatabaseServer> {
  const { user = 'userferry', password = 'server-password', database = 'legacy', tls = 'off' } = options;
  const host = '127.0.0.1';
  const folder = temporaryFolder('postgresql');
  chmodSync(folder, 0o700);
  giveToServer(folder);
  const data = serverFolder(await initialise(folder, user, password));
  const authority = tls === 'off' ? null : useTls(folder, data, tls);
  const ssl = authority === null ? false : { ca: authority.ca };
  const port = await freePort();
  const files = [`ssl_cert_file=${join(folder, 'server.crt')}`, `ssl_key_file=${join(folder, 'server.key')}`];
  const settings = [
    `port=${port}`,
    `listen_addresses=${host}`,
    'unix_socket_directories=',
    ...SPEED,
    ...(authority === null ? [] : ['ssl=on', ...files]),
    ...(options.settings ?? []),
  ];
  let server: RunningServer | null = null;
  let client: Client | null = null;

  const connected = async (name: string): Promise<Client> => {
    const fresh = new Client({ host, port, user, password, database: name, ssl });
    fresh.on('error', () => (client = null));
    await fresh.connect();
    return fresh;
  };
  const run = async (on: Client, sql: string) => {
    const result: QueryResult | QueryResult[] = await on.query(sql);
    return (Array.isArray(result) ? result.at(-1) : result)?.rows ?? [];
  };
  const start = async () => {
    const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
    server = startServer(postgresqlProgram('postgres'), args, folder, 'SIGQUIT');
    await untilReady(server, port, async () => (await connected('postgres')).end());
  };
  const stop = async (how: 'orderly' | 'crash' = 'orderly') => {
    const ending = client;
    client = null;
    if (how === 'orderly') await ending?.end();
    await server?.end(how === 'crash' ? 'SIGQUIT' : 'SIGINT');
    server = null;
  };

  await start();
  const admin = await connected('postgres');
  await admin.query(`CREATE DATABASE ${escapeIdentifier(database)}`);
  await admin.end();
  return {
    host,
    port,
    user,
    password,
    database,
    url: `postgresql://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`,
    ca: authority?.ca ?? null,
    query: async (sql) => {
      client ??= await connected(database);
      return run(client, sql);
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
