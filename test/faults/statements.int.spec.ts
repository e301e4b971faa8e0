import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '#test/describe-with.ts';
import { followTrial, toTheEnd } from '#test/disturbed-trial.ts';
import { cleanAfterwards } from '#test/fault-leftovers.ts';
import { noteFault, points } from '#test/fault-matrix.ts';
import { drained, faultKindOf } from '#test/fault-reply.ts';
import { SERVERS, type ServerUnderTest, serverUnderTest, TRIALS } from '#test/fault-server.ts';

cleanAfterwards();

const USERS = 1_300;
const LAZY = points(80, 160);

/** How somebody else keeps everybody out of the table of users, and the server ends whoever waits for it. */
const LOCKS = {
  postgresql: {
    lock: 'BEGIN; LOCK TABLE app_users IN ACCESS EXCLUSIVE MODE',
    unlock: 'ROLLBACK',
    limit: (user: string) => `ALTER ROLE ${user} SET lock_timeout = '300ms'`,
    noLimit: (user: string) => `ALTER ROLE ${user} RESET lock_timeout`,
  },
  mysql: {
    lock: 'LOCK TABLES app_users WRITE',
    unlock: 'UNLOCK TABLES',
    limit: () => 'SET GLOBAL lock_wait_timeout = 1',
    noLimit: () => 'SET GLOBAL lock_wait_timeout = 86400',
  },
} as const;

for (const one of SERVERS) {
  describeWith(`statements that wait (${one.kind})`, one.missing(), () => {
    const { lock, unlock, limit, noLimit } = LOCKS[one.kind];
    let under: ServerUnderTest;
    let finished = '';
    beforeAll(async () => {
      under = await serverUnderTest(one, USERS, LAZY);
      const [trial] = await under.engine.client.trials.list({ project: under.project });
      finished = trial?.kind === 'trial' ? trial.record.id : '';
    }, 180_000);
    afterAll(() => under.close());

    /** Locks the table once a trial has read a part of what it needs; the lock is there when this resolves. */
    function lockedMeanwhile(kind: (typeof TRIALS)[number], part: number): Promise<unknown> {
      const { promise, resolve } = Promise.withResolvers<unknown>();
      const at = Math.round(under.undisturbed(kind).bytes * part);
      under.proxy.afterBytes(at, () => resolve(under.server.query(lock)));
      return promise;
    }

    /** What everything that reads the legacy store is told, or what it answers, one after the other. */
    async function everyReader(): Promise<Readonly<Record<string, string>>> {
      const { engine, project } = under;
      const { client } = engine;
      const tried = async (): Promise<void> => {
        const identifier = { project, slot: 'get_user', identifier: 'nobody@example.com' } as const;
        const { attempts } = await client.scripts.try(identifier);
        // What a script is told is its own to tell: nobody, or that something failed.
        if (attempts[0]!.ending === 'called-back-error') throw new Error('said so');
        expect(attempts[0]!.ending).toBe('called-back');
      };
      const audit = { project, against: { kind: 'trial', trial: finished } } as const;
      return {
        test: await faultKindOf(client.legacy.users({ project, at: 0, limit: 5, refresh: true })),
        audit: await faultKindOf(drained(client.audit.run(audit))),
        plan: await faultKindOf(drained(client.plan.make({ project }))),
        trial: await faultKindOf(client.trials.start(under.request('bulk'))),
        try: await faultKindOf(tried(), 'said so'),
      };
    }

    it.each(TRIALS)(
      'for a lock are waited for in the middle of a %s trial',
      { timeout: 900_000 },
      async (kind) => {
        const { engine, project, server } = under;
        const locked = lockedMeanwhile(kind, 0.4);
        const { id } = await engine.client.trials.start(under.request(kind));
        void locked.then(() => setTimeout(() => void server.query(unlock), 1_500));
        const ended = await followTrial(engine.client, project, id);
        await locked;
        expect([ended.status, ended.digests]).toEqual(['finished', under.undisturbed(kind).digests]);
        noteFault(`table locked for a while (${one.kind})`, `${kind} trial`, 'equal');
      },
    );

    it.each(TRIALS)(
      'and are ended by the server pause a %s trial until the lock is gone',
      { timeout: 900_000 },
      async (kind) => {
        const { engine, project, server, proxy } = under;
        await server.query(limit(server.user));
        // Open connections still have the old limit.
        proxy.reset();
        await sleep(100);
        const locked = lockedMeanwhile(kind, 0.4);
        const { id } = await engine.client.trials.start(under.request(kind, { retryForSeconds: 60 }));
        let unlocked = false;
        const first = await followTrial(engine.client, project, id, ({ pausedBy }) => {
          if (pausedBy !== 'database' || unlocked) return;
          unlocked = true;
          void locked.then(() => server.query(unlock));
        });
        await locked;
        if (!unlocked) await server.query(unlock);
        const ended = await toTheEnd(engine.client, project, first);
        await server.query(noLimit(server.user));
        proxy.reset();
        expect([unlocked, ended.status, ended.digests]).toEqual([
          true,
          'finished',
          under.undisturbed(kind).digests,
        ]);
        noteFault(`statements ended by the server’s limit (${one.kind})`, `${kind} trial`, 'equal');
      },
    );

    it('and are ended by the server are told as what they are by everything else', {
      timeout: 900_000,
    }, async () => {
      const { server, proxy, engine, project } = under;
      await server.query(limit(server.user));
      await server.query(lock);
      proxy.reset();
      await sleep(100);
      const refused = await everyReader();
      const trials = (await engine.client.trials.list({ project })).length;
      await server.query(unlock);
      await server.query(noLimit(server.user));
      proxy.reset();
      await sleep(100);
      const { trial: _, ...others } = await everyReader();
      const away = 'legacy-unreachable';
      expect({ refused, others, bugs: engine.bugs }).toEqual({
        refused: { test: away, audit: away, plan: away, trial: away, try: 'said so' },
        others: { test: 'ok', audit: 'ok', plan: 'ok', try: 'ok' },
        bugs: [],
      });
      expect(trials).toBeGreaterThan(0);
      const during = ['legacy users', 'audit', 'plan', 'trial, before it began', 'try'];
      for (const command of during) {
        noteFault(`statements ended by the server’s limit (${one.kind})`, command, 'fault');
      }
    });
  });
}
