import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '@playwright/test';
import { closeBrowser } from '#test/app.ts';
import { startEngine } from '#test/engine.ts';
import { inProject, savedBy } from '#test/in-app.ts';
import {
  exportLines,
  PLANTED_OPTIONS,
  PLANTED_SETTINGS,
  plantedTruth,
  writePlantedLegacy,
} from '#test/planted-audit.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

const USERS = 3_000;
const home = temporaryFolder('app-audit');
const project = join(home, 'acme');
const files = [join(home, 'users-1.json'), join(home, 'users-2.json.gz')] as const;

function planted(folder: string, users: number): string {
  mkdirSync(folder, { recursive: true });
  writePlantedLegacy(join(folder, 'legacy.db'), users);
  writeFileSync(join(folder, 'userferry.json'), JSON.stringify(PLANTED_SETTINGS));
  const database = join(folder, 'database-connections', PLANTED_SETTINGS.connection);
  mkdirSync(database, { recursive: true });
  writeFileSync(
    join(database, 'database.json'),
    JSON.stringify({ name: PLANTED_SETTINGS.connection, strategy: 'auth0', options: {} }),
  );
  return folder;
}

beforeAll(() => {
  planted(project, USERS);
  const lines = [...exportLines(USERS)].map((line) => `${line}\n`);
  const middle = Math.floor(lines.length / 2);
  writeFileSync(files[0], lines.slice(0, middle).join(''));
  writeFileSync(files[1], gzipSync(lines.slice(middle).join('')));
});
afterAll(async () => {
  await closeBrowser();
  removeFolder(home);
});

async function reconcile(page: Page): Promise<void> {
  await page.getByLabel('Files of the export', { exact: true }).fill(files.join('\n'));
  await page.getByRole('combobox', { name: 'Import has been on' }).click();
  await page.getByRole('option', { name: 'since a day' }).click();
  await page.getByLabel('Import has been on since').fill(PLANTED_OPTIONS.importSince.slice(0, 10));
  await page.getByLabel('Cutover').fill(PLANTED_OPTIONS.cutover.slice(0, 10));
  await page.keyboard.press('Control+Enter');
  await page.getByRole('region', { name: 'Where everybody stands' }).waitFor();
}

/** People by state as the table has them. */
async function statesOf(page: Page): Promise<Record<string, number>> {
  const rows = page.getByRole('region', { name: 'Where everybody stands' }).locator('tbody tr');
  const counted: Record<string, number> = {};
  for (const row of await rows.all()) {
    const state = (await row.getByRole('button').innerText()).trim();
    const people = Number((await row.locator('td').last().innerText()).replaceAll(',', ''));
    counted[state] = (counted[state] ?? 0) + people;
  }
  return counted;
}

function truth(): Record<string, number> {
  const names = new Map([
    ['not-yet', 'not yet'],
    ['stranger', 'only in the tenant'],
    ['sign-up', 'signed up in the tenant'],
  ]);
  const counted: Record<string, number> = {};
  for (const [state, people] of Object.entries(plantedTruth(USERS).states)) {
    const [word = ''] = state.split(' ');
    const name = names.get(word) ?? word;
    counted[name] = (counted[name] ?? 0) + people;
  }
  return counted;
}

