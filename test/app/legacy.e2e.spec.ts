import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { closeBrowser } from '#test/app.ts';
import { inProject, type OpenProject } from '#test/in-app.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

afterAll(closeBrowser);

interface Legacy extends OpenProject {
  readonly project: string;
  readonly settings: () => Record<string, unknown>;
}

async function inLegacy(
  use: (app: Legacy) => Promise<void>,
  colours: 'light' | 'dark' = 'light',
): Promise<void> {
  const home = temporaryFolder('app');
  const project = await sqliteSampleProject(join(home, 'acme'), { users: 300 });
  await inProject(project, { home, colours }, (app) =>
    use({
      ...app,
      project,
      settings: () => JSON.parse(readFileSync(join(project, 'userferry.json'), 'utf8')) as never,
    }),
  );
}

describe('the users of the legacy store', () => {
  it('are walked with the keyboard, copied cell by cell and opened in Try', async () => {
    await inLegacy(async ({ page, open }) => {
      await open('legacy/users');
      const grid = page.getByRole('grid', { name: 'Legacy users' });
      await grid.getByText('1003', { exact: true }).waitFor();
      await grid.focus();
      await page.keyboard.press('Control+End');
      const last = page.locator('[role=row][aria-rowindex="301"]');
      await last.waitFor();
      await expect.poll(() => last.getAttribute('aria-busy')).toBe('false');
      await page.keyboard.press('Home');
      const key = await last.getByRole('gridcell').first().innerText();
      await page.keyboard.press('Control+c');
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.getByLabel('Identifier').inputValue()).toBe(`key:${key}`);
      expect({ copied, number: /^\d+$/.test(key) }).toEqual({ copied: key, number: true });
    });
  });

  it('are masked until asked for, keep their place in the list, and never show a hash', async () => {
    await inLegacy(async ({ page, open, project }) => {
      const store = new DatabaseSync(join(project, 'legacy.db'), { readOnly: true });
      const rows = store.prepare('SELECT id, email, pw_hash FROM app_users ORDER BY id').all() as {
        id: number;
        email: string | null;
        pw_hash: string | null;
      }[];
      store.close();
      await open('legacy/users');
      const grid = page.getByRole('grid', { name: 'Legacy users' });
      await grid.getByText(String(rows[0]?.id), { exact: true }).waitFor();
      await grid.focus();
      for (let press = 0; press < 3; press += 1) await page.keyboard.press('PageDown');
      const seen = async () => {
        const first = Number(await grid.getByRole('row').nth(1).getAttribute('aria-rowindex'));
        const text = await grid.innerText();
        const shown = rows.slice(first - 2, first + 10);
        return {
          first,
          emails: shown.filter(({ email }) => email !== null && text.includes(email)).length > 5,
          hashes: shown.some(({ pw_hash }) => pw_hash !== null && text.includes(pw_hash)),
        };
      };
      const masked = await seen();
      await page.getByRole('button', { name: 'Show personal data' }).click();
      await page.getByText('Personal data is shown.').waitFor();
      await expect.poll(async () => (await seen()).emails).toBe(true);
      expect({ masked, shown: await seen() }).toEqual({
        masked: { first: masked.first, emails: false, hashes: false },
        shown: { first: masked.first, emails: true, hashes: false },
      });
      expect(masked.first).toBeGreaterThan(20);
    });
  });

  it('are counted anew when the database has changed', async () => {
    await inLegacy(async ({ page, open, project }) => {
      await open('legacy/users');
      await page.getByText('300 legacy users').waitFor();
      const store = new DatabaseSync(join(project, 'legacy.db'));
      store.exec('DELETE FROM app_users WHERE id = (SELECT max(id) FROM app_users)');
      store.close();
      await page.getByRole('button', { name: 'Count anew' }).click();
      await page.getByText('299 legacy users').waitFor();
    });
  });
});

