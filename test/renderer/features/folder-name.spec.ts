import { expect, it } from 'vitest';
import { folderName } from '#renderer/files/folder-name.ts';

it.each([
  ['Acme migration', 'acme-migration'],
  ['Müller & Söhne', 'muller-sohne'],
  ['  ..\\..  ', 'migration'],
  ['顧客移行', 'migration'],
])('makes a folder of "%s"', (name, folder) => {
  expect(folderName(name)).toBe(folder);
});
