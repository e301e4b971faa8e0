import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, closeBrowser, openApp } from '#test/app.ts';
import { startEngine } from '#test/engine.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

const home = temporaryFolder('app-trials');
afterAll(async () => {
  await closeBrowser();
  removeFolder(home);
});

const routeOf = (project: string, rest = ''): string =>
  `/project/${encodeURIComponent(project)}/trials${rest}`;

/** A number of the five counts, as the panel shows it. */
async function countOf(page: Page, name: string): Promise<number> {
  const text = await page
    .locator('dt', { hasText: new RegExp(`^${name}$`) })
    .first()
    .locator('+ dd')
    .innerText();
  return Number(text.replaceAll(',', ''));
}

const NOTHING = { axe: [], complaints: [] };

async function found(app: App) {
  return { axe: await app.axe(), complaints: app.complaints };
}

describe('one trial from its set-up to its report', () => {
  it('is set up, paused, resumed, reloaded, and goes on after the engine was killed', async () => {
    const users = 3_000;
    const project = await sqliteSampleProject(`${home}/run`, { users });
    const app = await openApp({ home });
    const { page } = app;
    try {
      await app.go(routeOf(project));
      await page.getByText('No trial yet').waitFor();
      expect(await found(app)).toEqual(NOTHING);
      await page.getByRole('link', { name: 'Set up the first trial' }).click();
      await page.getByRole('radio', { name: /^Profiles/ }).click();
      await page.getByText('3,000', { exact: true }).first().waitFor();
      // The cost follows the options.
      await page.getByText('The first …').click();
      await page.getByLabel('How many users').fill('1234');
      await page.getByText('1,234', { exact: true }).first().waitFor();
      await page.getByText('Mixed', { exact: true }).click();
      await page.getByText('Bulk, then lazy').waitFor();
      expect(await found(app)).toEqual(NOTHING);
      await page.getByText('Lazy', { exact: true }).click();
      await page.getByText('Everybody', { exact: true }).click();
      await page.getByText('3,000', { exact: true }).first().waitFor();
      // The sample has scripts that never answer.
      await page.getByLabel('Time limit of one run').fill('2');
      await page.keyboard.press('Control+Enter');

      await page.getByRole('button', { name: 'Pause' }).waitFor();
      await page
        .getByRole('contentinfo')
        .getByText(/lazy: [\d,]+ of 3,000/)
        .waitFor();
      await expect.poll(() => countOf(page, 'done'), { timeout: 90_000 }).toBeGreaterThan(0);
      expect(await found(app)).toEqual(NOTHING);

      await page.reload();
      await page.getByRole('button', { name: 'Pause' }).click();
      await page.getByRole('button', { name: 'Resume' }).waitFor();
      const paused = await countOf(page, 'done');
      expect(paused).toBeLessThan(users);
      await page.getByRole('button', { name: 'Resume' }).click();
      await page.getByRole('button', { name: 'Pause' }).waitFor();
      await expect.poll(() => countOf(page, 'done'), { timeout: 90_000 }).toBeGreaterThan(paused);

      await app.killEngine();
      await page.getByText('finished').first().waitFor({ timeout: 120_000 });
      const counts = await Promise.all(
        ['expected', 'done', 'ok', 'failed', 'skipped'].map((name) => countOf(page, name)),
      );
      const [expected, done, ok = 0, failed = 0, skipped = 0] = counts;
      expect([expected, done, ok + failed + skipped]).toEqual([users, users, users]);
      await page.getByRole('button', { name: 'Report' }).click();
      await page.getByText('What breaks, and how to mend it').waitFor();
      expect(app.complaints).toEqual([]);
    } finally {
      await app.close();
    }
  }, 300_000);

  it('says what stands in the way of a start', async () => {
    const project = await sqliteSampleProject(`${home}/wrong`, { users: 300 });
    const app = await openApp({ home });
    const { page } = app;
    try {
      await app.go(routeOf(project, '/new'));
      await page.getByText('Where …').click();
      expect(await page.getByRole('button', { name: 'Start the trial' }).isDisabled()).toBe(true);
      await page.getByLabel('Condition').fill('no_such_column = 1');
      await page
        .getByText(/no such column/)
        .first()
        .waitFor();
      // What was typed is still there after a reload.
      await page.reload();
      expect(await page.getByLabel('Condition').inputValue()).toBe('no_such_column = 1');
      await page
        .getByText(/no such column/)
        .first()
        .waitFor();
      expect(await found(app)).toEqual(NOTHING);
    } finally {
      await app.close();
    }
  });
});

