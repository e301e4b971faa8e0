import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { describeWith } from '#test/describe-with.ts';
import { followTrial, toTheEnd } from '#test/disturbed-trial.ts';
import { freeze } from '#test/fault-frozen.ts';
import { cleanAfterwards } from '#test/fault-leftovers.ts';
import { LONG, noteFault, points, seededPoints } from '#test/fault-matrix.ts';
import { SERVERS, type ServerUnderTest, serverUnderTest, TRIALS } from '#test/fault-server.ts';

cleanAfterwards();

const LIMITS = { connectTimeoutMs: 1_000, statementTimeoutMs: 1_000 };
/** Two pages of a bulk trial, and the part of them that a lazy one takes. */
const USERS = 1_300;
const LAZY = points(120, 400);

for (const one of SERVERS) {
  describeWith(`a database that does not answer any more (${one.kind})`, one.missing(), () => {
    let under: ServerUnderTest;
    let thaw = (): void => undefined;
    const next = seededPoints(21);
    const frozen = `server stands still for good (${one.kind})`;

    beforeAll(async () => {
      under = await serverUnderTest(one, USERS, LAZY, { legacyLimits: LIMITS });
    }, 180_000);
    // Whatever happened: nobody else should wait for it.
    afterEach(() => thaw());
    afterAll(() => under.close());

    /** Starts a trial whose database stops somewhere in the middle of what it has to say. */
    async function frozenTrial(kind: (typeof TRIALS)[number], more: object) {
      const { bytes } = under.undisturbed(kind);
      const { promise: stopped, resolve } = Promise.withResolvers<void>();
      under.proxy.afterBytes(Math.round(bytes / 8) + next(Math.round(bytes / 2)), () => {
        thaw = freeze(under.server);
        resolve();
      });
      const request = under.request(kind, { timeLimitMs: 4_000, ...more });
      return { id: (await under.engine.client.trials.start(request)).id, stopped };
    }

    it.each(TRIALS)(
      'stops a %s trial after its limit, and it is resumed',
      { timeout: 900_000 },
      async (kind) => {
        const { engine, project } = under;
        for (let point = 0; point < points(1, 3); point++) {
          const { id } = await frozenTrial(kind, { retryForSeconds: 1 });
          const stopped = await followTrial(engine.client, project, id);
          thaw();
          const ended = await toTheEnd(engine.client, project, stopped);
          expect([stopped.status, stopped.fault, ended.status, ended.digests, engine.bugs]).toEqual([
            'interrupted',
            'legacy-unreachable',
            'finished',
            under.undisturbed(kind).digests,
            [],
          ]);
          noteFault(frozen, `${kind} trial, resumed later`, 'equal');
        }
      },
    );

    // What waits and lets go is the same code for both; the long form asks both.
    if (!LONG && one.kind !== 'postgresql') return;

    it.each(TRIALS)('a %s trial is cancelled at once, and resumed', { timeout: 900_000 }, async (kind) => {
      const { engine, project } = under;
      const { id, stopped: silent } = await frozenTrial(kind, {});
      const following = followTrial(engine.client, project, id);
      await silent;
      await sleep(300);
      await engine.client.trials.cancel({ project, trial: id });
      const stopped = await following;
      thaw();
      const ended = await toTheEnd(engine.client, project, stopped);
      expect([stopped.status, ended.status, ended.digests]).toEqual([
        'cancelled',
        'finished',
        under.undisturbed(kind).digests,
      ]);
      noteFault(frozen, `${kind} trial, cancelled and resumed`, 'equal');
    });

    it.each(TRIALS)('for a while is waited for by a %s trial', { timeout: 900_000 }, async (kind) => {
      const { engine, project } = under;
      const { id, stopped } = await frozenTrial(kind, { retryForSeconds: 60 });
      void stopped.then(() => setTimeout(() => thaw(), 3_000));
      const ended = await followTrial(engine.client, project, id);
      expect([ended.status, ended.digests]).toEqual(['finished', under.undisturbed(kind).digests]);
      noteFault(`server stands still for three seconds (${one.kind})`, `${kind} trial`, 'equal');
    });
  });
}
