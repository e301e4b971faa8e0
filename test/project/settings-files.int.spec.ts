import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { settingsFiles } from '#project/settings-files.ts';
import { faultOf } from '#test/fault-of.ts';
import { projectFolder, SETTINGS } from '#test/project-folder.ts';

/** Written by hand: four spaces, an odd order, an empty line. */
const BY_HAND = `{
    "version": 1,
    "connection": "acme-users",

    "name": "acme",
    "legacy": { "engine": "sqlite", "file": "legacy.db" },
    "users": { "table": "users", "key": ["id"] },
    "fields": { "id": "id", "email": "email" }
}
`;

const onDisk = (folder: string) => readFileSync(join(folder, 'userferry.json'), 'utf8');

it('saves a text over the one that was read, and not over another', async () => {
  const folder = projectFolder();
  const read = await settingsFiles.read(folder);
  const text = read.text.replace('"acme"', '"Acme Shop"');
  const saved = await settingsFiles.save(folder, text, read.checksum);
  expect([saved.settings?.name, onDisk(folder), saved.checksum === read.checksum]).toEqual([
    'Acme Shop',
    text,
    false,
  ]);
  const late = await faultOf(settingsFiles.save(folder, read.text, read.checksum));
  expect([late.kind, onDisk(folder)]).toEqual(['file-changed', text]);
});

it('refuses what would be no usable settings, with all that is wrong, and leaves the file', async () => {
  const folder = projectFolder();
  const { text, checksum } = await settingsFiles.read(folder);
  const broken = await faultOf(settingsFiles.save(folder, text.replace('"name"', '"nane"'), checksum));
  const syntax = await faultOf(settingsFiles.save(folder, `${text}}`, checksum));
  expect({
    kinds: [broken.kind, syntax.kind],
    problems: broken.problems.length,
    where: syntax.where?.replace(folder, ''),
    kept: onDisk(folder) === text,
  }).toEqual({
    kinds: ['project-invalid', 'project-invalid'],
    problems: 2,
    where: '/userferry.json:20:1',
    kept: true,
  });
});

it('reads settings that cannot be used, and lets them be mended', async () => {
  const folder = projectFolder({ 'userferry.json': '{ "version": 1, }' });
  const read = await settingsFiles.read(folder);
  const mended = await settingsFiles.save(folder, JSON.stringify(SETTINGS), read.checksum);
  expect([read.settings, read.diagnostics.map(({ code }) => code), mended.settings?.name]).toEqual([
    null,
    ['project.json-syntax'],
    'acme',
  ]);
});

it('sets single settings and leaves every other character alone', async () => {
  const folder = projectFolder({ 'userferry.json': BY_HAND });
  const changed = await settingsFiles.change(
    folder,
    [
      { path: ['fields', 'email'], to: 'mail' },
      { path: ['fields', 'username'], to: null },
      { path: ['users', 'key'], to: ['tenant', 'id'] },
      { path: ['assumptions', 'hashCase'], to: 'exact' },
      { path: ['environment'], to: { label: 'Production', colour: 'red' } },
    ],
    null,
  );
  expect(changed.text).toBe(
    // What a new setting is put behind is laid out anew; nothing else is.
    BY_HAND.replace(
      '{ "id": "id", "email": "email" }',
      '{\n        "id": "id",\n        "email": "mail"\n    }',
    )
      .replace('["id"]', '[\n            "tenant",\n            "id"\n        ]')
      .replace(
        '    }\n}',
        `    },
    "assumptions": {
        "hashCase": "exact"
    },
    "environment": {
        "label": "Production",
        "colour": "red"
    }
}`,
      ),
  );
  const undone = await settingsFiles.change(
    folder,
    [
      { path: ['fields', 'email'], to: 'email' },
      { path: ['users', 'key'], to: ['id'] },
      { path: ['assumptions'], to: null },
      { path: ['environment'], to: null },
    ],
    changed.checksum,
  );
  expect(JSON.parse(undone.text)).toEqual(JSON.parse(BY_HAND));
});

it('refuses a change that makes no sense, all of it', async () => {
  const folder = projectFolder({ 'userferry.json': BY_HAND });
  const kinds = async (path: string[], to: unknown) =>
    (
      await faultOf(
        settingsFiles.change(
          folder,
          [
            { path: ['name'], to: 'x' },
            { path, to },
          ],
          null,
        ),
      )
    ).kind;
  expect([
    await kinds(['name', 'first'], 'x'),
    await kinds(['legacy', 'password'], 'in the open'),
    await kinds(['nonsense'], 1),
    await kinds(['version'], 99),
    onDisk(folder),
  ]).toEqual(['input-invalid', 'project-invalid', 'project-invalid', 'project-newer', BY_HAND]);
});

it('lets one of two that save at once win, never both', async () => {
  const folder = projectFolder();
  const { text, checksum } = await settingsFiles.read(folder);
  const names = ['one', 'two', 'three'];
  const settled = await Promise.allSettled(
    names.map((name) => settingsFiles.save(folder, text.replace('"acme"', `"${name}"`), checksum)),
  );
  expect([
    settled.filter(({ status }) => status === 'fulfilled').length,
    (JSON.parse(onDisk(folder)) as { name: string }).name,
  ]).toEqual([1, 'one']);
});

it('says that there is no project', async () => {
  const folder = projectFolder({ 'userferry.json': null });
  writeFileSync(join(folder, 'note.txt'), '');
  expect((await faultOf(settingsFiles.read(folder))).kind).toBe('project-missing');
});
