import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '#test/app.ts';
import { at, escape, settled, toTop, type Scene } from './scene.ts';
import type { Scenery } from './scenery.ts';

export const REPORT: readonly Scene[] = [
  {
    name: 'report',
    title: 'The report of a lazy trial',
    wide: true,
    show: async (app, scenery) => {
      await at(`report/${scenery.lazy}`)(app, scenery);
      await settled(app, 'What breaks, and how to mend it');
    },
  },
  {
    name: 'report-users',
    title: 'The users behind a number',
    show: async (app, scenery) => {
      await at(`report/${scenery.lazy}/users?status=failed`)(app, scenery);
      await app.page.getByRole('grid').waitFor();
    },
  },
  {
    name: 'report-menu',
    title: 'What can be done with a row, at a right click or the menu key',
    show: async (app) => {
      await app.page.getByRole('grid').getByRole('gridcell').nth(12).click({ button: 'right' });
      await app.page.getByRole('menuitem').first().waitFor();
    },
    leave: escape,
  },
  {
    name: 'report-story',
    title: 'One user, from the legacy row to the token',
    show: async (app) => {
      const grid = app.page.getByRole('grid');
      await grid.getByRole('gridcell').first().dblclick();
      await app.page.waitForURL(/\/user\//);
      await app.page.getByText('Looking the user up').waitFor({ state: 'detached' });
      await app.page.waitForLoadState('networkidle');
    },
  },
];

export const PLAN: readonly Scene[] = [
  { name: 'plan-empty', title: 'Plan, before it is worked out', show: at('plan', 'fresh') },
  {
    name: 'plan',
    title: 'Plan: the short answer and what it rests on',
    wide: true,
    show: async (app, scenery) => {
      await at('plan')(app, scenery);
      const { page } = app;
      await page.getByLabel('Access log', { exact: true }).fill(scenery.accessLog);
      await page.getByLabel('Only lines with').fill('event=login');
      await page.keyboard.press('Control+Enter');
      await page
        .getByRole('region', { name: 'Lazy coverage over time' })
        .getByText(/Data: /)
        .waitFor();
    },
  },
  {
    name: 'plan-forecast',
    title: 'Plan: lazy coverage over time, with its uncertainty',
    show: async ({ page }) =>
      page.getByRole('region', { name: 'Lazy coverage over time' }).evaluate((part) => part.scrollIntoView()),
  },
  {
    name: 'plan-orders',
    title: 'Plan: which order, and whom each one breaks',
    show: async ({ page }) =>
      page.getByRole('region', { name: 'Order', exact: true }).evaluate((part) => part.scrollIntoView()),
  },
  {
    name: 'plan-resets',
    title: 'Plan: who has to reset, and what the cutover means',
    show: async ({ page }) =>
      page
        .getByRole('region', { name: /^People who have to reset/ })
        .evaluate((part) => part.scrollIntoView()),
  },
];

export const AUDIT: readonly Scene[] = [
  { name: 'audit-empty', title: 'Audit, before anything is reconciled', show: at('audit', 'fresh') },
  {
    name: 'audit',
    title: 'Audit: where everybody stands',
    wide: true,
    show: async (app, scenery) => {
      await at('audit')(app, scenery);
      await app.page.getByLabel('Files of the export', { exact: true }).fill(scenery.tenant);
      await app.page.keyboard.press('Control+Enter');
      await app.page.getByRole('region', { name: 'Where everybody stands' }).waitFor();
    },
  },
  {
    name: 'audit-people',
    title: 'Audit: person by person',
    show: async ({ page }) => {
      await page.getByRole('button', { name: 'indeterminate', exact: true }).click();
      await page.getByRole('button', { name: 'Cancel' }).waitFor({ state: 'detached' });
      await page
        .getByRole('region', { name: 'People', exact: true })
        .evaluate((part) => part.scrollIntoView());
    },
  },
  {
    name: 'audit-error',
    title: 'Audit: a file that is not there',
    show: async (app, scenery) => {
      await at('audit', 'fresh')(app, scenery);
      await app.page.getByLabel('Files of the export', { exact: true }).fill('/exports/users-2026.json');
      await app.page.keyboard.press('Control+Enter');
      await app.page.getByRole('alert').waitFor();
    },
  },
];

async function fillExport({ page }: App, scenery: Scenery, out: string): Promise<void> {
  await page.getByLabel('Folder to make', { exact: true }).fill(out);
  for (const id of [scenery.bulk[1], scenery.lazy]) await page.getByRole('checkbox', { name: id }).check();
}

let exported = '';

export const EXPORT: readonly Scene[] = [
  {
    name: 'export-refused',
    title: 'Export refused: no trial stands for the scripts',
    show: async (app, scenery) => {
      await at('export')(app, scenery);
      await app.page.getByLabel('Folder to make', { exact: true }).fill(scenery.free('refused'));
      await app.page.keyboard.press('Control+Enter');
      await app.page.getByRole('heading', { name: 'Nothing was written' }).waitFor();
      await toTop(app);
    },
  },
  {
    name: 'export',
    title: 'Export with its proof',
    wide: true,
    show: async (app, scenery) => {
      await at('export')(app, scenery);
      exported = scenery.free('deploy');
      await fillExport(app, scenery, exported);
      await app.page.getByLabel('Failed users that are accepted').fill('2000');
      const unvalidated = app.page.getByLabel(
        'Export scripts that no trial stands for, labelled unvalidated',
      );
      if (!(await unvalidated.isChecked())) await unvalidated.click();
      await app.page.keyboard.press('Control+Enter');
      await app.page.getByRole('heading', { name: 'Written', exact: true }).waitFor();
      await toTop(app);
    },
  },
  { name: 'export-made', title: 'Exports that were made', show: at('export/made') },
  {
    name: 'export-verify',
    title: 'Verify: an edit after the export is named',
    show: async (app, scenery) => {
      const script = readdirSync(exported, { recursive: true })
        .map(String)
        .find((path) => /login[^/]*\.js$/.test(path));
      appendFileSync(join(exported, script ?? ''), '// edited by hand\n');
      await at(`export/verify?folder=${encodeURIComponent(exported)}`)(app, scenery);
      await settled(app, /changed since the export/);
    },
  },
];

export const REST: readonly Scene[] = [
  { name: 'assumptions', title: 'Assumptions', show: at('assumptions') },
  { name: 'settings', title: 'Settings of the project', show: at('settings/project') },
  { name: 'settings-secrets', title: 'Secrets', show: at('settings/secrets') },
  { name: 'settings-file', title: 'userferry.json as text', show: at('settings/file') },
  { name: 'settings-app', title: 'Appearance and privacy', show: at('settings/app') },
  { name: 'settings-shortcuts', title: 'Shortcuts', show: at('settings/shortcuts') },
  {
    name: 'diagnostics',
    title: 'Diagnostics',
    show: async (app) => {
      await app.go('/diagnostics');
      await settled(app, 'Mode');
      await app.page.waitForLoadState('networkidle');
    },
  },
  {
    name: 'commands',
    title: 'Every command, by a few letters',
    show: async (app, scenery) => {
      await at('plan')(app, scenery);
      await app.page.keyboard.press('Control+k');
      await app.page.getByPlaceholder('Type what you want to do').fill('tr');
    },
    leave: escape,
  },
  {
    name: 'shortcuts',
    title: 'The sheet of shortcuts',
    show: async ({ page }) => {
      await page.getByRole('heading', { level: 1 }).click();
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
    leave: escape,
  },
  {
    name: 'reconnecting',
    title: 'The engine is away: nothing typed is lost',
    show: async (app, scenery) => {
      await at('settings/file')(app, scenery);
      // Nothing answers until the picture is taken.
      await app.page.context().setOffline(true);
      await app.killEngine();
      await settled(app, /reconnecting…/);
    },
    leave: async (app) => {
      await app.page.context().setOffline(false);
      await app.page.getByText('Engine ready').waitFor();
      // The browser itself wrote down that it had no network.
      (app.complaints as string[]).length = 0;
    },
  },
];
