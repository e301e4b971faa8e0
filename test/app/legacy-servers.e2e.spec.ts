import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeBrowser } from '#test/app.ts';
import { describeWith } from '#test/describe-with.ts';
import { inProject } from '#test/in-app.ts';
import { manyPeopleProject, useTable } from '#test/many-people.ts';
import { mariadbMissing, startMariadb } from '#test/mariadb.ts';
import { type DatabaseServer, postgresqlMissing, startPostgresql } from '#test/postgresql.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

afterAll(closeBrowser);

const ROWS = 1_000_000;

/** The place in the list of the first row that can be seen, and whether it is filled. */
async function firstRow(page: Page): Promise<{ readonly at: number; readonly filled: boolean }> {
  return page.getByRole('grid').evaluate((grid) => {
    const { top } = grid.getBoundingClientRect();
    const rows = [...grid.querySelectorAll('[role=row][aria-busy]')];
    const first = rows.find((row) => row.getBoundingClientRect().bottom > top + 34 + 1);
    return {
      at: Number(first?.getAttribute('aria-rowindex')) - 2,
      filled: first?.getAttribute('aria-busy') === 'false',
    };
  });
}

describeWith('a million legacy users in PostgreSQL', postgresqlMissing(), () => {
  let server: DatabaseServer;
  const home = temporaryFolder('app');
  let project = '';
  beforeAll(async () => {
    server = await startPostgresql();
    project = await manyPeopleProject(join(home, 'acme'), server, ROWS);
  }, 180_000);
  afterAll(() => server.remove());

  it('are reached at any place, and wheel and keys move row by row there', async () => {
    await inProject(project, { home }, async ({ page, open }) => {
      await open('legacy/users');
      await page.getByText('1,000,000 legacy users').waitFor();
      const grid = page.getByRole('grid', { name: 'Legacy users' });
      await grid.focus();
      await page.keyboard.press('Control+End');
      await grid.getByText(String(ROWS), { exact: true }).waitFor();
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Home');
      await page.keyboard.press('Control+c');
      const copied = await page.evaluate(() => navigator.clipboard.readText());

      // A drag of the scroll bar to the middle.
      await grid.evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
      await expect.poll(async () => (await firstRow(page)).filled).toBe(true);
      const middle = (await firstRow(page)).at;
      const walked: number[] = [];
      await grid.hover();
      for (const wheel of [32, 32, -64]) {
        await page.mouse.wheel(0, wheel);
        const next = middle + [1, 2, 0][walked.length]!;
        await expect.poll(async () => (await firstRow(page)).at).toBe(next);
        walked.push(next);
      }
      const id = await grid.getByRole('row').nth(1).getByRole('gridcell').first().innerText();
      const row = Number(await grid.getByRole('row').nth(1).getAttribute('aria-rowindex'));
      expect({ copied, middle: Math.abs(middle - ROWS / 2) < 50, id: Number(id) - (row - 1) }).toEqual({
        copied: String(ROWS - 1),
        middle: true,
        id: 0,
      });
    });
  });

  it('are recognised by their hashes, which can be cancelled', async () => {
    await inProject(project, { home }, async ({ page, open }) => {
      await open('legacy/formats');
      await page.getByRole('button', { name: 'Recognise the hashes' }).click();
      await page.getByText(/Reading [\d,]+ of 1,000,000 legacy users/).waitFor();
      // It goes on while another tab is looked at.
      await open('legacy/schema');
      await page.getByRole('button', { name: /people/ }).waitFor();
      await open('legacy/formats');
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByText('Nobody has looked at the hashes yet').waitFor();
    });
  });

  it('leave out single rows that cannot be read, with the reason', async () => {
    await server.query(
      'CREATE VIEW aged AS SELECT id, email, full_name, pw_hash, created_at, years::integer AS years FROM people WHERE id < 50',
    );
    useTable(project, server, 'aged');
    await inProject(project, { home }, async ({ page, open }) => {
      await open('legacy/users');
      await page.getByText('49 legacy users').waitFor();
      const bad = page.locator('[role=row][aria-rowindex="4"]');
      await bad.getByText(/^Unreadable: column "years" cannot be read/).waitFor();
      const good = page.locator('[role=row][aria-rowindex="5"]').getByRole('gridcell').first();
      expect({ shown: (await bad.innerText()).includes('three'), next: await good.innerText() }).toEqual({
        shown: false,
        next: '4',
      });
    });
  });
});

interface ServerCase {
  readonly name: string;
  readonly title: string;
  readonly missing: string | null;
  readonly start: () => Promise<DatabaseServer>;
  readonly noDatabase: RegExp;
}

const CASES: readonly ServerCase[] = [
  {
    name: 'PostgreSQL',
    title: 'PostgreSQL',
    missing: postgresqlMissing(),
    start: startPostgresql,
    noDatabase: /has no database "nothing"/,
  },
  {
    name: 'MariaDB',
    title: 'MySQL, MariaDB',
    missing: mariadbMissing(),
    start: startMariadb,
    noDatabase: /has no database "nothing"/,
  },
];

for (const { name, title, missing, start, noDatabase } of CASES) {
  describeWith(`the connection to ${name}`, missing, () => {
    let server: DatabaseServer;
    beforeAll(async () => {
      server = await start();
    }, 120_000);
    afterAll(() => server.remove());

    it('tells in plain words what is wrong, and keeps the password in the secrets file only', async () => {
      const home = temporaryFolder('app');
      const project = await sqliteSampleProject(join(home, 'acme'), { users: 300 });
      await inProject(project, { home }, async ({ page, open }) => {
        const field = (label: string) => page.getByRole('textbox', { name: label, exact: true });
        const says = async (text: RegExp): Promise<void> => {
          await page.keyboard.press('Enter');
          await page.getByRole('alert').filter({ hasText: text }).waitFor();
        };
        await open('legacy/connection');
        await page.getByText(title, { exact: true }).click();
        await field('Host').fill('nowhere.invalid');
        await field('Port').fill(String(server.port));
        await field('Database').fill('nothing');
        await field('User').fill(server.user);
        await field('Password').fill('not the password');
        await says(/host name of .*nowhere\.invalid.* is not known here.*Check the spelling/s);
        await field('Host').fill(server.host);
        await says(/refused the password for user/);
        await field('Password').fill(server.password);
        await says(noDatabase);
        await field('Database').fill(server.database);
        await page.keyboard.press('Enter');
        await page.getByText(/^Connected to .+ in [\d.,]+ m?s$/).waitFor();
        await page.keyboard.press('Control+s');
        await page.getByText(/The connection is saved\./).waitFor();
        await page.getByRole('region', { name: 'This project' }).getByText(server.database).waitFor();
        const settings = readFileSync(join(project, 'userferry.json'), 'utf8');
        const secrets = JSON.parse(readFileSync(join(project, '.userferry/secrets.json'), 'utf8')) as unknown;
        const whole = await page.evaluate(
          () => document.documentElement.outerHTML + JSON.stringify(localStorage),
        );
        expect({
          reference: (JSON.parse(settings) as { legacy: { password: string } }).legacy.password,
          secrets,
          inSettings: settings.includes(server.password),
          inPage: whole.includes(server.password),
          field: await field('Password').inputValue(),
        }).toEqual({
          reference: '${secret:DB_PASSWORD}',
          secrets: { DB_PASSWORD: server.password },
          inSettings: false,
          inPage: false,
          field: '',
        });
      });
    });
  });
}
