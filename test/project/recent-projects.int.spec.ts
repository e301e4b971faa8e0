import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createRecentProjects } from '#project/recent-projects.ts';
import { faultOf } from '#test/fault-of.ts';
import { projectFolder } from '#test/project-folder.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const AT = Date.UTC(2026, 10, 24);

it('keeps the last ones on top, each once, and says which are gone', async () => {
  const recent = createRecentProjects(join(temporaryFolder('config'), 'deep/userferry'));
  const [one, two] = [projectFolder(), projectFolder()];
  await recent.remember(one, 'One', AT);
  await recent.remember(two, 'Two', AT + 1_000);
  await recent.remember(`${one}/`, 'One again', AT + 2_000);
  rmSync(two, { recursive: true });
  expect(await recent.list()).toEqual([
    { folder: one, name: 'One again', openedAt: '2026-11-24T00:00:02.000Z', state: 'there' },
    { folder: two, name: 'Two', openedAt: '2026-11-24T00:00:01.000Z', state: 'gone' },
  ]);
  await recent.forget(two);
  expect((await recent.list()).map(({ folder }) => folder)).toEqual([one]);
});

it('is for this account only, and takes a damaged list for an empty one', async () => {
  const config = temporaryFolder('config');
  const path = join(config, 'recent-projects.json');
  const recent = createRecentProjects(config);
  writeFileSync(path, '{"projects": [{"folder": 7}]}');
  expect(await recent.list()).toEqual([]);
  const folder = projectFolder();
  await recent.remember(folder, 'One', AT);
  expect({ names: (await recent.list()).map(({ name }) => name), mode: statSync(path).mode & 0o777 }).toEqual(
    {
      names: ['One'],
      mode: 0o600,
    },
  );
});

it('loses nothing when several are remembered at once, and ends at thirty', async () => {
  const recent = createRecentProjects(temporaryFolder('config'));
  await Promise.all(Array.from({ length: 40 }, (_, n) => recent.remember(`/p/${n}`, `${n}`, AT + n)));
  const names = (await recent.list()).map(({ name }) => name);
  expect(names).toEqual(Array.from({ length: 30 }, (_, n) => `${39 - n}`));
});

it('says where a list cannot be written', async () => {
  const file = join(temporaryFolder('config'), 'taken');
  writeFileSync(file, '');
  const fault = await faultOf(createRecentProjects(file).remember('/p', 'p', AT));
  expect([fault.kind, fault.where]).toEqual(['project-unwritable', join(file, 'recent-projects.json')]);
});