describe('the schema', () => {
  it('is found by table and column, with types and keys', async () => {
    await inLegacy(async ({ page, open, project }) => {
      const store = new DatabaseSync(join(project, 'legacy.db'));
      store.exec('CREATE TABLE orders (number TEXT PRIMARY KEY, total REAL NOT NULL)');
      store.close();
      await open('legacy/schema');
      await page.getByRole('button', { name: /^app_users/ }).waitFor();
      await page.getByLabel('Find a table or column').fill('TOTAL');
      await page.getByRole('button', { name: /^app_users/ }).waitFor({ state: 'detached' });
      await page.getByRole('button', { name: /^orders/ }).press('Enter');
      const rows = await page.getByRole('region', { name: 'Columns' }).getByRole('row').allInnerTexts();
      expect(rows.map((row) => row.split('\t').map((cell) => cell.trim()))).toEqual([
        ['Column of orders', 'Type', 'May be NULL', 'Key'],
        ['number', 'text', expect.stringMatching(/yes|no/) as string, 'primary key, 1'],
        ['total', 'real', 'no', ''],
      ]);
      await page.getByLabel('Find a table or column').fill('nothing like it');
      await page.getByText('Nothing is called that.').waitFor();
    });
  });
});

describe('the users query', () => {
  it('is tried without saving, kept over a reload, saved and taken back', async () => {
    await inLegacy(async ({ page, open, settings, axe }) => {
      await open('legacy/query');
      await page.getByText('A SELECT', { exact: true }).click();
      await page
        .getByLabel('SELECT', { exact: true })
        .fill('SELECT id, email, lower(login_name) AS handle FROM app_users WHERE id > 1010');
      await page.keyboard.press('Control+Enter');
      const rows = page.getByRole('table', { name: 'First rows of the users query' });
      await rows.getByRole('columnheader', { name: 'handle' }).waitFor();
      const masked = await rows.getByRole('row').nth(1).innerText();
      const unsaved = settings()['users'];
      expect(await axe()).toEqual([]);
      await page.reload();
      expect(await page.getByLabel('SELECT', { exact: true }).inputValue()).toContain('AS handle');
      await page.keyboard.press('Control+s');
      await page.getByText('The users query is saved.').waitFor();
      const saved = settings()['users'];
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect.poll(() => settings()['users']).toEqual(unsaved);
      expect({ masked: /^10\d\d\t\w\*\*\*.*@/.test(masked), unsaved, saved }).toEqual({
        masked: true,
        unsaved: { table: 'app_users', key: ['id'] },
        saved: {
          query: 'SELECT id, email, lower(login_name) AS handle FROM app_users WHERE id > 1010',
          key: ['id'],
        },
      });
    });
  });

  it('says what the database has against it, and takes a condition and another key', async () => {
    await inLegacy(async ({ page, open, settings, axe }) => {
      await open('legacy/query');
      await page.getByLabel('Only rows where').fill('no_such_column = 1');
      await page.getByRole('button', { name: 'Try it' }).click();
      await page.getByRole('alert').filter({ hasText: 'no_such_column' }).waitFor();
      expect(await axe()).toEqual([]);
      await page.getByLabel('Only rows where').fill('is_locked = 1');
      await page.getByRole('button', { name: 'Try it' }).click();
      await page.getByRole('table', { name: 'First rows of the users query' }).waitFor();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect
        .poll(() => settings()['users'])
        .toEqual({ table: 'app_users', where: 'is_locked = 1', key: ['id'] });
    });
  });
});

