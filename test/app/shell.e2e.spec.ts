import { afterAll, describe, expect, it } from 'vitest';
import { closeBrowser, openApp } from '#test/app.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

afterAll(closeBrowser);

describe('the frame of the app', () => {
  it.each(['light', 'dark'] as const)(
    'opens a project with nothing to complain about, %s',
    async (colours) => {
      const home = temporaryFolder('app');
      const project = await sqliteSampleProject(`${home}/acme`, { users: 300 });
      const app = await openApp({ home, colours });
      try {
        await app.go(`/project/${encodeURIComponent(project)}/legacy`);
        await app.page.getByText('acme').first().waitFor();
        await app.page.keyboard.press('Control+k');
        await app.page.getByPlaceholder('Type what you want to do').waitFor();
        expect({ axe: await app.axe(), complaints: app.complaints }).toEqual({ axe: [], complaints: [] });
      } finally {
        await app.close();
      }
    },
  );
});
