import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EveryUserEvent } from '#contract/trials.ts';
import { startEngine } from '#test/engine.ts';
import { plantTrial } from '#test/planted-trial.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

const engine = startEngine();
const { client } = engine;
const project = join(temporaryFolder('every-user'), 'acme');
const USERS = 5_000;
let trial = '';

beforeAll(async () => {
  await sqliteSampleProject(project, { users: 300 });
  trial = (await plantTrial(project, USERS)).id;
});
afterAll(async () => {
  await engine.close();
  removeFolder(project);
});

const base = () => ({ project, trial, phase: 'lazy' }) as const;

/** What a stream hands over, and how far it says it was. */
async function told(events: AsyncIterable<EveryUserEvent>) {
  let text = '';
  const keys: unknown[] = [];
  const places: string[] = [];
  for await (const event of events) {
    if (event.type === 'text') text += event.text;
    if (event.type === 'keys') keys.push(...event.keys);
    if (event.type === 'reading') places.push(`${event.done}/${event.expected}`);
  }
  return { lines: text === '' ? [] : text.trimEnd().split('\r\n'), keys, places };
}

it('hands over a list as a sheet or as keys, and says how far it is', async () => {
  const filter = { status: 'failed' } as const;
  const sheet = await told(await client.trials.everyUser({ ...base(), filter, as: 'csv' }));
  const keys = await told(await client.trials.everyUser({ ...base(), filter, as: 'keys' }));
  expect({
    lines: [sheet.lines.length, sheet.lines.slice(0, 2), sheet.lines.at(-1)],
    sheetKeys: sheet.keys,
    places: sheet.places,
    keys: [keys.lines, keys.keys.length, keys.keys[0], keys.keys.at(-1)],
  }).toEqual({
    lines: [
      2_501,
      [
        '"position","key","legacy id","phase","status","cause","state","findings"',
        '1,"2","2","lazy","failed","script.called-back-error","legacy-only","script.called-back-error"',
      ],
      '4999,"5000","5000","lazy","failed","profile.email-missing","legacy-only","profile.email-missing"',
    ],
    sheetKeys: [],
    places: ['0/2500', '1000/2500', '2000/2500', '2500/2500'],
    keys: [[], 2_500, [2], [5_000]],
  });
});

it('hands over what only the coverage knows the same way', async () => {
  const filter = { script: 'get_user', scenario: 'existing-user', outcome: 'profile' } as const;
  const page = await client.coverage.users({ ...base(), filter, limit: 1 });
  const sheet = await told(await client.coverage.everyUser({ ...base(), filter, as: 'csv' }));
  const [, first] = sheet.lines;
  expect({ lines: sheet.lines.length - 1, first }).toEqual({
    lines: page.total,
    first: '0,"1","1","lazy","ok",,"migrated",""',
  });
});

it('reads no further once nobody wants the list', async () => {
  const controller = new AbortController();
  const events = await client.trials.everyUser({ ...base(), as: 'keys' }, { signal: controller.signal });
  let users = 0;
  const reading = (async () => {
    for await (const event of events) {
      if (event.type !== 'keys') continue;
      users += event.keys.length;
      controller.abort();
    }
  })();
  await expect(reading).rejects.toThrow(/abort|cancel|not read/i);
  expect(users).toBe(1_000);
});
