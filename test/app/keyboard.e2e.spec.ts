import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '@playwright/test';
import { closeBrowser } from '#test/app.ts';
import { inProject } from '#test/in-app.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

const home = temporaryFolder('app-keyboard');
const project = join(home, 'acme');

beforeAll(async () => {
  await sqliteSampleProject(project, { users: 300 });
});
afterAll(async () => {
  await closeBrowser();
  removeFolder(home);
});

/** Presses Tab until something of that name has the focus, as people without a mouse do. */
async function tabTo(page: Page, name: RegExp, most = 60): Promise<void> {
  for (let presses = 0; presses < most; presses += 1) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      return element?.getAttribute('aria-label') ?? element?.innerText ?? '';
    });
    if (name.test(focused.trim())) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${String(name)}`);
}

async function command(page: Page, typed: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Type what you want to do').waitFor();
  await page.keyboard.type(typed);
  await page.getByRole('dialog').getByText(typed, { exact: false }).first().waitFor();
  await page.keyboard.press('Enter');
}

describe('without a mouse', () => {
  it('opens a project, tries a script, starts a trial and reads its report', async () => {
    const [, line = ''] = readFileSync(join(project, '.userferry/credentials.csv'), 'utf8').split('\n');
    const [identifier = '', password = ''] = line.trim().split(',');
    await inProject(project, { home }, async ({ page, open }) => {
      await open('settings');
      await page.getByRole('tab', { name: 'Project' }).waitFor();
      await page.keyboard.press('Alt+0');
      await page.getByRole('button', { name: 'acme', exact: true }).waitFor();
      await tabTo(page, /^acme$/);
      await page.keyboard.press('Enter');
      await page.getByRole('grid', { name: 'Legacy users' }).waitFor();

      await command(page, 'Go to Scripts');
      await page.getByRole('tab', { name: /^login/ }).waitFor();
      await page.getByRole('textbox', { name: 'Identifier' }).focus();
      await page.keyboard.type(identifier);
      await page.keyboard.press('Tab');
      await page.keyboard.type(password);
      await page.keyboard.press('Control+Enter');
      await page.getByText(/from key press to answer/).waitFor();

      await page.keyboard.press('Alt+3');
      await page.getByText('No trial yet').waitFor();
      await command(page, 'New trial');
      await page.getByRole('button', { name: 'Start the trial' }).waitFor();
      // Bulk is beside lazy among the radio buttons.
      await page.getByRole('radio', { name: /^Lazy/ }).first().focus();
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => page.getByRole('radio', { name: /^Bulk/ }).first().isChecked()).toBe(true);
      await page.keyboard.press('Control+Enter');
      await page.getByText('finished').first().waitFor();
      await command(page, 'Open the report of this trial');
      await page.getByText('What breaks, and how to mend it').waitFor();
    });
  });

  it('shows the sheet of keys, and gives the focus back when it is closed', async () => {
    await inProject(project, { home }, async ({ page, open }) => {
      await open('plan');
      const button = page.getByRole('main').getByRole('button', { name: 'Work it out' }).first();
      await button.focus();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await expect.poll(() => button.evaluate((element) => element === document.activeElement)).toBe(true);
    });
  });

  it('lets the first Tab lead past the sidebar', async () => {
    await inProject(project, { home }, async ({ page, open }) => {
      await open('plan');
      await page.getByText('Nothing is worked out yet').waitFor();
      await page.keyboard.press('Tab');
      await tabTo(page, /^Skip to the content$/, 2);
      await page.keyboard.press('Enter');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
    });
  });
});

describe('an engine that dies under the app', () => {
  it('comes back, with the text of settings and a script as they were typed', async () => {
    await inProject(project, { home }, async ({ page, open, killEngine }) => {
      await open('settings/file');
      const text = page.getByLabel('Text of userferry.json');
      await text.fill((await text.inputValue()).replace('"acme"', '"half typed"'));
      await killEngine();
      await page.getByText('Engine ready').waitFor();
      expect(await text.inputValue()).toContain('"half typed"');
      await open('scripts/login');
      const editor = page.getByRole('textbox', { name: 'Script login' });
      await editor.click();
      await page.keyboard.press('Control+Home');
      await page.keyboard.type('// half typed\n');
      await killEngine();
      await page.getByText('Engine ready').waitFor();
      await page.keyboard.type('// and on\n');
      await page.reload();
      await editor.waitFor();
      expect((await editor.innerText()).slice(0, 24)).toBe('// half typed\n// and on\n');
      expect(readFileSync(join(project, 'userferry.json'), 'utf8')).toContain('"acme"');
      // What was lost is only the connection: the engine answers again.
      await page.keyboard.press('Alt+8');
      await page.getByText('get-user-at-login').waitFor();
    });
  });
});
