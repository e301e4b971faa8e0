import { expect, it } from 'vitest';
import { KeptOpen } from '#engine/paging/kept-open.ts';

/** Time goes on only when a test says so. */
function timeline() {
  let now = 0;
  const sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();
  return {
    clock: {
      now: () => now,
      ticks: () => now,
      sleep: (ms: number, signal?: AbortSignal) =>
        new Promise<void>((resolve) => {
          const sleeper = { until: now + ms, wake: resolve };
          sleepers.add(sleeper);
          signal?.addEventListener('abort', () => resolve());
        }),
    },
    advance: async (ms: number) => {
      now += ms;
      for (const sleeper of sleepers) {
        if (sleeper.until > now) continue;
        sleepers.delete(sleeper);
        sleeper.wake();
      }
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

function desk(most = 2) {
  const { clock, advance } = timeline();
  const log: string[] = [];
  const bugs: unknown[] = [];
  const kept = new KeptOpen<string>({
    clock,
    idleMs: 100,
    most,
    close: async (value) => void log.push(`close ${value}`),
    noteBug: (cause) => bugs.push(cause),
  });
  const use = (name: string, version = '1', work = async (value: string) => value) =>
    kept.use(
      name,
      version,
      async () => {
        log.push(`open ${name}${version}`);
        return `${name}${version}`;
      },
      work,
    );
  return { kept, use, log, bugs, advance };
}

it('opens once for many, and anew in another version', async () => {
  const { use, log, kept } = desk();
  expect(await Promise.all([use('a'), use('a'), use('a', '2')])).toEqual(['a1', 'a1', 'a2']);
  await kept.close();
  expect(log).toEqual(['open a1', 'open a2', 'close a1', 'close a2']);
});

it('lets go of what nobody uses for a while, and of the oldest where there are too many', async () => {
  const { use, log, advance } = desk();
  await use('a');
  await advance(10);
  await use('b');
  await advance(10);
  await use('c');
  await advance(0);
  expect(log).toEqual(['open a1', 'open b1', 'open c1', 'close a1']);
  for (let quarter = 0; quarter < 8; quarter++) await advance(25);
  expect(log.slice(4).sort()).toEqual(['close b1', 'close c1']);
});

it('closes nothing under the hands of those who work with it', async () => {
  const { use, log, kept } = desk();
  const { promise, resolve } = Promise.withResolvers<string>();
  const working = use('a', '1', () => promise);
  await new Promise((done) => setImmediate(done));
  const dropped = kept.drop((name) => name === 'a');
  await new Promise((done) => setImmediate(done));
  const before = [...log];
  resolve('done');
  expect([before, await working, await dropped, log]).toEqual([
    ['open a1'],
    'done',
    undefined,
    ['open a1', 'close a1'],
  ]);
});

it('forgets what could not be opened, and tells everybody who asked', async () => {
  const { kept, use, log } = desk();
  const open = async (): Promise<string> => {
    throw new Error('down');
  };
  const work = async (value: string) => value;
  const both = await Promise.allSettled([kept.use('a', '1', open, work), kept.use('a', '1', open, work)]);
  expect([both.map(({ status }) => status), await use('a'), log]).toEqual([
    ['rejected', 'rejected'],
    'a1',
    ['open a1'],
  ]);
});

it('can be used again after it was closed', async () => {
  const { use, log, kept, advance } = desk();
  await use('a');
  await kept.close();
  await use('b');
  for (let quarter = 0; quarter < 8; quarter++) await advance(25);
  expect(log).toEqual(['open a1', 'close a1', 'open b1', 'close b1']);
});

it('reports what goes wrong while closing', async () => {
  const bugs: unknown[] = [];
  const { clock } = timeline();
  const trouble = new Error('stuck');
  const kept = new KeptOpen<string>({
    clock,
    idleMs: 100,
    most: 1,
    close: () => Promise.reject(trouble),
    noteBug: (cause) => bugs.push(cause),
  });
  await kept.use(
    'a',
    '1',
    async () => 'a',
    async () => undefined,
  );
  await kept.close();
  expect(bugs).toEqual([trouble]);
});
