import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlanResult } from '#contract/plan.ts';
import { planHtml } from '#reporters/html/plan.ts';
import { planMarkdown } from '#reporters/plan-markdown.ts';
import { generateSample } from '#sample/generate-sample.ts';
import { sampleAccessLog, writeSampleAccessLog } from '#sample/access-log.ts';
import { closeBrowser } from '#test/app.ts';
import { startEngine } from '#test/engine.ts';
import { inProject, savedBy } from '#test/in-app.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { userferry } from '#test/userferry.ts';

const USERS = 400;
const home = temporaryFolder('app-plan');
const project = join(home, 'acme');
const log = join(home, 'logins.csv.gz');

beforeAll(async () => {
  const nowMs = Date.now();
  await sqliteSampleProject(project, { users: USERS, nowMs });
  const options = { seed: 1, now: nowMs, days: 300 };
  await writeSampleAccessLog(log, sampleAccessLog(generateSample({ ...options, users: USERS }), options));
  const engine = startEngine();
  try {
    await engine.trial({ project, kind: 'bulk' });
    await engine.trial({ project, kind: 'lazy', depth: 'profiles' });
  } finally {
    await engine.close();
  }
});
afterAll(async () => {
  await closeBrowser();
  removeFolder(home);
});

describe('Plan', () => {
  it.each(['light', 'dark'] as const)(
    'goes from nothing to files, a forecast, resets and dates, %s',
    async (colours) => {
      await inProject(project, { home, colours }, async ({ page, open, axe }) => {
        await open('plan');
        await page.getByText('Nothing is worked out yet').waitFor();
        const found = { empty: await axe() } as Record<string, readonly string[]>;
        await page.getByLabel('Days').fill('45');
        await page.getByLabel('Access log', { exact: true }).fill(log);
        await page.getByLabel('Only lines with').fill('event=login');
        await page.keyboard.press('Control+Enter');
        const forecast = page.getByRole('region', { name: 'Lazy coverage over time' });
        await forecast.getByText(/Data: /).waitFor();
        await page
          .getByRole('region', { name: 'What the plan rests on' })
          .getByText(/lines: [\d,]+ by legacy users/)
          .waitFor();
        found['chart'] = await axe();
        await forecast.getByText('Table', { exact: true }).click();
        await forecast.getByRole('columnheader', { name: 'Expected' }).waitFor();
        found['table'] = await axe();
        expect(found).toEqual({ empty: [], chart: [], table: [] });
      });
    },
  );

  it('says of every figure where it comes from, to the keyboard too', async () => {
    await inProject(project, { home }, async ({ page, open }) => {
      await open('plan');
      await page.getByText('Nothing is worked out yet').waitFor();
      await page.keyboard.press('Control+Enter');
      const files = page.getByRole('region', { name: 'Bulk import' }).getByRole('button').first();
      await files.focus();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Shift+Tab');
      await page
        .getByRole('tooltip')
        .filter({ hasText: /trial|measured/ })
        .first()
        .waitFor();
      // What was worked out is there after a look at another screen.
      await page.keyboard.press('Alt+8');
      await page.getByText('get-user-at-login').waitFor();
      await page.keyboard.press('Alt+5');
      await page.getByRole('region', { name: 'Order' }).getByText('recommended').waitFor();
    });
  });

  it('hands over the leftover list as the command line writes it, and prints itself without the frame', async () => {
    const file = join(home, 'by-cli.csv');
    await userferry(['-p', project, 'plan', '--leftovers', file]);
    await inProject(project, { home }, async ({ page, open }) => {
      await open('plan');
      await page.getByRole('main').getByRole('button', { name: 'Work it out' }).first().click();
      const list = page.getByRole('button', { name: 'Leftover list' });
      await list.waitFor();
      const saved = await savedBy(page, () => list.click());
      expect(saved).toEqual({ name: 'leftovers.csv', text: readFileSync(file, 'utf8') });
      // A cause has its menu at its button and at a right click.
      const causes = page.getByRole('region', { name: /^People who have to reset/ }).getByRole('row');
      await causes.nth(1).click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Users with it in the bulk trial' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('menuitem').first().waitFor({ state: 'detached' });
      // Nothing that is shown is a command of the command line.
      expect(await page.getByRole('main').innerText()).not.toMatch(
        /(^|\s)--[a-z]|userferry (trial|plan|check)/,
      );
      await page.emulateMedia({ media: 'print' });
      expect({
        frame: await page.getByRole('navigation', { name: 'Screens' }).isVisible(),
        form: await page.getByLabel('Days').isVisible(),
        plan: await page.getByText('What the cutover means').isVisible(),
      }).toEqual({ frame: false, form: false, plan: true });
    });
  });

  it('is saved as a page, as Markdown and for programs, as it stands on the screen', async () => {
    await inProject(project, { home }, async ({ page, open }) => {
      await open('plan');
      await page.getByRole('main').getByRole('button', { name: 'Work it out' }).first().click();
      const button = page.getByRole('button', { name: 'Save as' });
      const save = async (format: string) => {
        await button.click();
        return savedBy(page, () => page.getByRole('menuitem', { name: new RegExp(`^${format} `) }).click());
      };
      await button.waitFor();
      const json = await save('JSON');
      const plan = JSON.parse(json.text) as PlanResult;
      const [html, markdown] = [await save('HTML'), await save('Markdown')];
      const name = `userferry-plan-${plan.generatedAt.slice(0, 10)}`;
      expect([json.name, html, markdown]).toEqual([
        `${name}.json`,
        { name: `${name}.html`, text: planHtml(plan) },
        { name: `${name}.md`, text: planMarkdown(plan) },
      ]);
    });
  });

  it('refuses a forecast without logins, and keeps what was typed when a file is not there', async () => {
    const without = await sqliteSampleProject(join(home, 'without'), { users: 300 });
    const settings = join(without, 'userferry.json');
    const { fields, ...rest } = JSON.parse(readFileSync(settings, 'utf8')) as { fields: object };
    const { lastLogin: _gone, ...others } = fields as Record<string, unknown>;
    writeFileSync(settings, JSON.stringify({ ...rest, fields: others }));
    await inProject(without, { home }, async ({ page, open, axe }) => {
      await open('plan');
      await page.getByRole('main').getByRole('button', { name: 'Work it out' }).first().click();
      await page.getByText('The data do not carry a forecast').waitFor();
      await page.getByText('no finished bulk trial').waitFor();
      expect(await axe()).toEqual([]);
      await page.getByLabel('Access log', { exact: true }).fill(join(home, 'no-such.csv'));
      await page.keyboard.press('Control+Enter');
      await page.getByRole('alert').filter({ hasText: 'no-such.csv' }).waitFor();
      await page.reload();
      await page.getByRole('heading', { name: 'Plan' }).waitFor();
      expect(await page.getByLabel('Access log', { exact: true }).inputValue()).toContain('no-such.csv');
    });
  });

  it('names the consequences of a cutover that leaves the import no time', async () => {
    await inProject(project, { home }, async ({ page, open }) => {
      const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
      await open('plan');
      await page.getByLabel('Lazy phase from').fill(day(1));
      await page.getByLabel('Days').fill('30');
      await page.getByLabel('Cutover').fill(day(20));
      await page.keyboard.press('Control+Enter');
      await page.getByText(`cutover ${day(20)}`).waitFor();
      await page
        .getByRole('region', { name: 'What the plan lacks' })
        .getByText('plan.cutover', { exact: false })
        .first()
        .waitFor();
    });
  });
});
