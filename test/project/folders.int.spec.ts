import { chmodSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createFolders } from '#project/folders.ts';
import { faultOf } from '#test/fault-of.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const CHANGED = new Date('2026-11-24T08:00:00Z');

function home(): string {
  const folder = temporaryFolder('home');
  for (const name of ['Documents', 'shop 10', 'shop 9', '.hidden']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'shop 9/userferry.json'), '{}');
  writeFileSync(join(folder, 'users.csv'), 'id,email\n');
  symlinkSync(join(folder, 'shop 9'), join(folder, 'link'));
  symlinkSync(join(folder, 'nowhere'), join(folder, 'broken'));
  for (const name of ['Documents', 'shop 10', 'shop 9', 'users.csv']) {
    utimesSync(join(folder, name), CHANGED, CHANGED);
  }
  return folder;
}

it('lists folders before files, as people sort them, and knows projects', async () => {
  const folder = home();
  const entry = (name: string, kind: 'folder' | 'project' | 'file', bytes: number | null = null) => ({
    name,
    path: join(folder, name),
    kind,
    bytes,
    changedAt: CHANGED.toISOString(),
  });
  const listed = await createFolders(folder).list(null, false);
  expect(listed).toEqual({
    folder,
    parent: join(folder, '..'),
    project: false,
    writable: true,
    entries: [
      entry('Documents', 'folder'),
      { ...entry('link', 'project'), path: join(folder, 'link') },
      entry('shop 9', 'project'),
      entry('shop 10', 'folder'),
      entry('users.csv', 'file', 9),
    ],
    leftOut: 0,
  });
});

it('shows hidden ones when asked, understands ~, and says of a folder that it is a project', async () => {
  const folder = home();
  const folders = createFolders(folder);
  const hidden = await folders.list('~', true);
  const inside = await folders.list('~/shop 9', false);
  expect([hidden.entries[0]?.name, inside.project, inside.parent]).toEqual(['.hidden', true, folder]);
});

it('names the usual places that exist', async () => {
  const folder = home();
  expect(await createFolders(folder).places()).toEqual([
    { kind: 'home', name: expect.any(String), folder },
    { kind: 'documents', name: 'Documents', folder: join(folder, 'Documents') },
    { kind: 'disk', name: '/', folder: '/' },
  ]);
});

it('says in words why a folder cannot be shown', async () => {
  const folder = home();
  const folders = createFolders(folder);
  const faults = [
    await faultOf(folders.list(join(folder, 'nothing'), false)),
    await faultOf(folders.list(join(folder, 'users.csv'), false)),
  ];
  expect(faults.map(({ kind, message }) => [kind, message])).toEqual([
    ['folder-unreadable', 'the folder cannot be shown: there is no such folder'],
    ['folder-unreadable', 'the folder cannot be shown: it is a file, not a folder'],
  ]);
});

// Whoever may do everything is refused nothing.
it.runIf(process.getuid?.() !== 0)('says that an account may not read a folder', async () => {
  const folder = home();
  chmodSync(join(folder, 'Documents'), 0o000);
  const fault = await faultOf(createFolders(folder).list('~/Documents', false));
  chmodSync(join(folder, 'Documents'), 0o700);
  expect([fault.kind, fault.message]).toEqual([
    'folder-unreadable',
    'the folder cannot be shown: this account may not read it',
  ]);
});

it('makes one folder and refuses names that lead elsewhere or are taken', async () => {
  const folder = home();
  const folders = createFolders(folder);
  expect(await folders.make('~', 'new')).toBe(join(folder, 'new'));
  const refused = await Promise.all(
    ['new', '../x', '..', ' ', 'a\0b'].map(async (name) => (await faultOf(folders.make(folder, name))).kind),
  );
  const nowhere = await faultOf(folders.make(join(folder, 'nothing'), 'x'));
  expect([...new Set(refused), nowhere.kind]).toEqual(['input-invalid', 'project-unwritable']);
});
