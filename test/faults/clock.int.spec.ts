import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { performance } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clock } from '#engine/ports/clock.ts';
import { followTrial, STEADY, toTheEnd } from '#test/disturbed-trial.ts';
import { startEngine } from '#test/engine.ts';
import { cleanAfterwards } from '#test/fault-leftovers.ts';
import { noteFault, points, seededPoints } from '#test/fault-matrix.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

cleanAfterwards();

const BEGAN = Date.UTC(2026, 10, 24, 12);
const DAY = 86_400_000;

/** Reads `BEGAN` until it is set off; ages in a report are those of the beginning. */
function jumpingClock(jump: (time: number) => { now: number; ticks: number }) {
  let off = false;
  let read = 0;
  const clock: Clock = {
    now: () => (off ? jump(read++).now : BEGAN),
    ticks: () => performance.now() + (off ? jump(read).ticks : 0),
    sleep: (ms, signal) =>
      sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
  };
  return { clock, setOff: () => void (off = true) };
}

const next = seededPoints(11);
const JUMPS = [
  ['back by a year', () => ({ now: BEGAN - 365 * DAY, ticks: 0 })],
  ['ahead by a century', () => ({ now: BEGAN + 36_500 * DAY, ticks: 0 })],
  ['before 1970', () => ({ now: -5 * DAY, ticks: 0 })],
  ['asleep for eight hours', () => ({ now: BEGAN + DAY / 3, ticks: DAY / 3 })],
  ['to and fro at each reading', () => ({ now: BEGAN + (next(2_000_000) - 1_000_000) * 1_000, ticks: 0 })],
] as const;

describe('a clock that jumps while a trial runs', () => {
  let project = '';
  const undisturbed = new Map<string, unknown>();
  const request = (kind: 'lazy' | 'bulk') =>
    ({ project, kind, depth: 'profiles', filter: { where: STEADY } }) as const;

  beforeAll(async () => {
    project = await sqliteSampleProject(join(temporaryFolder('clock'), 'acme'), {
      users: points(300, 4_000),
    });
    const engine = startEngine({ clock: jumpingClock(() => ({ now: BEGAN, ticks: 0 })).clock });
    for (const kind of ['lazy', 'bulk'] as const) {
      const { id } = await engine.client.trials.start(request(kind));
      undisturbed.set(kind, (await followTrial(engine.client, project, id)).digests);
    }
    await engine.close();
  }, 120_000);
  afterAll(() => removeFolder(project));

  it.each(JUMPS)('%s: it ends as with a steady one', { timeout: 120_000 }, async (name, jump) => {
    for (const kind of ['lazy', 'bulk'] as const) {
      const { clock, setOff } = jumpingClock(jump);
      const engine = startEngine({ clock });
      const { id } = await engine.client.trials.start(request(kind));
      setOff();
      const ended = await toTheEnd(engine.client, project, await followTrial(engine.client, project, id));
      await engine.close();
      expect([ended.status, ended.digests, engine.bugs]).toEqual(['finished', undisturbed.get(kind), []]);
      noteFault(`clock: ${name}`, `${kind} trial`, 'equal');
    }
  });
});
