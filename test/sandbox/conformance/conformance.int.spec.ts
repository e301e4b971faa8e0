import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#domain/json.ts';
import { createAuthority } from '#test/certificates.ts';
import { mariadbMissing, startMariadb } from '#test/mariadb.ts';
import { type DatabaseServer, postgresqlMissing, startPostgresql } from '#test/postgresql.ts';
import { type Sandbox, startSandbox } from '#test/script-runner.ts';
import { CASES, caseScript, KNOWN_DIFFERENCES } from './case-script.ts';
import { countLeaves, differences } from './compare-leaves.ts';
import { type HttpServers, startHttpServers } from './http-servers.ts';
import { runInPlainNode } from './plain-node.ts';

// The same scripts in the sandbox and in the plain Node whose lib it runs, value by value. A drift of the lib or of
// a driver shows here, where it would otherwise give wrong results without an error.

const STARTS = ['compiled', 'snapshot'] as const;
let sandboxes: Readonly<Record<(typeof STARTS)[number], Sandbox>>;
let servers: HttpServers;
let postgresql: DatabaseServer | null = null;
let mariadb: DatabaseServer | null = null;
let settings: Json;

const known = (name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(KNOWN_DIFFERENCES).filter(([path]) => path.startsWith(`${name}.`)));

const access = (server: DatabaseServer | null): Json =>
  server === null
    ? null
    : {
        host: server.host,
        port: server.port,
        user: server.user,
        password: server.password,
        database: server.database,
        ca: server.ca,
      };

beforeAll(async () => {
  const authority = createAuthority();
  const { key, cert } = authority.issue(['localhost']);
  servers = await startHttpServers({ key, cert });
  [postgresql, mariadb] = await Promise.all([
    postgresqlMissing() === null ? startPostgresql({ tls: 'offered' }) : null,
    mariadbMissing() === null ? startMariadb({ tls: 'offered' }) : null,
  ]);
  settings = {
    httpPort: servers.httpPort,
    httpsPort: servers.httpsPort,
    ca: authority.ca,
    key,
    certificate: cert,
    postgresql: access(postgresql),
    mariadb: access(mariadb),
  };
  const egress = ['127.0.0.1', 'localhost', '::1'].map(
    (host) => ({ host, port: '*', because: 'test' }) as const,
  );
  sandboxes = {
    compiled: await startSandbox({ egress, snapshots: false }),
    snapshot: await startSandbox({ egress, snapshots: true }),
  };
});

afterAll(async () => {
  servers.close();
  await Promise.all([
    ...Object.values(sandboxes).map((sandbox) => sandbox.close()),
    postgresql?.remove(),
    mariadb?.remove(),
  ]);
});

it('has a sandbox of each kind', () => {
  const snapshots = Object.entries(sandboxes).map(([start, { runner }]) => [start, runner.snapshots]);
  expect(Object.fromEntries(snapshots)).toEqual({ compiled: false, snapshot: true });
});

describe.each(STARTS)('a guest that starts %s', (start) => {
  it.each(CASES)('%s behaves as in plain Node 22', async (name) => {
    const plain = await runInPlainNode(caseScript(name), settings);
    const run = await sandboxes[start].run(caseScript(name), {
      args: [settings, ''],
      password: null,
      timeLimitMs: 60_000,
    });
    expect({ ending: run.ending, error: run.error }).toEqual({ ending: 'called-back', error: null });
    const found = differences({ [name]: plain }, { [name]: run.value });
    expect(countLeaves(plain)).toBeGreaterThan(0);
    expect(found).toEqual(
      Object.fromEntries(Object.keys(known(name)).map((path) => [path, expect.anything()])),
    );
  });
});