describe('the mapping', () => {
  it('shows at once what becomes of real rows, and keeps the draft over a reload', async () => {
    await inLegacy(async ({ page, open, settings }) => {
      await open('legacy/mapping');
      const sample = page.getByRole('region', { name: 'Sample user 1' });
      await sample.getByText('importable as').first().waitFor();
      await page.getByRole('button', { name: 'Next sample user' }).click();
      await page.getByRole('region', { name: 'Sample user 2' }).waitFor();
      await page.getByRole('button', { name: 'Previous sample user' }).click();
      const nickname = page.getByRole('combobox', { name: 'Column for Nickname' });
      await nickname.click();
      await page.getByRole('option', { name: 'status' }).click();
      await sample.getByRole('rowheader', { name: 'nickname' }).waitFor();
      await page.reload();
      await expect.poll(() => nickname.inputValue()).toBe('status');
      expect(settings()['fields']).not.toHaveProperty('nickname');
      await page.keyboard.press('Control+s');
      await expect.poll(() => settings()['fields']).toMatchObject({ nickname: 'status', id: 'id' });
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect.poll(() => settings()['fields']).not.toHaveProperty('nickname');
      await expect.poll(() => nickname.inputValue()).toBe('');
    });
  });

  it('proposes one from the columns, and throws it away and back again', async () => {
    await inLegacy(async ({ page, open, project, settings }) => {
      const file = join(project, 'userferry.json');
      writeFileSync(file, JSON.stringify({ ...settings(), fields: { id: 'id', email: 'avatar' } }));
      await open('legacy/mapping');
      const email = page.getByRole('combobox', { name: 'Column for E-mail', exact: true });
      await expect.poll(() => email.inputValue()).toBe('avatar');
      await page.getByRole('button', { name: 'Propose' }).click();
      await expect.poll(() => email.inputValue()).toBe('email');
      await page.getByRole('button', { name: 'Throw away' }).click();
      await expect.poll(() => email.inputValue()).toBe('avatar');
      await page.getByRole('button', { name: 'Undo' }).last().click();
      await expect.poll(() => email.inputValue()).toBe('email');
      expect(settings()['fields']).toEqual({ id: 'id', email: 'avatar' });
    });
  });

  it('says what is wrong with a column that is not there, and keeps the lists to pick from', async () => {
    await inLegacy(async ({ page, open, project, settings }) => {
      const file = join(project, 'userferry.json');
      writeFileSync(file, JSON.stringify({ ...settings(), fields: { id: 'id', email: 'e_mail' } }));
      await open('legacy/mapping');
      await page
        .getByText(/e_mail/)
        .first()
        .waitFor();
      const email = page.getByRole('combobox', { name: 'Column for E-mail', exact: true });
      expect(await email.inputValue()).toBe('e_mail');
      await email.click();
      await page.getByRole('option', { name: 'email', exact: true }).click();
      await page.getByRole('region', { name: 'Sample user 1' }).waitFor();
    });
  });

  it('leads to the settings file where the settings cannot be read', async () => {
    await inLegacy(async ({ page, open, project, settings }) => {
      await open('legacy/mapping');
      await page.getByRole('region', { name: 'Sample user 1' }).waitFor();
      writeFileSync(join(project, 'userferry.json'), JSON.stringify({ ...settings(), fields: {} }));
      await open('legacy/connection');
      await page.reload();
      await page.getByRole('link', { name: 'Open userferry.json' }).click();
      await page.getByLabel('Text of userferry.json').waitFor();
    });
  });
});

describe('the hash formats', () => {
  it('are told with the way that each can go', async () => {
    await inLegacy(async ({ page, open }) => {
      await open('legacy/formats');
      await page.getByRole('button', { name: 'Recognise the hashes' }).click();
      const row = page.getByRole('row', { name: /^bcrypt-2b/ });
      await row.waitFor();
      const facts = await page.locator('dl dd').allInnerTexts();
      const sum = facts.reduce((total, text) => total + Number(text.split(/\s/)[0]?.replaceAll(',', '')), 0);
      expect({ sum, way: (await row.innerText()).includes('imported as') }).toEqual({ sum: 300, way: true });
      await open('legacy/schema');
      await open('legacy/formats');
      await row.waitFor();
    });
  });
});

