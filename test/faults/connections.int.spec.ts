import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWith } from '#test/describe-with.ts';
import { followTrial, STEADY, toTheEnd } from '#test/disturbed-trial.ts';
import { startEngine } from '#test/engine.ts';
import { noteFault, points, seededPoints } from '#test/fault-matrix.ts';
import { mariadbMissing, startMariadb } from '#test/mariadb.ts';
import { leftBehind, NOTHING } from '#test/nothing-left.ts';
import { type DatabaseServer, postgresqlMissing, startPostgresql } from '#test/postgresql.ts';
import { serverSampleProject } from '#test/sample-project.ts';
import { type StormyProxy, startStormyProxy } from '#test/stormy-proxy.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

const USERS = 600;
/** A bulk trial reads its users only; the scripts of a lazy one come after them. */
const BYTES = { lazy: 500_000, bulk: 100_000 } as const;

const SERVERS = [
  { engine: 'postgresql', missing: postgresqlMissing, start: startPostgresql },
  { engine: 'mysql', missing: mariadbMissing, start: startMariadb },
] as const;

type Storm = (proxy: StormyProxy) => void;

const later = (ms: number, work: () => void): void => void setTimeout(work, ms);

const STORMS: readonly (readonly [string, Storm])[] = [
  ['connections dropped', (proxy) => proxy.reset()],
  ['connections half closed', (proxy) => proxy.halfClose()],
  [
    'connections stuck for two seconds',
    (proxy) => {
      proxy.stall();
      later(2_000, () => proxy.flow());
    },
  ],
  [
    'connections stuck, then dropped',
    (proxy) => {
      proxy.stall();
      later(700, () => {
        proxy.flow();
        proxy.reset();
      });
    },
  ],
  [
    'connections dropped, new ones refused for a second',
    (proxy) => {
      proxy.refuse();
      proxy.reset();
      later(1_000, () => void proxy.accept());
    },
  ],
];

for (const { engine: kind, missing, start } of SERVERS) {
  describeWith(`connections to ${kind} that fail`, missing(), () => {
    let server: DatabaseServer;
    let proxy: StormyProxy;
    let project = '';
    const engine = startEngine();
    const { client } = engine;
    const undisturbed = new Map<string, Readonly<Record<string, string>>>();
    const request = (trial: 'lazy' | 'bulk') =>
      ({ project, kind: trial, depth: 'profiles', filter: { where: STEADY } }) as const;

    beforeAll(async () => {
      server = await start();
      proxy = await startStormyProxy(server.port);
      project = join(temporaryFolder('storm'), 'acme');
      await serverSampleProject(project, kind, { ...server, port: proxy.port }, { users: USERS });
      for (const trial of ['lazy', 'bulk'] as const) {
        const { id } = await client.trials.start(request(trial));
        const ended = await followTrial(client, project, id);
        if (ended.status !== 'finished') throw new Error(`undisturbed, it ended ${JSON.stringify(ended)}`);
        undisturbed.set(trial, ended.digests);
      }
    }, 180_000);
    afterAll(async () => {
      await engine.close();
      await proxy.close();
      await server.remove();
      removeFolder(project);
    });

    it.each(STORMS)(
      '%s: trials go on to the end of one that was left alone',
      { timeout: 300_000 },
      async (name, storm) => {
        const next = seededPoints(name.length);
        for (let point = 0; point < points(1, 8); point++) {
          for (const trial of ['lazy', 'bulk'] as const) {
            proxy.afterBytes(1 + next(BYTES[trial]), () => storm(proxy));
            const refused: unknown[] = [];
            const { id } = await client.trials.start(request(trial)).catch((trouble: unknown) => {
              // What is met before a trial has begun is told to whoever wanted to begin it.
              refused.push(trouble);
              return client.trials.start(request(trial));
            });
            expect(refused).toMatchObject(refused.map(() => ({ data: { kind: 'legacy-unreachable' } })));
            noteFault(`${name} (${kind})`, `${trial} trial, before it began`, 'fault', refused.length);
            const ended = await toTheEnd(client, project, await followTrial(client, project, id));
            expect({ status: ended.status, digests: ended.digests }, `point ${point} of ${trial}`).toEqual({
              status: 'finished',
              digests: undisturbed.get(trial),
            });
            noteFault(`${name} (${kind})`, `${trial} trial`, 'equal');
          }
        }
        expect(engine.bugs).toEqual([]);
      },
    );

    it('leave no connection, socket or process behind', async () => {
      const left = await leftBehind([], async () => {
        const other = startEngine();
        proxy.afterBytes(20_000, () => proxy.reset());
        const { id } = await other.client.trials.start(request('lazy'));
        await followTrial(other.client, project, id);
        await other.close();
      });
      expect(left).toEqual(NOTHING);
      noteFault(`nothing left open (${kind})`, 'lazy trial', 'equal');
    });
  });
}
