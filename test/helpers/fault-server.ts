import { join } from 'node:path';
import { followTrial, STEADY } from '#test/disturbed-trial.ts';
import { startEngine } from '#test/engine.ts';
import { mariadbMissing, startMariadb } from '#test/mariadb.ts';
import { type DatabaseServer, postgresqlMissing, startPostgresql } from '#test/postgresql.ts';
import { serverSampleProject } from '#test/sample-project.ts';
import { type StormyProxy, startStormyProxy } from '#test/stormy-proxy.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

export const SERVERS = [
  { kind: 'postgresql', missing: postgresqlMissing, start: startPostgresql },
  { kind: 'mysql', missing: mariadbMissing, start: startMariadb },
] as const;

export const TRIALS = ['lazy', 'bulk'] as const;
export type TrialKind = (typeof TRIALS)[number];
type Options = NonNullable<Parameters<typeof startEngine>[0]>;

/** A project whose database stands behind a proxy, with what trials on it come to when they are left alone. */
export interface ServerUnderTest {
  readonly server: DatabaseServer;
  readonly proxy: StormyProxy;
  readonly project: string;
  readonly engine: ReturnType<typeof startEngine>;
  request(
    kind: TrialKind,
    more?: object,
  ): Parameters<ServerUnderTest['engine']['client']['trials']['start']>[0];
  undisturbed(kind: TrialKind): {
    readonly digests: Readonly<Record<string, string>>;
    readonly bytes: number;
  };
  close(): Promise<void>;
}

export async function serverUnderTest(
  { kind, start }: (typeof SERVERS)[number],
  users: number,
  lazyUsers = users,
  options: Options = {},
): Promise<ServerUnderTest> {
  const server = await start();
  const proxy = await startStormyProxy(server.port);
  const project = join(temporaryFolder('faults'), 'acme');
  await serverSampleProject(project, kind, { ...server, port: proxy.port }, { users });
  const engine = startEngine(options);
  const known = new Map<TrialKind, ReturnType<ServerUnderTest['undisturbed']>>();
  const request: ServerUnderTest['request'] = (trial, more) => ({
    project,
    kind: trial,
    depth: 'profiles',
    filter: { where: STEADY, ...(trial === 'lazy' ? { limit: lazyUsers } : {}) },
    ...more,
  });
  for (const trial of TRIALS) {
    const before = proxy.bytes();
    const { id } = await engine.client.trials.start(request(trial));
    const ended = await followTrial(engine.client, project, id);
    if (ended.status !== 'finished') throw new Error(`undisturbed, it ended ${JSON.stringify(ended)}`);
    known.set(trial, { digests: ended.digests, bytes: proxy.bytes() - before });
  }
  return {
    server,
    proxy,
    project,
    engine,
    request,
    undisturbed: (trial) => known.get(trial)!,
    close: async () => {
      await engine.close();
      await proxy.close();
      await server.remove();
      removeFolder(join(project, '..'));
    },
  };
}