describe('the connection', () => {
  it('is tested as it stands, kept over a reload, saved and taken back', async () => {
    await inLegacy(async ({ page, open, project, settings }) => {
      copyFileSync(join(project, 'legacy.db'), join(project, 'copy.db'));
      await open('legacy/connection');
      const file = page.getByLabel('File', { exact: true });
      await file.fill('nowhere.db');
      await page.keyboard.press('Enter');
      await page
        .getByRole('alert')
        .getByText(/nowhere\.db/)
        .waitFor();
      await file.fill('copy.db');
      await page.reload();
      expect(await file.inputValue()).toBe('copy.db');
      await page.getByRole('button', { name: 'Test the connection' }).click();
      await page.getByText(/^Connected to SQLite/).waitFor();
      await page.getByText(/^Read-only: /).waitFor();
      expect(settings()['legacy']).toEqual({ engine: 'sqlite', file: 'legacy.db' });
      await page.keyboard.press('Control+s');
      await expect.poll(() => settings()['legacy']).toEqual({ engine: 'sqlite', file: 'copy.db' });
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect.poll(() => settings()['legacy']).toEqual({ engine: 'sqlite', file: 'legacy.db' });
    });
  });

  it('shows environment and read-only in the header of every screen', async () => {
    await inLegacy(async ({ page, open, project, settings }) => {
      const environment = { label: 'production', colour: 'red' };
      writeFileSync(join(project, 'userferry.json'), JSON.stringify({ ...settings(), environment }));
      await open('legacy/connection');
      const header = page.getByRole('region', { name: 'This project' });
      await header.getByText('production').waitFor();
      const panel = page.getByRole('region', { name: 'In use now' });
      expect({
        header: (await header.innerText()).includes('read-only'),
        colour: await header.getAttribute('data-environment'),
        panel: (await panel.innerText()).includes('production'),
      }).toEqual({ header: true, colour: 'red', panel: true });
    });
  });
});

describe('accessibility', () => {
  it.each(['light', 'dark'] as const)('of every tab, %s', async (colours) => {
    await inLegacy(async ({ page, open, axe }) => {
      const found: Record<string, readonly string[]> = {};
      const look = async (name: string): Promise<void> => void (found[name] = await axe());
      await open('legacy/users');
      await page.getByRole('grid').getByText('1003', { exact: true }).waitFor();
      await look('users');
      await open('legacy/mapping');
      await page.getByRole('region', { name: 'Sample user 1' }).waitFor();
      await look('mapping');
      await open('legacy/formats');
      await page.getByRole('button', { name: 'Recognise the hashes' }).waitFor();
      await look('no formats');
      await page.getByRole('button', { name: 'Recognise the hashes' }).click();
      await page.getByRole('row', { name: /^bcrypt-2b/ }).waitFor();
      await look('formats');
      await open('legacy/schema');
      await page.getByRole('button', { name: /^app_users/ }).waitFor();
      await look('schema');
      await open('legacy/connection');
      await page.getByText('PostgreSQL', { exact: true }).click();
      await page.getByRole('button', { name: 'Test the connection' }).click();
      await page.getByText('Say where the server is').waitFor();
      await look('connection');
      expect(found).toEqual({
        users: [],
        mapping: [],
        'no formats': [],
        formats: [],
        schema: [],
        connection: [],
      });
    }, colours);
  });

  it('goes from tab to tab with the arrow keys', async () => {
    await inLegacy(async ({ page, open }) => {
      await open('legacy/users');
      await page.getByRole('tab', { name: 'Users', exact: true }).focus();
      const selected = async (): Promise<string> =>
        page.locator('[role=tab][aria-selected=true]').innerText();
      const names: string[] = [];
      for (let press = 0; press < 5; press += 1) {
        await page.keyboard.press('ArrowRight');
        names.push(await selected());
      }
      expect(names).toEqual(['Users query', 'Mapping', 'Hash formats', 'Schema', 'Connection']);
    });
  });
});
