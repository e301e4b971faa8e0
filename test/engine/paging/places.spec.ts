import { expect, it } from 'vitest';
import { Places } from '#engine/paging/places.ts';

/** Keys are texts of numbers, so that nobody takes them for places. */
function rowsOf(count: number, options: { slowAt?: number } = {}) {
  const asked: [after: string | null, rows: number][] = [];
  let now = 0;
  let rests = 0;
  const places = new Places<string>(
    async (after, rows) => {
      asked.push([after, rows]);
      now += options.slowAt ?? 1;
      const at = (after === null ? -1 : Number(after.slice(1))) + rows;
      return at < count ? `k${at}` : null;
    },
    {
      step: 100,
      slowMs: 50,
      mostStep: 300,
      ticks: () => now,
      rest: async () => {
        rests += 1;
        await new Promise((resolve) => setImmediate(resolve));
      },
    },
  );
  return { places, asked, rests: () => rests };
}
const never = new AbortController().signal;

it('finds any place by a walk of less than a step, once the way is noted', async () => {
  const { places, asked } = rowsOf(1_000);
  await places.note(never);
  asked.length = 0;
  const keys = [];
  for (const at of [0, 1, 99, 100, 101, 555, 999, 1_000]) keys.push(await places.before(at, never));
  expect({ keys, longest: Math.max(...asked.map(([, rows]) => rows)), noted: places.noted }).toEqual({
    keys: [null, 'k0', 'k98', 'k99', 'k100', 'k554', 'k998', 'k999'].map((key) => ({ key })),
    longest: 99,
    noted: { rows: 1_000, complete: true },
  });
});

it('finds places before the way is noted, and says where there are none', async () => {
  const { places } = rowsOf(250);
  expect([await places.before(240, never), await places.before(251, never), places.noted]).toEqual([
    { key: 'k239' },
    'end',
    { rows: 0, complete: false },
  ]);
});

it('asks for nothing where a page has ended before', async () => {
  const { places, asked } = rowsOf(1_000);
  places.visit(137, 'k136');
  expect([await places.before(137, never), asked]).toEqual([{ key: 'k136' }, []]);
});

it('rests now and then, and takes longer steps where each question costs much', async () => {
  const quick = rowsOf(1_000);
  await quick.places.note(never);
  const slow = rowsOf(1_000, { slowAt: 60 });
  await slow.places.note(never);
  expect({
    rests: quick.rests() > 1 && quick.rests() < 11,
    steps: slow.asked.map(([, rows]) => rows),
  }).toEqual({ rests: true, steps: [50_000, 100, 200, 300, 300, 300] });
});

it('never walks further than a stride at once, and sees the end of a long list before its middle', async () => {
  const { places, asked, rests } = rowsOf(220_000);
  const far = await places.before(219_990, never);
  const before = { longest: Math.max(...asked.map(([, rows]) => rows)), rests: rests() };
  await places.note(never);
  asked.length = 0;
  const near = await places.before(219_999, never);
  expect({ far, before, first: asked, near, noted: places.noted }).toEqual({
    far: { key: 'k219989' },
    before: { longest: 50_000, rests: 4 },
    first: [['k219899', 99]],
    near: { key: 'k219998' },
    noted: { rows: 220_000, complete: true },
  });
});

it('knows far places by strides while it still notes the steps', async () => {
  const controller = new AbortController();
  const { places, asked } = rowsOf(1_000_000);
  const noting = places.note(controller.signal);
  while (asked.length < 25) await new Promise((resolve) => setImmediate(resolve));
  controller.abort();
  await noting;
  asked.length = 0;
  expect([await places.before(950_010, never), asked, places.noted.complete]).toEqual([
    { key: 'k950009' },
    [['k949999', 10]],
    false,
  ]);
});

it('stops noting when told, and keeps what it has', async () => {
  const controller = new AbortController();
  const { places } = rowsOf(1_000_000, { slowAt: 10 });
  const noting = places.note(controller.signal);
  await new Promise((resolve) => setImmediate(resolve));
  controller.abort();
  await noting;
  expect([places.noted.complete, (await places.before(100, never)) !== 'end']).toEqual([false, true]);
});
