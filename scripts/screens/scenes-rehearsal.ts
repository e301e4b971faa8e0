import { dirname } from 'node:path';
import { at, escape, settled, type Scene } from './scene.ts';

export const HOME: readonly Scene[] = [
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

export const LEGACY: readonly Scene[] = [
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
    leave: async ({ page }) => {
      await page.getByRole('button', { name: 'Throw away' }).click();
      // What says so would stand in the way of the next pictures.
      await page.reload();
      await page.getByText('Engine ready').waitFor();
    },
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

export const SCRIPTS: readonly Scene[] = [
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

export const TRIALS: readonly Scene[] = [
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
