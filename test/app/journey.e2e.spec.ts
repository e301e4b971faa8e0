import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import createKnex from 'knex';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Proof } from '#contract/proof.ts';
import { generateSample } from '#sample/generate-sample.ts';
import { writeSampleServer } from '#sample/write-server.ts';
import { closeBrowser } from '#test/app.ts';
import { describeWith } from '#test/describe-with.ts';
import { inProject } from '#test/in-app.ts';
import { type DatabaseServer, postgresqlMissing, startPostgresql } from '#test/postgresql.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

const USERS = 300;
const script = (slot: 'login' | 'get_user') =>
  readFileSync(
    fileURLToPath(new URL(`../../templates/sample/postgresql/${slot}.js`, import.meta.url)),
    'utf8',
  );
/** The planted fault: accounts under review end without an answer. */
const SILENT = /(console\.log\('account under review.*'\);\s+)return;/;

describeWith('from an empty folder to a verified proof', postgresqlMissing(), () => {
  const home = temporaryFolder('app-journey');
  const project = join(home, 'shop');
  let server: DatabaseServer;

  beforeAll(async () => {
    server = await startPostgresql();
    const { host, port, database, user, password } = server;
    const knex = createKnex({ client: 'pg', connection: { host, port, database, user, password } });
    try {
      await writeSampleServer(knex, 'postgresql', generateSample({ users: USERS, seed: 1, now: Date.now() }));
    } finally {
      await knex.destroy();
    }
  });
  afterAll(async () => {
    await closeBrowser();
    await server.remove();
    removeFolder(home);
  });

  it('takes one engineer through wizard, trials, editor, plan, audit and export', async () => {
    await inProject(project, { home }, async ({ page, open, go }) => {
      await go('/');
      await page.getByRole('main').getByRole('button', { name: 'New project' }).first().click();
      await throughWizard(page, server);
      const bulk = await finishedTrial(page);
      await page.getByRole('button', { name: 'Report' }).click();
      await page.getByText('What breaks, and how to mend it').waitFor();

      await page.keyboard.press('Alt+2');
      await page.waitForURL(/\/scripts/);
      for (const slot of ['login', 'get_user'] as const) {
        await open(`scripts/${slot}`);
        await write(page, slot, script(slot));
      }
      const before = await lazyTrial(page, open);
      await page.getByRole('button', { name: 'Report' }).click();
      await page
        .getByText(/ended without an answer|never called|ran into the time limit|time limit/i)
        .first()
        .waitFor();
      for (const slot of ['login', 'get_user'] as const) {
        await open(`scripts/${slot}`);
        await write(
          page,
          slot,
          script(slot).replace(SILENT, "$1return callback(new Error('Under review.'));"),
        );
      }
      const lazy = await lazyTrial(page, open);

      await open(`trials/compare/${before}/${lazy}`);
      await page.getByText(/login/).first().waitFor();
      await page
        .getByRole('button', { name: /review|callback|error/i })
        .first()
        .waitFor();

      await open('plan');
      await page.getByText('Nothing is worked out yet').waitFor();
      await page.keyboard.press('Control+Enter');
      await page.getByRole('region', { name: 'What the plan rests on' }).getByText(lazy).waitFor();
      await page.getByRole('region', { name: 'What the plan rests on' }).getByText(bulk).waitFor();

      await open('audit');
      await page.getByText('A trial', { exact: true }).click();
      await page.getByRole('combobox', { name: 'Trial' }).click();
      await page.getByRole('option', { name: lazy }).click();
      await page.keyboard.press('Control+Enter');
      await page
        .getByRole('region', { name: 'How migrated users show' })
        .getByText('replica-login')
        .waitFor();

      const out = join(home, 'proven');
      await open('export');
      for (const id of [bulk, lazy]) await page.getByRole('checkbox', { name: id }).check();
      await page.getByLabel('Folder to make', { exact: true }).fill(out);
      await page.getByLabel('Failed users that are accepted').fill(String(USERS));
      await page.keyboard.press('Control+Enter');
      await page.getByRole('button', { name: 'Verify it' }).click();
      await page.getByRole('heading', { name: 'Nothing was changed' }).waitFor();
      const proof = JSON.parse(readFileSync(join(out, 'proof.json'), 'utf8')) as Proof;
      expect({
        trials: proof.trials.map(({ id }) => id).toSorted(),
        scripts: proof.scripts.map(({ slot, standing }) => `${slot} ${standing}`).toSorted(),
        same: proof.settings.sameAsRehearsed,
        secrets: JSON.stringify(proof).includes(server.password),
      }).toEqual({
        trials: [bulk, lazy].toSorted(),
        scripts: ['get_user validated', 'login validated'],
        same: true,
        secrets: false,
      });
    });
  }, 300_000);
});

async function throughWizard(page: Page, server: DatabaseServer): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill('Shop');
  await page.getByRole('textbox', { name: 'Host' }).fill(server.host);
  await page.getByRole('textbox', { name: 'Port' }).fill(String(server.port));
  await page.getByRole('textbox', { name: 'Database' }).fill(server.database);
  await page.getByRole('textbox', { name: 'User' }).fill(server.user);
  await page.getByLabel('Password', { exact: true }).fill(server.password);
  await page.getByRole('button', { name: 'Test the connection' }).click();
  await page.getByText(/Connected to PostgreSQL/).waitFor();
  for (const next of [
    'Create the project',
    'Use this table',
    'Keep this mapping',
    'Keep the scripts that are there',
    'Start the trial',
  ]) {
    await page.getByRole('button', { name: next }).click();
  }
}

/** Waits for the trial that is shown and gives its id. */
async function finishedTrial(page: Page): Promise<string> {
  await page.waitForURL(/\/trials\/[^/]+-[^/]+$/);
  await page.getByText('finished').first().waitFor({ timeout: 120_000 });
  return decodeURIComponent(page.url().split('/').at(-1) ?? '');
}

async function lazyTrial(page: Page, open: (screen: string) => Promise<void>): Promise<string> {
  await open('trials/new');
  await page.getByText('Lazy', { exact: true }).click();
  await page.getByLabel('Time limit of one run').fill('2');
  await page.keyboard.press('Control+Enter');
  return finishedTrial(page);
}

async function write(page: Page, slot: string, text: string): Promise<void> {
  const editor = page.getByRole('textbox', { name: `Script ${slot}` });
  await editor.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
  await page.keyboard.press('Control+s');
  await expect.poll(() => page.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true);
}
