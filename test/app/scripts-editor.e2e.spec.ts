import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { closeBrowser } from '#test/app.ts';
import { inScripts } from '#test/script-screen.ts';

afterAll(closeBrowser);

const EMPTY = 'function login(email, password, callback) {\n  ';
const FLAWED = `function login(email, password, callback) {
  const size = email.lenght;
  if (size > 3) callback(null, { user_id: '1', email });
}
`;

describe('the editor', () => {
  it('completes the names of the project’s configuration and typed members', async () => {
    await inScripts(async ({ page, type }) => {
      const list = page.locator('.cm-tooltip-autocomplete li');
      const after = async (typed: string): Promise<readonly string[]> => {
        await type(EMPTY);
        await page.keyboard.type(typed);
        await list.first().waitFor();
        return list.allInnerTexts();
      };
      const has = (lines: readonly string[], start: string): boolean =>
        lines.some((line) => line.startsWith(start));
      expect({
        configuration: new Set((await after('configuration.')).map((line) => line.split('\n')[0])),
        callback: has(await after('callback.ca'), 'call'),
        member: has(await after("require('crypto').createHm"), 'createHmac'),
        text: has(await after('email.toUpp'), 'toUpperCase'),
        module: has(await after("require('bcry"), 'bcrypt'),
      }).toEqual({
        configuration: new Set(['LEGACY_API_KEY', 'LEGACY_URL']),
        callback: true,
        member: true,
        text: true,
        module: true,
      });
    });
  });

  it('marks what the linter and the type checker find, in the line and in a list that leads to it', async () => {
    await inScripts(async ({ page, type, editor }) => {
      await type(FLAWED);
      const problems = page.getByRole('region', { name: 'Problems', exact: true });
      await problems.getByText('TS2551').waitFor();
      await problems.getByText('script.never-called-back').waitFor();
      await page.locator('.cm-lintRange').first().waitFor();
      await problems.getByRole('button', { name: /^login:2:/ }).click();
      expect({
        marked: await page.locator('.cm-lintRange').allInnerTexts(),
        line: (await page.locator('.cm-activeLine').innerText()).trim(),
        focused: await editor.evaluate((element) => element === document.activeElement),
      }).toEqual({
        marked: expect.arrayContaining(['lenght']) as string[],
        line: 'const size = email.lenght;',
        focused: true,
      });
      await type(FLAWED.replace('lenght', 'length').replace('if (size > 3) ', ''));
      await problems.getByText('TS2551').waitFor({ state: 'detached' });
    });
  });

  it('says that a script is too large, and stays usable with it', async () => {
    await inScripts(async ({ page, editor, file }) => {
      const long = `// ${'x'.repeat(96)}\n`.repeat(1100);
      await editor.click();
      await page.keyboard.press('Control+Home');
      await page.keyboard.insertText(long);
      await page.getByText('script.too-large').waitFor();
      await page.keyboard.press('Control+End');
      await page.keyboard.type('// the end');
      await page.locator('.cm-activeLine').filter({ hasText: '// the end' }).waitFor();
      expect({
        size: await page.getByText(/of 100 KB/).innerText(),
        onDisk: file('login').includes('xxxx'),
      }).toEqual({ size: '112.9 of 100 KB', onDisk: false });
    });
  });

  it('keeps a draft over a reload and a crash of the engine, and saves it from inside the editor', async () => {
    await inScripts(async ({ page, type, editor, file, killEngine }) => {
      const before = file('login');
      await type('// mine\n');
      await page.reload();
      await editor.getByText('// mine').waitFor();
      await killEngine();
      await page.keyboard.press('Alt+e');
      await page.keyboard.press('Control+End');
      await page.keyboard.insertText('// and more\n');
      await page.getByText('Engine ready').waitFor();
      const unsaved = await page.getByRole('tab', { name: 'login, not saved' }).count();
      expect({ unsaved, onDisk: file('login') }).toEqual({ unsaved: 1, onDisk: before });
      // The page may not have noticed yet that the engine was gone: then the first of these fails, and the draft stays.
      const save = async (): Promise<string> => {
        await page.keyboard.press('Control+s');
        return file('login');
      };
      await expect.poll(save, { interval: 500 }).toBe('// mine\n// and more\n');
      await page.getByRole('tab', { name: 'login', exact: true }).waitFor();
    });
  });

  it('keeps the line ends of the file, and does not take them for a change', async () => {
    await inScripts(
      async ({ page, open, path, file }) => {
        writeFileSync(path('login'), file('login').replaceAll('\n', '\r\n'));
        await open('scripts/login');
        await page.locator('.cm-content').filter({ hasText: 'function login' }).waitFor();
        expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
        await page.keyboard.press('Alt+e');
        await page.keyboard.press('Control+Home');
        await page.keyboard.insertText('// first\n');
        await page.keyboard.press('Control+s');
        await expect.poll(() => file('login')).toMatch(/^\/\/ first\r\nfunction login/);
        expect(file('login').replaceAll('\r\n', '')).not.toContain('\n');
      },
      { at: 'get_user' },
    );
  });

  it('does not save over what somebody else wrote since the draft began, and offers both ways out', async () => {
    await inScripts(async ({ page, type, editor, path, file }) => {
      await type('// mine\n');
      writeFileSync(path('login'), '// theirs\n');
      // A restart later the file is read anew; the draft still knows on what it began.
      await page.reload();
      await page.getByText('The file has changed on disk since you began to type').waitFor();
      await page.keyboard.press('Control+s');
      await page.getByRole('alert').filter({ hasText: 'changed on disk' }).waitFor();
      expect(file('login')).toBe('// theirs\n');
      await page.getByRole('button', { name: 'Take what is on disk' }).click();
      await editor.getByText('// theirs').waitFor();
      await page.getByRole('button', { name: 'Undo' }).click();
      await editor.getByText('// mine').waitFor();
      await page.getByRole('button', { name: 'Save mine over it' }).click();
      await expect.poll(() => file('login')).toBe('// mine\n');
      await page.getByRole('button', { name: 'Save mine over it' }).waitFor({ state: 'detached' });
    });
  });

  it('shows the difference before a template replaces the text, and takes it back', async () => {
    await inScripts(async ({ page, editor, file }) => {
      const before = file('login');
      await page.getByRole('button', { name: 'Templates' }).click();
      const gallery = page.getByRole('dialog', { name: 'Templates for login' });
      await gallery.getByRole('button', { name: /^MySQL or MariaDB/ }).click();
      await gallery.getByText('Tested against MariaDB').waitFor();
      const sides = gallery.locator('.cm-content');
      await sides.nth(1).filter({ hasText: 'mysql2' }).waitFor();
      const left = await sides.first().innerText();
      await gallery.getByRole('button', { name: 'Put it into the editor' }).click();
      await editor.filter({ hasText: 'mysql2' }).waitFor();
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByRole('tab', { name: 'login', exact: true }).waitFor();
      expect({
        left: left.startsWith('function login(userNameOrEmail'),
        back: (await editor.innerText()).startsWith('function login(userNameOrEmail'),
        onDisk: file('login') === before,
      }).toEqual({ left: true, back: true, onDisk: true });
    });
  });

  it('begins a script for a slot without one, and saving adds it to the connection', async () => {
    await inScripts(async ({ page, editor, file, project }) => {
      await page.getByRole('tab', { name: 'verify, no script yet' }).click();
      await page.getByText('The connection has no verify script').waitFor();
      await page.getByText('Nothing to try yet').waitFor();
      await page.getByRole('button', { name: 'Write one for this database' }).click();
      await editor.filter({ hasText: 'function verify(email, callback)' }).waitFor();
      await page.keyboard.press('Control+s');
      await page.getByRole('tab', { name: 'verify', exact: true }).waitFor();
      const json = readFileSync(join(project, 'database-connections/acme-customers/database.json'), 'utf8');
      const { options } = JSON.parse(json) as { options: { customScripts: Record<string, string> } };
      expect({
        text: file('verify').startsWith('function verify(email, callback)'),
        listed: options.customScripts['verify'],
      }).toEqual({ text: true, listed: './verify.js' });
    });
  });

  it('begins login with what the project’s database needs, its columns filled in', async () => {
    await inScripts(async ({ page, editor, project }) => {
      const folder = join(project, 'database-connections/acme-customers');
      const json = JSON.parse(readFileSync(join(folder, 'database.json'), 'utf8')) as {
        options: { customScripts: Record<string, string> };
      };
      delete json.options.customScripts['get_user'];
      writeFileSync(join(folder, 'database.json'), JSON.stringify(json));
      rmSync(join(folder, 'get_user.js'));
      await page.reload();
      await page.getByRole('tab', { name: 'get_user, no script yet' }).click();
      await page.getByRole('button', { name: 'Write one for this database' }).click();
      await editor.filter({ hasText: 'row.email_confirmed' }).waitFor();
      await page.keyboard.press('Control+s');
      await page.getByText('get_user is saved.').waitFor();
      // It runs as it is: the lookup service answers with rows under these names.
      await page.getByLabel('Identifier').fill('key:1003');
      await page.keyboard.press('Control+Enter');
      await page.getByText(/from key press to answer/).waitFor();
      await page.getByText('"user_id": "1003"').waitFor();
    });
  });

  it('can be left with the keyboard, and says how', async () => {
    await inScripts(async ({ page, type, editor }) => {
      const described = await editor.getAttribute('aria-describedby');
      const hint = await page.locator(`[id="${described ?? ''}"]`).innerText();
      await type('x');
      await page.keyboard.press('Tab');
      const inside = await editor.evaluate((element) => element === document.activeElement);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Tab');
      const left = await editor.evaluate((element) => element !== document.activeElement);
      expect({ hint, inside, left }).toEqual({
        hint: expect.stringContaining('press Escape, then Tab') as string,
        inside: true,
        left: true,
      });
    });
  });
});

describe('accessibility of the editor', () => {
  it.each(['light', 'dark'] as const)(
    'text, problems, gallery and a slot without a script, %s',
    async (colours) => {
      await inScripts(
        async ({ page, type, axe }) => {
          const found: Record<string, readonly string[]> = {};
          await type(FLAWED);
          await page.getByText('TS2551').waitFor();
          found['problems'] = await axe();
          await page.getByRole('button', { name: 'Templates' }).click();
          await page.getByRole('dialog').locator('.cm-content').nth(1).waitFor();
          found['gallery'] = await axe();
          await page.keyboard.press('Escape');
          await page.getByRole('tab', { name: /create/ }).click();
          await page.getByText('The connection has no create script').waitFor();
          found['none'] = await axe();
          expect(found).toEqual({ problems: [], gallery: [], none: [] });
        },
        { colours },
      );
    },
  );
});
