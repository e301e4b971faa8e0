import { mkdirSync, readdirSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AuditEvent } from '#contract/audit.ts';
import { countsOf, exportTarget } from '#test/audit-run.ts';
import { startEngine } from '#test/engine.ts';
import {
  PLANTED_OPTIONS,
  PLANTED_SETTINGS,
  plantedTruth,
  writePlantedExport,
  writePlantedLegacy,
} from '#test/planted-audit.ts';
import { projectFolder } from '#test/project-folder.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const USERS = 5_000;
const temporary = process.env['TMPDIR'];
const engine = startEngine();
let folder: string;
let workFolder: string;

beforeAll(async () => {
  folder = projectFolder({ 'userferry.json': PLANTED_SETTINGS });
  writePlantedLegacy(join(folder, 'legacy.db'), USERS);
  await writePlantedExport(join(folder, 'tenant.json.gz'), USERS);
  workFolder = join(temporaryFolder('kept-sides'), 'tmp');
  mkdirSync(workFolder);
  process.env['TMPDIR'] = workFolder;
});
afterAll(async () => {
  await engine.close();
  if (temporary === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = temporary;
});

type Request = Parameters<typeof engine.client.audit.run>[0];

async function audited(more: Partial<Request>) {
  const events = await engine.client.audit.run({
    project: folder,
    against: exportTarget(folder, 'tenant.json.gz'),
    list: true,
    ...PLANTED_OPTIONS,
    ...more,
  });
  const people: string[] = [];
  let readings = 0;
  let result: Extract<AuditEvent, { type: 'result' }>['result'] | null = null;
  for await (const event of events) {
    if (event.type === 'reading') readings += 1;
    if (event.type === 'people') people.push(...event.people.map(({ state }) => state));
    if (event.type === 'result') result = event.result;
  }
  if (result === null) throw new Error('no result');
  return { people, read: readings > 0, result };
}

it('filters what was read, also when the sources are gone, and tells the same totals each time', async () => {
  const first = await audited({ sides: 'keep' });
  await rename(join(folder, 'tenant.json.gz'), join(folder, 'gone.json.gz'));
  try {
    const some = await audited({ sides: 'kept', filter: { states: ['not-yet', 'partial'] } });
    const again = await audited({ sides: 'kept' });
    const wanted = first.people.filter((state) => state === 'not-yet' || state === 'partial');
    expect({
      some: [some.read, some.people.toSorted(), countsOf(some.result), some.result.selected],
      again: [again.read, again.people.toSorted(), countsOf(again.result), again.result.generatedAt],
    }).toEqual({
      some: [false, wanted.toSorted(), plantedTruth(USERS), wanted.length],
      again: [false, first.people.toSorted(), plantedTruth(USERS), first.result.generatedAt],
    });
  } finally {
    await rename(join(folder, 'gone.json.gz'), join(folder, 'tenant.json.gz'));
  }
});

it('keeps what is new since a day, whoever is listed', async () => {
  const since = { kind: 'date', date: '2026-01-01' } as const;
  const first = await audited({ sides: 'keep', since });
  const some = await audited({ sides: 'kept', since, filter: { states: ['migrated'] } });
  expect([some.read, some.result.changes]).toEqual([false, first.result.changes]);
});

it('reads again for another question, and leaves nothing on the disk in the end', async () => {
  await audited({ sides: 'keep' });
  const other = await audited({ sides: 'kept', importSince: 'never' });
  const kept = readdirSync(workFolder).length;
  const anew = await audited({ sides: 'keep' });
  await engine.close();
  expect({
    other: other.read,
    kept,
    anew: anew.read,
    left: readdirSync(workFolder),
    bugs: engine.bugs,
  }).toEqual({
    other: true,
    kept: 1,
    anew: true,
    left: [],
    bugs: [],
  });
});

it('can be given up half-way and asked again', async () => {
  const second = startEngine();
  const request = {
    project: folder,
    against: exportTarget(folder, 'tenant.json.gz'),
    list: true,
    ...PLANTED_OPTIONS,
  };
  const peopleOf = async (sides: 'keep' | 'kept', most: number) => {
    let people = 0;
    for await (const event of await second.client.audit.run({ ...request, sides })) {
      if (event.type === 'people') people += event.people.length;
      if (people >= most) break;
    }
    return people;
  };
  const all = await peopleOf('keep', Infinity);
  const some = await peopleOf('kept', 1);
  const again = await peopleOf('kept', Infinity);
  await second.close();
  expect({ someOnly: some < all, again }).toEqual({ someOnly: true, again: all });
});
