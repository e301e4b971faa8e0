import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type App, closeBrowser, openApp } from '#test/app.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

afterAll(closeBrowser);

interface Opened extends App {
  readonly project: string;
  /** Goes to a screen of the project. */
  readonly open: (screen: string) => Promise<void>;
  /** The settings file as it lies on the disk. */
  readonly settings: () => Record<string, unknown>;
}

async function inProject(use: (app: Opened) => Promise<void>, colours: 'light' | 'dark' = 'light') {
  const home = temporaryFolder('app');
  const project = await sqliteSampleProject(join(home, 'acme'), { users: 300 });
  const app = await openApp({ home, colours });
  try {
    await use({
      ...app,
      project,
      open: (screen) => app.go(`/project/${encodeURIComponent(project)}/${screen}`),
      settings: () => JSON.parse(readFileSync(join(project, 'userferry.json'), 'utf8')) as never,
    });
    expect(app.complaints).toEqual([]);
  } finally {
    await app.close();
  }
}

describe('Settings', () => {
  it.each(['light', 'dark'] as const)('has accessible tabs, %s', async (colours) => {
    await inProject(async ({ page, open, axe }) => {
      const found: Record<string, readonly string[]> = {};
      for (const tab of ['project', 'secrets', 'file', 'app', 'shortcuts']) {
        await open(`settings/${tab}`);
        await page.getByRole('tabpanel').waitFor();
        await page.waitForLoadState('networkidle');
        found[tab] = await axe();
      }
      expect(found).toEqual({ project: [], secrets: [], file: [], app: [], shortcuts: [] });
    }, colours);
  });

  it('checks the project when it is asked to, in words of the app', async () => {
    await inProject(async ({ page, open, project, axe }) => {
      writeFileSync(join(project, 'database-connections/acme-customers/login.js'), 'function login( {');
      await open('settings/project');
      const check = page.getByRole('region', { name: 'Check', exact: true });
      await check.getByText('Not checked since the app was opened.').waitFor();
      await check.getByRole('button', { name: 'Check the project' }).click();
      await check.getByText('project.script-syntax').first().waitFor();
      expect([await axe(), (await check.innerText()).match(/--[a-z]|userferry [a-z]/)]).toEqual([[], null]);
    });
  });

  it('changes the environment, shows it in the header, and takes it back', async () => {
    await inProject(async ({ page, open, settings }) => {
      await open('settings/project');
      await page.getByLabel('Label').fill('production');
      await page.keyboard.press('Enter');
      await page.getByRole('region', { name: 'This project' }).getByText('production').waitFor();
      expect(settings()['environment']).toEqual({ label: 'production', colour: 'grey' });
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect.poll(() => settings()['environment']).toBeUndefined();
    });
  });

  it('allows a host and refuses it again', async () => {
    await inProject(async ({ page, open, settings }) => {
      await open('settings/project');
      await page.getByLabel('Host to allow').fill('api.internal.example');
      await page.getByRole('button', { name: 'Allow' }).click();
      await expect.poll(() => settings()['egress']).toEqual([{ host: 'api.internal.example', port: 443 }]);
      await page.getByRole('button', { name: 'Refuse api.internal.example from now on' }).click();
      await expect.poll(() => settings()['egress']).toEqual([]);
    });
  });

  it('keeps the text of userferry.json over a reload, and refuses to overwrite another’s change', async () => {
    await inProject(async ({ page, open, project, settings }) => {
      await open('settings/file');
      const text = page.getByLabel('Text of userferry.json');
      await text.fill((await text.inputValue()).replace('"acme"', '"renamed"'));
      await page.reload();
      expect(await text.inputValue()).toContain('"renamed"');
      const file = join(project, 'userferry.json');
      writeFileSync(file, `${readFileSync(file, 'utf8')}\n`);
      // What is read again meanwhile is not what the draft began on.
      await page.reload();
      await text.waitFor();
      await page.keyboard.press('Control+s');
      await page
        .getByRole('alert')
        .filter({ hasText: /changed/i })
        .waitFor();
      expect({ onDisk: settings()['name'], typed: await text.inputValue() }).toEqual({
        onDisk: 'acme',
        typed: expect.stringContaining('"renamed"') as string,
      });
    });
  });

  it('keeps a secret that nobody can read back', async () => {
    await inProject(async ({ page, open, project }) => {
      const file = join(project, 'userferry.json');
      const settings = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
      const legacy = {
        engine: 'postgresql',
        host: 'db',
        database: 'shop',
        user: 'reader',
        password: '${secret:SHOP_PASSWORD}',
      };
      writeFileSync(file, JSON.stringify({ ...settings, legacy }));
      await open('settings/secrets');
      await page.getByLabel('New value of SHOP_PASSWORD').fill('correct horse');
      await page.getByLabel('New value of SHOP_PASSWORD').press('Enter');
      await page.getByText('from the secrets file').first().waitFor();
      const secrets = join(project, '.userferry/secrets.json');
      expect({
        kept: JSON.parse(readFileSync(secrets, 'utf8')) as unknown,
        mode: (statSync(secrets).mode & 0o777).toString(8),
        onScreen: (await page.content()).includes('correct horse'),
      }).toEqual({ kept: { SHOP_PASSWORD: 'correct horse' }, mode: '600', onScreen: false });
    });
  });

  it('takes other keys for a command and refuses keys that are taken', async () => {
    await inProject(async ({ page, open }) => {
      await open('settings/shortcuts');
      const change = page.getByRole('button', { name: 'Change the keys of Go to Plan' });
      await change.click();
      await page.keyboard.press('Control+k');
      await page.getByText('taken by “Show all commands”').waitFor();
      await page.keyboard.press('Alt+p');
      await page.getByText('The keys of “Go to Plan” are changed.').waitFor();
      await page.keyboard.press('Alt+p');
      await page.waitForURL(/\/plan$/);
    });
  });
});

describe('Assumptions', () => {
  it.each(['light', 'dark'] as const)('is accessible, %s', async (colours) => {
    await inProject(async ({ page, open, axe }) => {
      await open('assumptions');
      await page.getByText('get-user-at-login').waitFor();
      expect(await axe()).toEqual([]);
    }, colours);
  });

  it('changes one, names it as changed, and takes it back', async () => {
    await inProject(async ({ page, open, settings }) => {
      await open('assumptions');
      await page.getByRole('radio', { name: 'lower-cased' }).click();
      await expect.poll(() => settings()['assumptions']).toEqual({ 'identifier-case': 'lower-cased' });
      await page.getByText('Changed here', { exact: true }).click();
      await page.getByText('identifier-case', { exact: true }).waitFor();
      expect(await page.getByRole('radiogroup').count()).toBe(2);
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByText('This project keeps every default.').waitFor();
      // The screen shows the choice at once; the file follows.
      await expect.poll(() => settings()['assumptions']).toEqual({});
    });
  });
});

describe('Diagnostics', () => {
  it('copies versions and mode, and nothing about the project', async () => {
    await inProject(async ({ page, go, axe, project }) => {
      await go('/diagnostics');
      await page.getByText('22.23.3').first().waitFor();
      await page.getByRole('button', { name: 'Copy all' }).click();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      expect({
        mode: /Mode: browser/.test(copied),
        project: copied.includes(project),
        axe: await axe(),
      }).toEqual({ mode: true, project: false, axe: [] });
    });
  });
});
