import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '#test/describe-with.ts';
import { followTrial, toTheEnd } from '#test/disturbed-trial.ts';
import { startEngine } from '#test/engine.ts';
import { cleanAfterwards } from '#test/fault-leftovers.ts';
import { noteFault, points, seededPoints } from '#test/fault-matrix.ts';
import { SERVERS, type ServerUnderTest, serverUnderTest, TRIALS } from '#test/fault-server.ts';
import { leftBehind, NOTHING } from '#test/nothing-left.ts';
import type { StormyProxy } from '#test/stormy-proxy.ts';

cleanAfterwards();

const USERS = 1_300;
const LAZY = points(120, 300);

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

for (const one of SERVERS) {
  describeWith(`connections to ${one.kind} that fail`, one.missing(), () => {
    let under: ServerUnderTest;
    beforeAll(async () => {
      under = await serverUnderTest(one, USERS, LAZY);
    }, 180_000);
    afterAll(() => under.close());

    it.each(STORMS)(
      '%s: trials go on to the end of one that was left alone',
      { timeout: 900_000 },
      async (name, storm) => {
        const { engine, project, proxy } = under;
        const { client } = engine;
        const next = seededPoints(name.length);
        const fault = `${name} (${one.kind})`;
        for (let point = 0; point < points(1, 4); point++) {
          for (const kind of TRIALS) {
            const { digests, bytes } = under.undisturbed(kind);
            proxy.afterBytes(1 + next(bytes), () => storm(proxy));
            const refused: unknown[] = [];
            const { id } = await client.trials.start(under.request(kind)).catch((trouble: unknown) => {
              // What is met before a trial has begun is told to whoever wanted to begin it.
              refused.push(trouble);
              return client.trials.start(under.request(kind));
            });
            expect(refused).toMatchObject(refused.map(() => ({ data: { kind: 'legacy-unreachable' } })));
            noteFault(fault, `${kind} trial, before it began`, 'fault', refused.length);
            const ended = await toTheEnd(client, project, await followTrial(client, project, id));
            expect([ended.status, ended.digests], `point ${point} of ${kind}`).toEqual(['finished', digests]);
            noteFault(fault, `${kind} trial`, 'equal');
          }
        }
        expect(engine.bugs).toEqual([]);
      },
    );

    it('leave no connection, socket or process behind', async () => {
      const { project, proxy } = under;
      const left = await leftBehind([], async () => {
        const other = startEngine();
        proxy.afterBytes(Math.round(under.undisturbed('lazy').bytes / 2), () => proxy.reset());
        const { id } = await other.client.trials.start(under.request('lazy'));
        await followTrial(other.client, project, id);
        await other.close();
      });
      expect(left).toEqual(NOTHING);
      noteFault(`nothing left open (${one.kind})`, 'lazy trial', 'equal');
    });
  });
}
