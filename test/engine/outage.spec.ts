import { describe, expect, it } from 'vitest';
import { Fault } from '#engine/fault.ts';
import { orCancelled, throughOutages } from '#engine/trials/outage.ts';
import { unhandledRejections } from '#test/unhandled-rejections.ts';
import { fakeClock } from '#test/fake-clock.ts';

const gone = (): Fault => new Fault('legacy-unreachable', 'the database is gone');

function options(retryForMs: number) {
  const clock = fakeClock();
  const controller = new AbortController();
  const told: string[] = [];
  return {
    controller,
    told,
    clock,
    all: {
      clock,
      signal: controller.signal,
      retryForMs,
      onPause: (_fault: Fault, waitMs: number) => void told.push(`pause ${waitMs}`),
      onBack: () => void told.push('back'),
    },
  };
}

describe('an outage of the legacy database', () => {
  it('is waited for with doubling pauses until the work succeeds', async () => {
    const { all, told } = options(60_000);
    let tries = 0;
    const result = await throughOutages(async () => {
      if (++tries < 4) throw gone();
      return 'page';
    }, all);
    expect({ result, told }).toEqual({
      result: 'page',
      told: ['pause 500', 'pause 1000', 'pause 2000', 'back'],
    });
  });

  it('is passed on when it lasts longer than allowed', async () => {
    const { all, told } = options(2_000);
    const work = throughOutages(() => Promise.reject(gone()), all);
    await expect(work).rejects.toMatchObject({ kind: 'legacy-unreachable' });
    expect(told).toEqual(['pause 500', 'pause 1000', 'pause 500']);
  });

  it('does not hide faults that waiting cannot mend', async () => {
    const { all, told } = options(60_000);
    const work = throughOutages(() => Promise.reject(new Fault('legacy-query', 'no such column')), all);
    await expect(work).rejects.toMatchObject({ kind: 'legacy-query' });
    expect(told).toEqual([]);
  });

  it('ends at once when the run is cancelled while it waits', async () => {
    const { all, controller } = options(60_000);
    const work = throughOutages(() => {
      controller.abort();
      return Promise.reject(gone());
    }, all);
    await expect(work).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

describe('cancellation', () => {
  it('does not wait for work that never ends', async () => {
    const controller = new AbortController();
    const work = orCancelled(new Promise(() => undefined), controller.signal);
    controller.abort();
    await expect(work).rejects.toMatchObject({ kind: 'cancelled' });
  });

  it('before the work has begun leaves nobody with its failure', async () => {
    const unhandled = unhandledRejections();
    const controller = new AbortController();
    controller.abort();
    const work = orCancelled(Promise.reject(gone()), controller.signal);
    await expect(work).rejects.toMatchObject({ kind: 'cancelled' });
    expect(await unhandled()).toEqual([]);
  });

  it('leaves finished work alone', async () => {
    expect(await orCancelled(Promise.resolve(7), new AbortController().signal)).toBe(7);
  });
});
