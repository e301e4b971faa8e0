import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, closeBrowser, openApp } from '#test/app.ts';
import { startEngine } from '#test/engine.ts';
import { plantTrial } from '#test/planted-trial.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

const home = temporaryFolder('app-report');
const project = join(home, 'acme');
const routeOf = (rest = ''): string => `/project/${encodeURIComponent(project)}/report${rest}`;
let trial = '';
let mixed = '';

beforeAll(async () => {
  await sqliteSampleProject(project, { users: 300 });
  const engine = startEngine();
  try {
    mixed = (await engine.trial({ project, kind: 'mixed', depth: 'profiles', timeLimitMs: 1_000 })).trial.id;
    trial = (await engine.trial({ project, kind: 'lazy', timeLimitMs: 1_000 })).trial.id;
  } finally {
    await engine.close();
  }
}, 240_000);

afterAll(async () => {
  await closeBrowser();
  removeFolder(home);
});

const NOTHING = { axe: [], complaints: [] };

async function found(app: App) {
  return { axe: await app.axe(), complaints: app.complaints };
}

describe('the report', () => {
  it.each(['light', 'dark'] as const)(
    'leads from the newest trial to one user, %s',
    async (colours) => {
      const app = await openApp({ home, colours });
      const { page } = app;
      try {
        await app.go(routeOf());
        await page.getByRole('heading', { name: 'Findings', exact: true }).waitFor();
        await page.getByRole('table', { name: 'Endings of scripts by scenario' }).waitFor();
        const failed = await page.getByRole('button', { name: /users that are failed/ }).innerText();
        expect(await found(app)).toEqual(NOTHING);

        await page.getByRole('button', { name: /users that are failed/ }).click();
        await page.getByRole('status').getByText(`${failed} users`).waitFor();
        await page.getByRole('gridcell').first().waitFor();
        expect(await found(app)).toEqual(NOTHING);

        await page.getByRole('link', { name: 'Whole story' }).click();
        await page.getByRole('heading', { name: 'Legacy row' }).waitFor();
        await page.getByRole('button', { name: 'Run the scripts now' }).click();
        await page
          .getByText(/\d statements?$/)
          .first()
          .waitFor();
        expect(await found(app)).toEqual(NOTHING);
      } finally {
        await app.close();
      }
    },
    120_000,
  );

  it('shows both phases, their clashes and whatever attribute was recorded', async () => {
    const app = await openApp({ home });
    const { page } = app;
    try {
      await app.go(routeOf(`/${mixed}`));
      await page.getByText('Clashes between the phases').waitFor();
      await page.getByRole('combobox', { name: 'By another attribute' }).click();
      await page.getByRole('option', { name: 'Year of sign-up' }).click();
      const year = page.getByRole('table', { name: 'Users by year of sign-up' }).getByRole('button').first();
      await year.waitFor();
      const name = await year.innerText();
      expect(await found(app)).toEqual(NOTHING);
      await year.click();
      await page.getByText(`Year of sign-up: ${name}`).waitFor();
      await page.getByRole('gridcell').first().waitFor();
      // Without the chip everybody is listed.
      await page.getByRole('button', { name: /^Remove the filter Year/ }).click();
      await page.getByRole('status').getByText('300 users').waitFor();
    } finally {
      await app.close();
    }
  });

  it('is saved in every format, and its users as a sheet', async () => {
    const app = await openApp({ home });
    const { page } = app;
    const saved: Record<string, string> = {};
    const save = async (name: string, press: () => Promise<void>): Promise<void> => {
      const [download] = await Promise.all([page.waitForEvent('download'), press()]);
      saved[name] =
        `${download.suggestedFilename()}: ${readFileSync(await download.path(), 'utf8').slice(0, 15)}`;
    };
    try {
      await app.go(routeOf(`/${trial}`));
      for (const format of ['HTML', 'Markdown', 'CSV', 'JSON', 'JUnit']) {
        await page.getByRole('button', { name: 'Save as' }).click();
        const item = page.getByRole('menuitem', { name: new RegExp(`^${format} `) });
        await save(format, () => item.click());
      }
      await app.go(routeOf(`/${trial}/users?status=failed`));
      const button = page.getByRole('button', { name: 'Save as CSV' });
      await save('users', () => button.click());
      const name = `userferry-${trial}`;
      expect(saved).toEqual({
        HTML: `${name}.html: <!doctype html>`,
        Markdown: `${name}.md: # Lazy migratio`,
        CSV: `${name}.csv: "phase","status`,
        JSON: `${name}.json: {\n  "version": `,
        JUnit: `${name}.xml: <?xml version="`,
        users: `${name}-users.csv: "position","key`,
      });
    } finally {
      await app.close();
    }
  });

  it('sets up a trial with the users of a list only', async () => {
    const app = await openApp({ home });
    const { page } = app;
    try {
      await app.go(routeOf(`/${trial}/users?status=failed`));
      const failed = await page
        .getByRole('status')
        .getByText(/^\d+ users$/)
        .innerText();
      await page.getByRole('button', { name: 'Trial with these' }).click();
      await page.getByText(`${failed.split(' ')[0]} chosen`).waitFor();
      expect(await page.getByRole('button', { name: 'Start the trial' }).isEnabled()).toBe(true);
    } finally {
      await app.close();
    }
  });

  it('opens 100,000 failures at their first rows and at their last', async () => {
    const planted = await plantTrial(project, 200_000);
    const app = await openApp({ home });
    const { page } = app;
    try {
      await app.go(routeOf(`/${planted.id}`));
      await page.getByRole('button', { name: 'Show the 100,000 users that are failed' }).click();
      const grid = page.getByRole('grid');
      await grid.getByRole('gridcell', { name: '2', exact: true }).first().waitFor();
      await grid.focus();
      await page.keyboard.press('Control+End');
      await grid.getByRole('gridcell', { name: '200000', exact: true }).first().waitFor();
      // The menu of the row comes by the keyboard too, and what it offers is about that row.
      await page.keyboard.press('Shift+F10');
      await page.getByRole('menuitem', { name: 'Whole story of the chosen user' }).waitFor();
      expect(await found(app)).toEqual(NOTHING);
      await page.keyboard.press('Escape');
      // A file of 100,000 rows is made by the engine, says how far it is, and can be given up.
      const downloads: string[] = [];
      page.on('download', (download) => downloads.push(download.suggestedFilename()));
      await page.getByRole('button', { name: 'Save as CSV' }).click();
      await page
        .getByRole('status')
        .getByText(/^Saving: [\d.]+%/)
        .waitFor();
      await page.getByRole('button', { name: 'Cancel: Saving' }).click();
      await page.getByRole('button', { name: 'Save as CSV' }).waitFor();
      expect(downloads).toEqual([]);
      const [whole] = await Promise.all([
        page.waitForEvent('download', { timeout: 60_000 }),
        page.getByRole('button', { name: 'Save as CSV' }).click(),
      ]);
      const lines = readFileSync(await whole.path(), 'utf8')
        .trimEnd()
        .split('\r\n');
      expect([lines.length, lines[1]]).toEqual([
        100_001,
        '1,"2","2","lazy","failed","script.called-back-error","legacy-only","script.called-back-error"',
      ]);
      expect(await found(app)).toEqual(NOTHING);
    } finally {
      await app.close();
    }
  });
});
