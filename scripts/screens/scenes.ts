import { appendFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { App } from '#test/app.ts';
import type { Scenery } from './scenery.ts';

/** One picture: how the app comes to look like that, and how it gets back to where the next one starts. */
export interface Scene {
  readonly name: string;
  readonly title: string;
  /** Also in a large window. */
  readonly wide?: boolean;
  show(app: App, scenery: Scenery): Promise<void>;
  leave?(app: App, scenery: Scenery): Promise<void>;
}

const at =
  (screen: string, project: 'project' | 'fresh' = 'project') =>
  async (app: App, scenery: Scenery): Promise<void> => {
    await app.go(`/project/${encodeURIComponent(scenery[project])}/${screen}`);
    await app.page.getByRole('heading', { level: 1 }).waitFor();
    await app.page.waitForLoadState('networkidle');
  };
const toTop = async ({ page }: App): Promise<void> =>
  page
    .getByRole('tabpanel')
    .first()
    .evaluate((part) => part.parentElement?.parentElement?.scrollTo(0, 0));
const escape = async ({ page }: App): Promise<void> => page.keyboard.press('Escape');
const settled = async ({ page }: App, text: string | RegExp): Promise<void> =>
  page.getByText(text).first().waitFor({ timeout: 60_000 });

const HOME: readonly Scene[] = [
  {
    name: 'home-empty',
    title: 'Home, before there is a project',
    show: async (app) => {
      await app.go('/');
      await settled(app, 'No project yet');
    },
  },
  {
    name: 'home',
    title: 'Home with recent projects and the decision guide answered',
    wide: true,
    show: async (app, scenery) => {
      await at('settings', 'fresh')(app, scenery);
      await at('settings')(app, scenery);
      await app.go('/');
      await app.page.getByRole('button', { name: 'acme-migration', exact: true }).waitFor();
      await app.page.getByText('Of everybody', { exact: true }).click();
      await app.page.getByText('bcrypt, argon2, PBKDF2, …').click();
    },
  },
  {
    name: 'folder-dialog',
    title: 'Choosing a project',
    show: async (app, scenery) => {
      await app.page.keyboard.press('Control+o');
      const dialog = app.page.getByRole('dialog');
      await dialog.getByLabel('Folder').fill(dirname(scenery.project));
      await dialog.getByRole('button', { name: 'Go' }).click();
      await dialog.getByText('acme-migration').waitFor();
    },
    leave: escape,
  },
  {
    name: 'wizard',
    title: 'New project: a database that does not answer',
    show: async ({ go, page }) => {
      await go('/new');
      await page.getByLabel('Name', { exact: true }).fill('Shop');
      await page.getByRole('textbox', { name: 'Host' }).fill('127.0.0.1');
      await page.getByLabel('Port').fill('9');
      await page.getByRole('textbox', { name: 'Database' }).fill('shop');
      await page.getByRole('textbox', { name: 'User' }).fill('reader');
      await page.getByRole('button', { name: 'Test the connection' }).click();
      await page.getByRole('alert').first().waitFor();
      await page.getByRole('button', { name: 'Create the project' }).scrollIntoViewIfNeeded();
    },
  },
];

const LEGACY: readonly Scene[] = [
  {
    name: 'legacy-users',
    title: 'Legacy: the users, a million as well as a thousand',
    wide: true,
    show: at('legacy/users'),
  },
  {
    name: 'legacy-query',
    title: 'Legacy: the users query, tried before it is saved',
    show: async (app, scenery) => {
      await at('legacy/query')(app, scenery);
      const { page } = app;
      await page.getByText('A SELECT', { exact: true }).click();
      await page
        .getByLabel('SELECT', { exact: true })
        .fill(
          "SELECT u.*, u.first_name || ' ' || u.last_name AS full_name\nFROM app_users u\nWHERE u.status <> 'deleted'",
        );
      await page.keyboard.press('Control+Enter');
      await page.getByRole('table', { name: 'First rows of the users query' }).waitFor();
    },
    leave: async ({ page }) => page.getByRole('button', { name: 'Throw away' }).click(),
  },
  {
    name: 'legacy-mapping',
    title: 'Legacy: the mapping with what becomes of real rows',
    show: at('legacy/mapping'),
  },
  {
    name: 'legacy-formats',
    title: 'Legacy: hash formats',
    show: async (app, scenery) => {
      await at('legacy/formats')(app, scenery);
      const count = app.page.getByRole('main').getByRole('button', { name: 'Recognise the hashes' });
      await count.click();
      await app.page.getByRole('main').getByText('bcrypt').first().waitFor({ timeout: 30_000 });
    },
  },
  { name: 'legacy-schema', title: 'Legacy: tables and columns', show: at('legacy/schema') },
  { name: 'legacy-connection', title: 'Legacy: the connection', show: at('legacy/connection') },
];

const SCRIPTS: readonly Scene[] = [
  {
    name: 'scripts',
    title: 'Scripts: a login tried with a real password',
    wide: true,
    show: async (app, scenery) => {
      await at('scripts/login')(app, scenery);
      const { page } = app;
      const [identifier, password] = scenery.credentials;
      await page.locator('.cm-content').waitFor();
      await page.getByLabel('Identifier').fill(identifier);
      await page.getByRole('textbox', { name: 'Password', exact: true }).fill(password);
      await page.keyboard.press('Control+Enter');
      await settled(app, /from key press to answer/);
    },
  },
  {
    name: 'scripts-none',
    title: 'Scripts: a slot without a script',
    show: async (app, scenery) => {
      await at('scripts/verify')(app, scenery);
      await settled(app, 'The connection has no verify script');
    },
  },
  {
    name: 'scripts-templates',
    title: 'Scripts: the gallery of templates',
    show: async (app, scenery) => {
      await at('scripts/login')(app, scenery);
      await app.page.getByRole('button', { name: 'Templates' }).click();
      await app.page.getByRole('dialog').locator('.cm-content').nth(1).waitFor();
    },
    leave: escape,
  },
];

const TRIALS: readonly Scene[] = [
  { name: 'trials-empty', title: 'Trials, before the first', show: at('trials', 'fresh') },
  { name: 'trials-new', title: 'Setting up a trial, its cost beside it', wide: true, show: at('trials/new') },
  {
    name: 'trials-running',
    title: 'A trial that runs',
    show: async (app, scenery) => {
      await at('trials/new')(app, scenery);
      await app.page.getByRole('radio', { name: /^Profiles/ }).click();
      await app.page.getByLabel('Time limit of one run').fill('1');
      await app.page.keyboard.press('Control+Enter');
      await app.page.getByRole('button', { name: 'Pause' }).waitFor();
      // In full swing: some way through, with its rate and what failed so far.
      await app.page.getByText(/^([3-7]\d)(\.\d)?% done$/).waitFor({ timeout: 180_000 });
    },
    leave: async ({ page }) => {
      await page.getByText('finished').first().waitFor({ timeout: 180_000 });
    },
  },
  { name: 'trials', title: 'All trials of a project', show: at('trials') },
  {
    name: 'trials-compare',
    title: 'Two trials compared: what an edit fixed and broke',
    show: async (app, scenery) => at(`trials/compare/${scenery.bulk.join('/')}`)(app, scenery),
  },
  {
    name: 'confirm',
    title: 'A question before what cannot be undone',
    show: async (app, scenery) => {
      await at('trials')(app, scenery);
      await app.page.getByRole('button', { name: `More for ${scenery.bulk[0]}` }).click();
      await app.page.getByRole('menuitem', { name: 'Delete' }).click();
      await app.page.getByRole('dialog').waitFor();
    },
    leave: escape,
  },
];

const REPORT: readonly Scene[] = [
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

const PLAN: readonly Scene[] = [
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

const AUDIT: readonly Scene[] = [
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

const EXPORT: readonly Scene[] = [
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

const REST: readonly Scene[] = [
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

/** In the order of a walk: each scene starts where the last one left off. */
export const SCENES: readonly Scene[] = [
  ...HOME,
  ...LEGACY,
  ...SCRIPTS,
  ...TRIALS,
  ...REPORT,
  ...PLAN,
  ...AUDIT,
  ...EXPORT,
  ...REST,
];