describe('two trials', () => {
  const project = join(home, 'two');
  let ids: readonly string[] = [];

  beforeAll(async () => {
    await sqliteSampleProject(project, { users: 300 });
    const engine = startEngine();
    try {
      const before = await engine.trial({ project, kind: 'bulk' });
      withoutPhone(join(project, 'userferry.json'));
      const after = await engine.trial({ project, kind: 'bulk' });
      ids = [before.trial.id, after.trial.id];
    } finally {
      await engine.close();
    }
  });

  it.each(['light', 'dark'] as const)(
    'are chosen by keyboard and compared user by user, %s',
    async (colours) => {
      const app = await openApp({ home, colours });
      const { page } = app;
      try {
        await app.go(routeOf(project));
        for (const id of ids) {
          await page.getByRole('checkbox', { name: `Choose ${id} to compare` }).focus();
          await page.keyboard.press('Space');
        }
        expect(await found(app)).toEqual(NOTHING);
        await page.getByRole('button', { name: 'Compare' }).focus();
        await page.keyboard.press('Enter');
        await page.getByText('userferry.json or database.json was edited').waitFor();
        const fixed = await countOf(page, 'fixed');
        expect(fixed).toBeGreaterThan(0);
        const first = page.getByRole('button', { name: /fixed/ }).first();
        const users = page.getByRole('table', { name: 'Users of this change' });
        // What matters most is open already; the keyboard closes and opens it.
        await users.waitFor();
        await first.focus();
        await page.keyboard.press('Enter');
        await users.waitFor({ state: 'detached' });
        await page.keyboard.press('Enter');
        await users.waitFor();
        expect(await page.getByRole('link', { name: 'older' }).first().getAttribute('href')).toContain(
          `/report/${ids[0]}/user/key%3A`,
        );
        expect(await found(app)).toEqual(NOTHING);
      } finally {
        await app.close();
      }
    },
  );

  it('one is deleted after a question', async () => {
    const [older = ''] = ids;
    const app = await openApp({ home });
    const { page } = app;
    try {
      await app.go(routeOf(project));
      // The row's menu: behind its button, at a right click, and at the menu key in the row.
      await page.getByRole('button', { name: `More for ${older}` }).click();
      await page.getByRole('menuitem', { name: 'Report' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('menuitem').first().waitFor({ state: 'detached' });
      await page.getByRole('link', { name: older }).dispatchEvent('contextmenu');
      await page.getByRole('menuitem', { name: 'Report' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('menuitem').first().waitFor({ state: 'detached' });
      await page.getByRole('row').filter({ hasText: older }).click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await page.getByRole('dialog').getByText(`Trial ${older} goes for good`).waitFor();
      expect(await found(app)).toEqual(NOTHING);
      await page.getByRole('button', { name: 'Delete the trial' }).click();
      await page.getByRole('checkbox', { name: `Choose ${older} to compare` }).waitFor({ state: 'detached' });
      expect(existsSync(join(project, 'trials', older))).toBe(false);
    } finally {
      await app.close();
    }
  });
});

/** Takes the telephone number out of the mapping, whose bad values the import refuses. */
function withoutPhone(file: string): void {
  const settings = JSON.parse(readFileSync(file, 'utf8')) as { fields: Record<string, unknown> };
  const { phoneNumber: _phone, ...fields } = settings.fields;
  writeFileSync(file, JSON.stringify({ ...settings, fields }, null, 2));
}
