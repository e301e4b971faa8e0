import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, describe, expect, it } from 'vitest';
import { closeBrowser } from '#test/app.ts';
import { inScripts } from '#test/script-screen.ts';

afterAll(closeBrowser);

const TYPED = `function login(email, password, callback) {
  console.warn('trying', email);
  callback(null, { user_id: 'typed-1', email });
}
`;
const THROWS = `function login(email, password, callback) {
  const row = null;
  callback(null, row.profile);
}
`;
const NEVER = `function login(email, password, callback) {
  setInterval(() => console.log('still here'), 50);
}
`;

/** The parts of the result as their headings count them. */
async function parts(page: Page): Promise<readonly string[]> {
  const heads = await page.getByRole('tabpanel').locator('button[aria-expanded]').allInnerTexts();
  return heads.map((text) => text.replaceAll(/\s+/g, ' ').trim());
}

describe('a try', () => {
  it('runs the text of the editor and saves nothing', async () => {
    await inScripts(async ({ page, type, fill, file, result, try: run }) => {
      const before = file('login');
      await fill({ identifier: 'ada@example.com', password: 'correct horse' });
      await type(TYPED);
      await run();
      expect({
        value: JSON.parse(
          await page.getByRole('region', { name: 'What it called back' }).innerText(),
        ) as unknown,
        printed: await result.getByText('trying ada@example.com').count(),
        parts: await parts(page),
        onDisk: file('login') === before,
      }).toEqual({
        value: { user_id: 'typed-1', email: 'ada@example.com' },
        printed: 1,
        parts: ['Time', 'Console 1', 'Statements and requests 0', 'Connections 0', 'Same user in get_user'],
        onDisk: true,
      });
    });
  });

  it('shows where the time went, what went over the wire and what stayed open', async () => {
    await inScripts(async ({ page, fill, account, result, try: run }) => {
      await fill(account());
      await run();
      const shown = await result.innerText();
      expect({
        parts: (await parts(page)).filter((part) => /Time|Statements|Connections/.test(part)),
        time: ['script', 'database', 'hashing', 'waiting'].filter((part) => shown.includes(part)),
        statement: /GET 127\.0\.0\.1:\d+\/users/.test(shown),
        connection: /1: 127\.0\.0\.1:\d+\s+no TLS/.test(shown),
      }).toEqual({
        parts: ['Time', 'Statements and requests 1', 'Connections 1'],
        time: ['script', 'database', 'hashing', 'waiting'],
        statement: true,
        connection: true,
      });
    });
  });

  it('leads from an error to its line', async () => {
    await inScripts(async ({ page, type, fill, result, try: run }) => {
      await fill({ identifier: 'ada@example.com', password: 'x' });
      await type(THROWS);
      await run();
      await result.getByText('TypeError').first().waitFor();
      await result.getByRole('button', { name: 'line 3' }).first().click();
      expect((await page.locator('.cm-activeLine').innerText()).trim()).toBe('callback(null, row.profile);');
    });
  });

  it('can be cancelled while a script never calls back, and the next one runs', async () => {
    await inScripts(async ({ page, type, fill, try: run }) => {
      await fill({ identifier: 'ada@example.com', password: 'x' });
      await type(NEVER);
      await page.keyboard.press('Control+Enter');
      await page.getByText('Running…').waitFor();
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByText('Cancelled. The script was stopped').waitFor();
      await type(TYPED);
      await run();
      await page.getByText('typed-1').first().waitFor();
    });
  });

  it('runs every standard scenario and keeps a history of them', async () => {
    await inScripts(async ({ page, fill, account, try: run }) => {
      await fill(account());
      await run();
      await page.getByRole('button', { name: 'Wrong password' }).click();
      await page.getByText('Should: WrongUsernameOrPasswordError').waitFor();
      const others = [
        'Unknown user',
        'Identifier in another case',
        'By username',
        'Twice in a row',
        'Database down',
        'Database slow',
      ];
      for (const name of others) {
        await page.getByRole('button', { name: 'More scenarios' }).click();
        await page.getByRole('menuitem', { name: new RegExp(`^${name}`) }).click();
        await page.getByText(new RegExp(`^${name} · `)).waitFor();
      }
      await page.getByRole('tab', { name: 'History' }).click();
      const items = await page.getByRole('tabpanel').getByRole('listitem').allInnerTexts();
      const ended = items.map((text) =>
        text
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean),
      );
      expect(ended.map(([status, scenario, , ending]) => `${scenario}: ${status}, ${ending}`)).toEqual([
        'Database slow: ok, called-back',
        'Database down: ok, Error',
        'Twice in a row: ok, called-back',
        'By username: ok, called-back',
        'Identifier in another case: ok, called-back',
        'Unknown user: ok, WrongUsernameOrPasswordError',
        'Wrong password: ok, WrongUsernameOrPasswordError',
        'As typed: ok, called-back',
      ]);
      await page
        .getByRole('button', { name: /Wrong password/ })
        .last()
        .click();
      await page.getByText(/^Wrong password · /).waitFor();
    });
  });

  it('compares the profile with the one of get_user, as it is typed there', async () => {
    await inScripts(async ({ page, fill, account, editor, file, type, try: run }) => {
      await fill(account());
      await run();
      await page.getByRole('button', { name: 'Compare with get_user' }).click();
      await page.getByText('Both give the same profile.').waitFor();
      await page.getByRole('tab', { name: 'get_user', exact: true }).click();
      await editor
        .filter({ hasText: 'function getByEmail' })
        .or(editor.filter({ hasText: 'callback' }))
        .waitFor();
      const changed = file('get_user').replace(
        'email_verified: Number(row.email_confirmed) === 1',
        "email_verified: 'perhaps', nickname: 'Ada'",
      );
      expect(changed).not.toBe(file('get_user'));
      await type(changed);
      await page.getByRole('tab', { name: 'get_user, not saved' }).waitFor();
      await page.getByRole('tab', { name: 'login', exact: true }).click();
      await page.getByRole('button', { name: 'Compare with get_user' }).click();
      const table = page.getByRole('table').filter({ hasText: 'get_user' });
      await table.waitFor();
      const rows = await table.getByRole('row').allInnerTexts();
      expect(rows.map((row) => row.split('\t').map((cell) => cell.trim()))).toEqual([
        ['Field', 'login', 'get_user'],
        ['email_verified', expect.stringMatching(/true|false/) as string, '"perhaps"'],
        ['nickname', 'not there', '"Ada"'],
      ]);
    });
  });

  it('runs the project’s Actions after the script', async () => {
    await inScripts(async ({ page, fill, account, result, try: run }) => {
      await fill(account());
      await page.getByRole('combobox', { name: 'After the script' }).click();
      await page.getByRole('option', { name: 'Actions', exact: true }).click();
      await run();
      await result.getByRole('button', { name: 'After the script' }).waitFor();
      const steps = await result
        .getByRole('listitem')
        .filter({ hasText: 'onExecutePostLogin' })
        .allInnerTexts();
      expect(steps.map((step) => step.split('\n').filter(Boolean)[1])).toEqual([
        'deny-accounts-on-hold',
        'add-shop-claims',
        'note-first-login',
      ]);
    });
  });

  it('says what is missing in the form, and needs no password where none matters', async () => {
    await inScripts(async ({ page, fill }) => {
      await page.getByRole('button', { name: /^Try/ }).click();
      await page.getByText('Say which user it is').waitFor();
      await page.getByText('login needs a password').waitFor();
      await fill({ identifier: 'nobody@example.com' });
      await page.getByRole('button', { name: 'Wrong password' }).click();
      await page.getByText(/^Wrong password · nobody@example.com/).waitFor();
    });
  });

  it('takes the user from the address, by key', async () => {
    await inScripts(async ({ page, open, type, try: run, fill, result }) => {
      await open('scripts/login?identifier=key%3A1003');
      await expect.poll(() => page.getByLabel('Identifier').inputValue()).toBe('key:1003');
      await fill({ password: 'x' });
      await type(TYPED);
      await run();
      // The script gets what this person would type, not the key.
      await result.getByText(/trying .+@.+/).waitFor();
    });
  });

  it('keeps passwords out of the page’s text, its stores and the project', async () => {
    await inScripts(async ({ page, type, fill, project, try: run }) => {
      const password = 'Tr0ub4dor-and-three';
      await fill({ identifier: 'ada@example.com', password });
      await type(TYPED);
      await run();
      await page.getByRole('tab', { name: 'History' }).click();
      const seen = await page.evaluate(() => ({
        text: document.body.innerText,
        stores: JSON.stringify([localStorage, sessionStorage]),
        address: window.location.href,
      }));
      expect({
        text: seen.text.includes(password),
        stores: seen.stores.includes(password),
        address: seen.address.includes(password),
        secrets: readFileSync(join(project, '.userferry/secrets.json'), 'utf8').includes(password),
      }).toEqual({ text: false, stores: false, address: false, secrets: false });
    });
  });

  it('shows the last result again after another screen, and follows a file that changed meanwhile', async () => {
    await inScripts(async ({ page, open, editor, path, type, fill, try: run }) => {
      await fill({ identifier: 'ada@example.com', password: 'x' });
      await type(TYPED);
      await run();
      await page.keyboard.press('Control+s');
      await page.getByRole('tab', { name: 'login', exact: true }).waitFor();
      await open('assumptions');
      await page.getByRole('heading', { name: 'Assumptions' }).waitFor();
      writeFileSync(path('login'), TYPED.replace('typed-1', 'elsewhere-1'));
      await open('scripts/login');
      await page.getByText('from key press to answer').waitFor();
      await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
      await editor.filter({ hasText: 'elsewhere-1' }).waitFor();
    });
  });
});

describe('accessibility of a try', () => {
  it.each(['light', 'dark'] as const)(
    'empty, result, comparison, menu, error and history, %s',
    async (colours) => {
      await inScripts(
        async ({ page, fill, account, type, axe, try: run }) => {
          const found: Record<string, readonly string[]> = { empty: await axe() };
          await fill(account());
          await run();
          await page.getByRole('button', { name: 'Compare with get_user' }).click();
          await page.getByText('Both give the same profile.').waitFor();
          found['result'] = await axe();
          await page.getByRole('button', { name: 'More scenarios' }).click();
          await page.getByRole('menuitem').first().waitFor();
          found['menu'] = await axe();
          await page.keyboard.press('Escape');
          await type(THROWS);
          await run();
          await page.getByText('TypeError').first().waitFor();
          found['error'] = await axe();
          await page.getByRole('tab', { name: 'History' }).click();
          found['history'] = await axe();
          expect(found).toEqual({ empty: [], result: [], menu: [], error: [], history: [] });
        },
        { colours },
      );
    },
  );
});
