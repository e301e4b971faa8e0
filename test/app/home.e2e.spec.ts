import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type App, type AppOptions, closeBrowser, openApp } from '#test/app.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

afterAll(closeBrowser);

async function inApp(options: Partial<AppOptions>, use: (app: App) => Promise<void>): Promise<void> {
  const app = await openApp({ home: temporaryFolder('app'), ...options });
  try {
    await use(app);
    expect(app.complaints).toEqual([]);
  } finally {
    await app.close();
  }
}

const settingsOf = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'userferry.json'), 'utf8')) as Record<string, unknown>;

describe('Home', () => {
  it.each(['light', 'dark'] as const)('is accessible without projects and with one, %s', async (colours) => {
    const home = temporaryFolder('app');
    const project = await sqliteSampleProject(join(home, 'acme'), { users: 300 });
    await inApp({ home, colours }, async ({ page, axe, go }) => {
      await page.getByText('No project yet').waitFor();
      const empty = await axe();
      await go(`/project/${encodeURIComponent(project)}/settings`);
      await page.getByRole('tab', { name: 'Project' }).waitFor();
      await go('/');
      await page.getByRole('button', { name: 'acme', exact: true }).waitFor();
      expect({ empty, listed: await axe() }).toEqual({ empty: [], listed: [] });
    });
  });

  it('takes a project off the list and puts it back', async () => {
    const home = temporaryFolder('app');
    const project = await sqliteSampleProject(join(home, 'acme'), { users: 300 });
    await inApp({ home }, async ({ page, go }) => {
      await go(`/project/${encodeURIComponent(project)}/settings`);
      await page.getByRole('tab', { name: 'Project' }).waitFor();
      await go('/');
      await page.getByRole('button', { name: 'Take acme off the list' }).click();
      await page.getByText('No project yet').waitFor();
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByRole('button', { name: 'acme', exact: true }).waitFor();
    });
  });

  it('gives advice from the answers, and keeps quiet before they carry one', async () => {
    await inApp({}, async ({ page }) => {
      const advice = page.getByRole('status').filter({ hasText: /advice|import|migrate/i });
      await advice.filter({ hasText: 'Answer the questions above' }).waitFor();
      await page.getByText('Of everybody', { exact: true }).click();
      await page.getByText('bcrypt, argon2, PBKDF2, …').click();
      await advice.filter({ hasText: 'Bulk import everybody' }).waitFor();
      await page.getByText('Our own scheme').click();
      await page.getByText('Rather not').click();
      await advice.filter({ hasText: 'Migrate lazily first' }).waitFor();
    });
  });
});

describe('the wizard', () => {
  it('goes from an empty folder to a running trial, and survives a reload between', async () => {
    const home = temporaryFolder('app');
    const source = await sqliteSampleProject(join(home, 'source'), { users: 300 });
    await inApp({ home }, async ({ page, axe, go }) => {
      await go('/new');
      await page.getByLabel('Name', { exact: true }).fill('Shop');
      await page.getByText('SQLite', { exact: true }).click();
      await page.getByLabel('File', { exact: true }).fill(join(source, 'legacy.db'));
      const axes = { connect: await axe() } as Record<string, readonly string[]>;
      await page.getByRole('button', { name: 'Test the connection' }).click();
      await page.getByText(/Connected to SQLite/).waitFor();
      await page.getByRole('button', { name: 'Create the project' }).click();
      await page.getByRole('button', { name: 'Use this table' }).waitFor();
      axes['users'] = await axe();
      await page.reload();
      await page.getByRole('button', { name: 'Use this table' }).click();
      await page.getByRole('button', { name: 'Keep this mapping' }).waitFor();
      await page.getByText('importable as').first().waitFor();
      axes['map'] = await axe();
      await page.getByRole('button', { name: 'Keep this mapping' }).click();
      await page.getByRole('button', { name: 'Keep the scripts that are there' }).waitFor();
      axes['scripts'] = await axe();
      await page.getByRole('button', { name: 'Keep the scripts that are there' }).click();
      await page.getByText(/300 users, 0 script runs/).waitFor();
      axes['trial'] = await axe();
      await page.getByRole('button', { name: 'Start the trial' }).click();
      await page.waitForURL(/trials/);
      expect(axes).toEqual({ connect: [], users: [], map: [], scripts: [], trial: [] });
      expect(settingsOf(join(home, 'shop'))).toMatchObject({
        name: 'Shop',
        legacy: { engine: 'sqlite', file: join(source, 'legacy.db') },
        users: { key: ['id'] },
        fields: { id: 'id', email: 'email', passwordHash: 'pw_hash' },
      });
      expect(existsSync(join(home, 'shop', 'trials'))).toBe(true);
    });
  });

  it('says what is missing, and what a server answered, without losing what was typed', async () => {
    await inApp({}, async ({ page, go }) => {
      await go('/new');
      await page.getByRole('button', { name: 'Create the project' }).click();
      await page.getByText('A project needs a name').waitFor();
      await page.getByText('Say where the server is').waitFor();
      await page.getByLabel('Name', { exact: true }).fill('Shop');
      await page.getByLabel('Host').fill('127.0.0.1');
      await page.getByLabel('Port').fill('9');
      await page.getByRole('textbox', { name: 'Database' }).fill('shop');
      await page.getByRole('textbox', { name: 'User' }).fill('reader');
      await page.getByRole('button', { name: 'Test the connection' }).click();
      await page.getByRole('alert').filter({ hasText: 'The legacy database cannot be reached' }).waitFor();
      expect(await page.getByLabel('Host').inputValue()).toBe('127.0.0.1');
    });
  });
});
