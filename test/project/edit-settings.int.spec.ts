import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { editedText, editSettings } from '#project/edit-settings.ts';
import { lockProject } from '#project/project-lock.ts';
import { projectFolder } from '#test/project-folder.ts';

const TEXT = `{
    "version": 1,
    "name": "acme",
    "users": { "table": "users", "key": ["id"] },
    "fields": {
        "id": "id",
        "email": "email"
    }
}
`;

describe('editing settings', () => {
  it('changes what it is told to and leaves the rest of the text as it is', () => {
    const edited = editedText(TEXT, [
      { setting: 'users.table', from: 'users', to: 'wp_users' },
      { setting: 'fields.email', from: 'email', to: null },
      { setting: 'fields.name', from: null, to: 'display_name' },
    ]);
    expect(edited).toBe(`{
    "version": 1,
    "name": "acme",
    "users": { "table": "wp_users", "key": ["id"] },
    "fields": {
        "id": "id",
        "name": "display_name"
    }
}
`);
  });

  it.each([
    ['another value', [{ setting: 'fields.email', from: 'mail', to: 'user_email' }], 'input-invalid'],
    ['settings that would be invalid', [{ setting: 'users.key', from: ['id'], to: null }], 'input-invalid'],
  ])('refuses %s and writes nothing', async (_name, edits, kind) => {
    const folder = projectFolder();
    const before = readFileSync(join(folder, 'userferry.json'), 'utf8');
    await expect(editSettings(folder, edits)).rejects.toMatchObject({ kind });
    expect(readFileSync(join(folder, 'userferry.json'), 'utf8')).toBe(before);
  });

  it('writes in one step, under the lock of the project', async () => {
    const folder = projectFolder();
    const edit = [{ setting: 'users.table', from: 'users', to: 'people' }];
    const lock = await lockProject(folder);
    const busy = editSettings(folder, edit);
    await expect(busy).rejects.toMatchObject({ kind: 'project-busy' });
    await lock.release();
    const file = await editSettings(folder, edit);
    const settings = JSON.parse(readFileSync(file, 'utf8')) as { users: { table: string } };
    expect({
      table: settings.users.table,
      left: readdirSync(folder).filter((name) => name.endsWith('.tmp')),
    }).toEqual({ table: 'people', left: [] });
  });
});
