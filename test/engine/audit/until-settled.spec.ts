import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { untilSettled } from '#engine/audit/until-settled.ts';
import type { Clock } from '#engine/ports/clock.ts';

const clock: Clock = {
  now: () => Date.now(),
  ticks: () => performance.now(),
  sleep: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
};
const never = new Promise<void>(() => undefined);

async function turnsOf(
  work: Promise<unknown>,
  signal: AbortSignal,
  onTurn: (turn: number) => void = () => undefined,
) {
  let turns = 0;
  for await (const _turn of untilSettled(clock, work, signal)) onTurn(++turns);
  return turns;
}

it('ends with the work, well or badly, and at once when it is given up', async () => {
  const open = new AbortController();
  const failing = Promise.reject(new Error('no'));
  failing.catch(() => undefined);
  const controller = new AbortController();
  expect([
    await turnsOf(Promise.resolve(), open.signal),
    await turnsOf(failing, open.signal),
    await turnsOf(never, AbortSignal.abort()),
    await turnsOf(never, controller.signal, (turn) => turn === 2 && controller.abort()),
  ]).toEqual([1, 1, 0, 2]);
});