describe('Audit', () => {
  it.each(['light', 'dark'] as const)(
    'reconciles an export of two files with the planted truth, %s',
    async (colours) => {
      await inProject(project, { home, colours }, async ({ page, open, axe }) => {
        await open('audit');
        await page.getByText('Nothing is reconciled yet').waitFor();
        const empty = await axe();
        await reconcile(page);
        await page.getByRole('grid', { name: 'People of the audit' }).waitFor();
        expect({ empty, made: await axe(), states: await statesOf(page) }).toEqual({
          empty: [],
          made: [],
          states: truth(),
        });
      });
    },
  );

  it('lists a state, a domain, saves both forms, and compares itself with the saved list', async () => {
    await inProject(project, { home }, async ({ page, open }) => {
      await open('audit');
      await reconcile(page);
      const people = page.getByRole('region', { name: 'People', exact: true });
      const save = async (form: string) => {
        await people.getByRole('button', { name: 'Save the list' }).click();
        return savedBy(page, () => page.getByRole('menuitem', { name: form }).click());
      };
      const everybody = await save('NDJSON');
      await page.getByRole('button', { name: 'not yet', exact: true }).click();
      await people.getByText('150 of them').waitFor();
      const notYet = await save('CSV');
      expect({
        everybody: [everybody.name, JSON.parse(everybody.text.split('\n')[0] ?? '') as object],
        notYet: [notYet.name, notYet.text.split('\r\n').length, notYet.text.split('\r\n')[1]?.slice(0, 30)],
      }).toEqual({
        everybody: ['audit.ndjson', expect.objectContaining({ audit: 1, project: 'acme', everybody: true })],
        notYet: ['audit.csv', 152, expect.stringContaining('"not-yet","audit.not-migrated"')],
      });
      await people.getByRole('button', { name: 'Do not filter by not yet' }).click();
      await people.getByLabel('E-mail domain').fill('mail-5.example');
      await page.keyboard.press('Enter');
      await people
        .getByText(/^\d+ of them/)
        .filter({ hasNotText: /,/ })
        .waitFor();
      await people.getByRole('button', { name: 'Do not filter by domain' }).click();
      await people.getByText(/\d,\d+ of them/).waitFor();

      const earlier = join(home, 'earlier.ndjson');
      writeFileSync(earlier, everybody.text);
      await page.getByRole('combobox', { name: 'Show what is new since' }).click();
      await page.getByRole('option', { name: 'an earlier audit’s list' }).click();
      await page.getByLabel('Earlier list (NDJSON, of everybody)', { exact: true }).fill(earlier);
      await page.keyboard.press('Control+Enter');
      const news = page.getByRole('region', { name: /New since/ });
      await news.getByText('0 people').waitFor();
      // Everything that was typed is there after a reload.
      await page.reload();
      expect(await page.getByLabel('Files of the export', { exact: true }).inputValue()).toBe(
        files.join('\n'),
      );
    });
  });

  it('filters and saves what it has read, also when the export is gone by now', async () => {
    await inProject(project, { home }, async ({ page, open }) => {
      await open('audit');
      await reconcile(page);
      const people = page.getByRole('region', { name: 'People', exact: true });
      renameSync(files[1], `${files[1]}.away`);
      try {
        await page.getByRole('button', { name: 'not yet', exact: true }).click();
        await people.getByText('150 of them').waitFor();
        const states = await people.locator('[role=gridcell][aria-colindex="1"]').allInnerTexts();
        const headings = await people.getByRole('columnheader').allInnerTexts();
        await people.getByRole('button', { name: 'Save the list' }).click();
        const saved = await savedBy(page, () => page.getByRole('menuitem', { name: 'CSV' }).click());
        // Columns in which nobody of these can have anything are left out.
        expect({
          states: [...new Set(states)],
          headings,
          lines: saved.text.trimEnd().split('\r\n').length,
        }).toEqual({
          states: ['not yet'],
          headings: ['State', 'Legacy id', 'Findings'],
          lines: 151,
        });
        // Whoever asks anew is told that the file is not there.
        await page.getByRole('button', { name: 'Run the audit' }).click();
        await page.getByRole('alert').filter({ hasText: 'users-2.json.gz' }).waitFor();
      } finally {
        renameSync(`${files[1]}.away`, files[1]);
      }
    });
  });

  it('offers what can be done with a person on a right click, and takes Enter for the same', async () => {
    await inProject(project, { home }, async ({ page, open }) => {
      await open('audit');
      await reconcile(page);
      const grid = page.getByRole('grid', { name: 'People of the audit' });
      await grid.getByRole('gridcell').nth(1).click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Save the list of people as CSV' }).waitFor();
      await page.getByRole('menuitem', { name: 'Try this person in get_user' }).click();
      await page.waitForURL(/\/scripts\/get_user\?identifier=key%3A/);
    });
  });

  it('can be cancelled, names a file that is not there, and reads a trial as a tenant', async () => {
    const big = planted(join(home, 'big'), 100_000);
    await inProject(big, { home }, async ({ page, open }) => {
      await open('audit');
      await page.getByLabel('Files of the export', { exact: true }).fill(files[0]);
      await page.keyboard.press('Control+Enter');
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByText('Nothing is reconciled yet').waitFor();
      await page.getByLabel('Files of the export', { exact: true }).fill(join(home, 'gone.json'));
      await page.keyboard.press('Control+Enter');
      await page.getByRole('alert').filter({ hasText: 'gone.json' }).waitFor();
    });
    const sample = await sqliteSampleProject(join(home, 'sample'), { users: 300 });
    const engine = startEngine();
    const { trial } = await engine.trial({ project: sample, kind: 'bulk' });
    await engine.close();
    await inProject(sample, { home }, async ({ page, open }) => {
      await open('audit');
      await page.getByText('A trial', { exact: true }).click();
      await page.getByRole('combobox', { name: 'Trial' }).click();
      await page.getByRole('option', { name: trial.id }).click();
      await page.keyboard.press('Control+Enter');
      await page.getByRole('region', { name: 'Where everybody stands' }).waitFor();
      await page.getByText('replica-bulk').first().waitFor();
    });
  });
});
