import { basename, isAbsolute, join } from 'node:path';
import type { LegacyConnection } from '#contract/project-settings.ts';
import { Fault } from '#engine/fault.ts';
import type { LegacyStore } from '#engine/ports/legacy-store.ts';
import { assertPlainFile, UnfitFile } from '#files/plain-file.ts';
import type { Dialect } from '#legacy/dialect.ts';
import { sqliteDialect } from '#legacy/dialects/sqlite.ts';
import { openDump } from '#legacy/dumps/dump-store.ts';
import { KnexSession } from '#legacy/knex-session.ts';
import { RelationalStore } from '#legacy/relational-store.ts';
import type { ServerConnection } from '#legacy/server-connection.ts';
import { tlsSettings } from '#legacy/tls.ts';
import type { Secrets, UsersQuery } from '#legacy/users-query.ts';

export interface OpenLegacyStoreOptions {
  readonly connectTimeoutMs?: number;
  readonly statementTimeoutMs?: number;
}

type Server = Extract<LegacyConnection, { readonly host: string }>;
type ServerEngine = Server['engine'];

export const DEFAULT_PORTS: Readonly<Record<ServerEngine, number>> = {
  postgresql: 5432,
  mysql: 3306,
  sqlserver: 1433,
  oracle: 1521,
};

/** Each driver is loaded only where it is used: together they cost as much as the rest of the program. */
const DIALECTS: Readonly<Record<ServerEngine, () => Promise<(connection: ServerConnection) => Dialect>>> = {
  postgresql: async () => (await import('#legacy/dialects/postgresql.ts')).postgresqlDialect,
  mysql: async () => (await import('#legacy/dialects/mysql.ts')).mysqlDialect,
  sqlserver: async () => (await import('#legacy/dialects/sqlserver.ts')).sqlserverDialect,
  oracle: async () => (await import('#legacy/dialects/oracle.ts')).oracleDialect,
};

/**
 * The legacy users behind a connection of the project. Servers are not contacted before the first read; dumps
 * are imported into the project's cache here. Rejects with a `Fault`.
 */
export async function openLegacyStore(
  connection: LegacyConnection,
  users: UsersQuery,
  secrets: Secrets,
  projectFolder: string,
  options: OpenLegacyStoreOptions = {},
): Promise<LegacyStore> {
  if ('host' in connection) return openServer(connection, users, secrets, projectFolder, options);
  const path = isAbsolute(connection.file) ? connection.file : join(projectFolder, connection.file);
  if (connection.engine !== 'sqlite') return openDump(connection, path, users, projectFolder);
  await refuseDevice(path);
  const dialect = sqliteDialect(path);
  const party = { product: dialect.product, where: path, user: null, database: null };
  return new RelationalStore(new KnexSession(dialect, party), dialect, users);
}

/** SQLite would wait for ever for a pipe. What is missing is told by the first read. */
async function refuseDevice(path: string): Promise<void> {
  try {
    await assertPlainFile(path);
  } catch (error) {
    if (!(error instanceof UnfitFile)) return;
    throw new Fault('legacy-unreachable', `${basename(path)} is not a file`, {
      where: path,
      help: 'Paths are relative to the project folder.',
      cause: error,
    });
  }
}

async function openServer(
  connection: Server,
  users: UsersQuery,
  secrets: Secrets,
  projectFolder: string,
  options: OpenLegacyStoreOptions,
): Promise<LegacyStore> {
  const { engine, host, database, user, password } = connection;
  const port = connection.port ?? DEFAULT_PORTS[engine];
  const statementTimeoutMs = options.statementTimeoutMs ?? 120_000;
  const dialectOf = await DIALECTS[engine]();
  const dialect = dialectOf({
    host,
    port,
    database,
    user,
    password: password === undefined ? '' : secrets(password),
    schema: 'schema' in connection ? (connection.schema ?? null) : null,
    tls: tlsSettings(connection, projectFolder),
    connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
    statementTimeoutMs,
  });
  const party = { product: dialect.product, where: `${host}:${port}`, user, database };
  const session = new KnexSession(dialect, party, statementTimeoutMs);
  return new RelationalStore(session, dialect, users);
}
