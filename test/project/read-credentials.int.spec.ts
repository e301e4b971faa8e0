import { describe, expect, it } from 'vitest';
import { createProjectStore } from '#project/project-store.ts';
import { readCredentials } from '#project/read-credentials.ts';
import { projectFolder, SETTINGS } from '#test/project-folder.ts';

const read = async (csv: string | null) => {
  const folder = projectFolder({
    'userferry.json': { ...SETTINGS, credentials: 'accounts.csv' },
    'accounts.csv': csv,
  });
  return readCredentials(await createProjectStore({}).open(folder));
};

describe('test accounts', () => {
  it('are read by identifier, whatever its case, with passwords as they are written', async () => {
    const accounts = await read(
      '\uFEFFidentifier,password\n Ann@Mailbox.example ,"with ""quotes"", and a comma"\r\nbob, spaces \n',
    );
    expect([...accounts].map(([name, password]) => [name, password.reveal()])).toEqual([
      ['ann@mailbox.example', 'with "quotes", and a comma'],
      ['bob', ' spaces '],
    ]);
  });

  it('are none where the settings name no file', async () => {
    expect(await readCredentials(await createProjectStore({}).open(projectFolder()))).toEqual(new Map());
  });

  it.each([
    ['a missing file', null, 'reading the test accounts failed: a part of the path does not exist'],
    ['other columns', 'email,pw\na@b,canary\n', 'the file lacks a column "identifier" or "password"'],
    ['a broken line', 'identifier,password\na@b,canary,more\n', 'the file is no valid CSV at line 2'],
    ['an open quote', 'identifier,password\na@b,"canary\n', 'the file is no valid CSV at line 2'],
  ])('cannot be read from %s', async (_what, csv, message) => {
    const reading = read(csv);
    await expect(reading).rejects.toThrow(expect.objectContaining({ kind: 'input-invalid', message }));
    await expect(reading).rejects.not.toThrow(/canary/);
  });
});
