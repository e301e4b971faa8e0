import { createHash } from 'node:crypto';
import type { JsonObject } from '#domain/json.ts';
import { requestsOf } from '#sandbox/build/bundle-module.ts';
import { SANDBOX_MODULES } from '#sandbox/modules/manifest.ts';
import { type Authority, createAuthority } from '#test/certificates.ts';
import { mariadbMissing, startMariadb } from '#test/mariadb.ts';
import { type DatabaseServer, postgresqlMissing, startPostgresql } from '#test/postgresql.ts';
import { slapdMissing, startSlapd } from '#test/slapd.ts';
import { startMongodbStandIn } from '#test/stand-ins/mongodb.ts';
import { startSqlServerStandIn } from '#test/stand-ins/sql-server.ts';
import { startHttpServers } from './http-servers.ts';
import { mysql56Missing, startMysql56 } from './mysql-5.6.ts';
import { redisMissing, startRedis } from './redis-server.ts';
import { startTlsFront } from './tls-front.ts';

/** What the cases talk to, as plain settings for both sides, and how to end it all. */
export interface Surroundings {
  readonly settings: JsonObject;
  /** Puts back what cases have changed in the stand-ins. */
  reset(): void;
  close(): Promise<void>;
}

interface Piece {
  readonly settings: JsonObject;
  close(): Promise<void> | void;
  reset?(): void;
}
type Identity = ReturnType<Authority['issue']>;

const saltedHash = (password: string): string => {
  const salt = Buffer.from('saltsalt');
  const digest = createHash('sha1').update(password).update(salt).digest();
  return `{SSHA}${Buffer.concat([digest, salt]).toString('base64')}`;
};

const LDIF = `dn: dc=example,dc=com
objectClass: dcObject
objectClass: organization
o: Example
dc: example

dn: uid=ada (lab),dc=example,dc=com
objectClass: inetOrgPerson
uid: ada (lab)
cn: Ada Lovelace
sn: Lovelace
givenName: Ada
description: Gräfin
mail: Ada@Example.com
mail: ada@old.example
userPassword: ${saltedHash('Korrekt Pferd 9')}

dn: uid=grace,dc=example,dc=com
objectClass: inetOrgPerson
uid: grace
cn: Grace
sn: Hopper
mail: grace@example.com
`;

const SQL_SERVER_TABLES = [
  'CREATE TABLE dbo.users (id INTEGER PRIMARY KEY, email NVARCHAR(256) NOT NULL UNIQUE, email_verified BIT NOT NULL)',
  "INSERT INTO dbo.users VALUES (7, 'ada@example.com', 1), (8, 'grace@example.com', 0)",
];

const databaseSettings = ({ host, port, user, password, database, ca }: DatabaseServer): JsonObject => ({
  host,
  port,
  user,
  password,
  database,
  ca,
});

async function databaseServer(name: string, starting: Promise<DatabaseServer>): Promise<Piece> {
  const server = await starting;
  return { settings: { [name]: databaseSettings(server) }, close: () => server.remove() };
}

async function http(identity: Identity): Promise<Piece> {
  const servers = await startHttpServers(identity);
  const { httpPort, httpsPort } = servers;
  return { settings: { httpPort, httpsPort }, close: () => servers.close() };
}

async function oldMysql(): Promise<Piece> {
  const server = await startMysql56();
  const { host, port, user, password, database: name } = server;
  return {
    settings: { mysql56: { host, port, user, password, database: name } },
    close: () => server.remove(),
  };
}

async function directory(): Promise<Piece> {
  const server = await startSlapd(LDIF);
  const { port, ca, rootDn, rootPassword, baseDn } = server;
  return {
    settings: { directory: { port, ca, rootDn, rootPassword, baseDn } },
    close: () => server.remove(),
  };
}

async function redis(authority: Authority): Promise<Piece> {
  const server = await startRedis(authority);
  const { port, tlsPort, password, ca } = server;
  return { settings: { redis: { port, tlsPort, password, ca } }, close: () => server.remove() };
}

async function sqlServer(identity: Identity): Promise<Piece> {
  const [plain, secure] = [await startSqlServerStandIn(), await startSqlServerStandIn(identity)];
  const access = ({ port, user, password }: typeof plain) => ({ port, user, password });
  return {
    settings: { sqlServer: access(plain), sqlServerTls: access(secure) },
    close: async () => {
      await Promise.all([plain.close(), secure.close()]);
    },
    reset() {
      for (const server of [plain, secure]) server.load(SQL_SERVER_TABLES);
    },
  };
}

async function mongodb(identity: Identity): Promise<Piece> {
  const server = await startMongodbStandIn();
  const front = await startTlsFront(identity, server.port);
  const { port, user, password } = server;
  return {
    settings: { mongodb: { port, user, password }, mongodbTls: { port: front.port, user, password } },
    close: async () => {
      front.close();
      await server.close();
    },
    reset: () =>
      server.load([
        {
          _id: server.objectId('65a1b2c3d4e5f60718293a4b'),
          email: 'Ada@Example.com',
          username: 'Ada.L',
          kind: 'known',
          at: new Date(0),
          bytes: Buffer.from('bytes'),
          big: 5,
        },
        { _id: 'text-id', email: 'grace@example.com', kind: 'known' },
      ]),
  };
}

const MISSING: Readonly<Record<string, () => string | null>> = {
  postgresql: postgresqlMissing,
  mysql: mariadbMissing,
  'mysql-5.6': mysql56Missing,
  ldap: slapdMissing,
  redis: redisMissing,
};

/** What a case needs of the machine and does not find, or null. */
export const missingFor = (name: string): string | null => MISSING[name]?.() ?? null;

/** Every request a script can make for a module, by the version it means: `mysql2@2/promise`. */
function moduleRequests(): readonly string[] {
  return SANDBOX_MODULES.flatMap((module) =>
    module.versions.flatMap((version) => {
      const [first = module.name] = requestsOf(module, version);
      return [first, ...(module.subpaths ?? []).slice(0, 1).map((subpath) => `${first}/${subpath}`)];
    }),
  );
}

/** Starts whatever the machine has of the servers, all at once. */
export async function startSurroundings(): Promise<Surroundings> {
  const authority = createAuthority();
  const identity = authority.issue(['localhost']);
  const unless = (name: string, start: () => Promise<Piece>) => (missingFor(name) === null ? [start()] : []);
  const pieces = await Promise.all([
    http(identity),
    sqlServer(identity),
    mongodb(identity),
    ...unless('postgresql', () => databaseServer('postgresql', startPostgresql({ tls: 'offered' }))),
    ...unless('mysql', () => databaseServer('mariadb', startMariadb({ tls: 'offered' }))),
    ...unless('mysql-5.6', oldMysql),
    ...unless('ldap', directory),
    ...unless('redis', () => redis(authority)),
  ]);
  const own = {
    ca: authority.ca,
    key: identity.key,
    certificate: identity.cert,
    requests: moduleRequests(),
  };
  return {
    settings: Object.assign({}, own, ...pieces.map((piece) => piece.settings)) as JsonObject,
    reset() {
      for (const piece of pieces) piece.reset?.();
    },
    close: async () => {
      await Promise.all(pieces.map(async (piece) => piece.close()));
    },
  };
}
