import { expect, it } from 'vitest';
import type { Progress } from '#contract/trials.ts';
import { ProgressFeed, RateMeter } from '#engine/trials/progress.ts';
import { fakeClock } from '#test/fake-clock.ts';

const running: Progress = {
  trial: 't',
  status: 'running',
  phase: 'lazy',
  expected: 100,
  done: 0,
  ok: 0,
  failed: 0,
  skipped: 0,
  rate: null,
  etaSeconds: null,
  note: null,
};

it('measures the rate over the last seconds only', () => {
  const meter = new RateMeter();
  meter.note(0, 0);
  expect(meter.rate()).toBeNull();
  meter.note(1_000, 1_000);
  expect(meter.rate()).toBe(1_000);
  meter.note(11_000, 2_000);
  meter.note(21_000, 3_000);
  expect(meter.rate()).toBe(100);
});

it('tells a watcher the present state first and the end last, without a backlog', async () => {
  const clock = fakeClock();
  const feed = new ProgressFeed(running, clock);
  const seen: string[] = [];
  const watching = (async () => {
    for await (const progress of feed.watch()) {
      seen.push(`${progress.status} ${progress.done}`);
      clock.advance(1_000);
    }
  })();
  await Promise.resolve();
  for (const done of [10, 20, 30]) feed.publish({ ...running, done });
  await new Promise((resolve) => setImmediate(resolve));
  feed.publish({ ...running, done: 100, status: 'finished' });
  await watching;
  expect(seen[0]).toBe('running 0');
  expect(seen.at(-1)).toBe('finished 100');
  expect(seen.length).toBeLessThan(5);
});

it('lets a watcher go when it is no longer wanted', async () => {
  const feed = new ProgressFeed(running, fakeClock());
  const controller = new AbortController();
  const seen: number[] = [];
  const watching = (async () => {
    for await (const progress of feed.watch(controller.signal)) seen.push(progress.done);
  })();
  await new Promise((resolve) => setImmediate(resolve));
  controller.abort();
  await watching;
  expect(seen).toEqual([0]);
});
