import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Proof } from '#contract/proof.ts';
import { closeBrowser } from '#test/app.ts';
import { startEngine } from '#test/engine.ts';
import { inProject } from '#test/in-app.ts';
import { keyPair } from '#test/key-pair.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

const home = temporaryFolder('app-export');
const project = join(home, 'acme');
const ids: string[] = [];

beforeAll(async () => {
  await sqliteSampleProject(project, { users: 300 });
  const engine = startEngine();
  try {
    ids.push((await engine.trial({ project, kind: 'bulk' })).trial.id);
    ids.push((await engine.trial({ project, kind: 'lazy' })).trial.id);
  } finally {
    await engine.close();
  }
});
afterAll(async () => {
  await closeBrowser();
  removeFolder(home);
});

const proofOf = (folder: string) => JSON.parse(readFileSync(join(folder, 'proof.json'), 'utf8')) as Proof;

async function fillIn(page: Page, format: string, out: string): Promise<void> {
  await page.getByRole('radio', { name: new RegExp(`^${format}`) }).click();
  for (const id of ids) await page.getByRole('checkbox', { name: id }).check();
  await page.getByLabel('Folder to make', { exact: true }).fill(out);
  await page.getByLabel('Failed users that are accepted').fill('1000');
}

describe('Export', () => {
  it.each(['light', 'dark'] as const)('is accessible in every tab, %s', async (colours) => {
    await inProject(project, { home, colours }, async ({ page, open, axe }) => {
      const found: Record<string, readonly string[]> = {};
      for (const tab of ['new', 'made', 'verify']) {
        await open(`export/${tab}`);
        await page.getByRole('tabpanel').waitFor();
        await page.waitForLoadState('networkidle');
        found[tab] = await axe();
      }
      expect(found).toEqual({ new: [], made: [], verify: [] });
    });
  });

  it('writes every format from finished trials, and lists what was made', async () => {
    const current = join(home, 'connection.json');
    writeFileSync(
      current,
      JSON.stringify({
        id: 'con_1',
        name: 'acme-customers',
        strategy: 'auth0',
        options: { customScripts: { login: 'function login() {}' }, import_mode: true },
      }),
    );
    const formats = {
      'Deploy tool, directory': 'deploy-directory',
      'Deploy tool, YAML': 'deploy-yaml',
      Terraform: 'terraform',
      'Management API': 'management-api',
      'Import files': 'import-files',
      'End of migration': 'end-of-migration',
    };
    await inProject(project, { home }, async ({ page, open, axe }) => {
      await open('export');
      for (const [title, format] of Object.entries(formats)) {
        await fillIn(page, title, join(home, format));
        if (format === 'management-api')
          await page.getByLabel('The connection as the tenant has it now', { exact: true }).fill(current);
        if (format === 'import-files') await page.getByRole('switch', { name: /random password/ }).check();
        await page.keyboard.press('Control+Enter');
        await page
          .getByRole('status')
          .filter({ hasText: join(home, format) })
          .waitFor();
      }
      const made = await axe();
      await page.getByRole('tab', { name: 'Made from this project' }).click();
      await page.getByRole('cell', { name: 'Terraform', exact: true }).waitFor();
      expect({
        made,
        rows: await page.getByRole('row').count(),
        formats: Object.values(formats).map((format) => proofOf(join(home, format)).format),
      }).toEqual({ made: [], rows: 7, formats: Object.values(formats) });
    });
  });

  it('refuses what no trial stands for, and exports it labelled only when told to', async () => {
    const out = join(home, 'unvalidated');
    await inProject(project, { home }, async ({ page, open, axe }) => {
      await open('export');
      await page.getByLabel('Folder to make', { exact: true }).fill(out);
      await page.keyboard.press('Control+Enter');
      await page.getByRole('heading', { name: 'Nothing was written' }).waitFor();
      expect({ there: existsSync(out), axe: await axe() }).toEqual({ there: false, axe: [] });
      await page.getByRole('switch', { name: /labelled unvalidated/ }).check();
      await page.keyboard.press('Control+Enter');
      await page.getByRole('heading', { name: 'Written', exact: true }).waitFor();
      await page.getByText('unvalidated', { exact: true }).first().waitFor();
      expect(proofOf(out).scripts.map(({ standing }) => standing)).toEqual(['unvalidated', 'unvalidated']);
    });
  });

  it('signs, verifies with the key, and names the file of a later edit', async () => {
    const keys = keyPair(home, 'key');
    const out = join(home, 'signed');
    await inProject(project, { home }, async ({ page, open }) => {
      await open('export');
      await fillIn(page, 'Deploy tool, directory', out);
      await page.getByLabel('Sign the proof with', { exact: true }).fill(keys.privateKey);
      await page.keyboard.press('Control+Enter');
      await page.getByText('The proof is signed.').waitFor();
      await page.getByRole('button', { name: 'Verify it' }).click();
      // It is verified at once; the key is what is missing.
      await page.getByText('give the public key to check the signature').waitFor();
      await page.getByLabel('Public key', { exact: true }).fill(keys.publicKey);
      await page.keyboard.press('Enter');
      await page.getByText('Signed with this key.').waitFor();
      await page.getByRole('heading', { name: 'Nothing was changed' }).waitFor();
      const script = readdirSync(out, { recursive: true })
        .map(String)
        .find((path) => path.endsWith('login.js'));
      appendFileSync(join(out, script ?? ''), '// one more line\n');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: '1 file has changed since the export' }).waitFor();
      await page.getByRole('cell', { name: script ?? '', exact: true }).waitFor();
      expect(
        (await page.content()).includes(readFileSync(keys.privateKey, 'utf8').split('\n')[1] ?? ''),
      ).toBe(false);
    });
  });

  it('keeps the form over a reload', async () => {
    await inProject(project, { home }, async ({ page, open }) => {
      await open('export');
      await fillIn(page, 'Terraform', join(home, 'later'));
      await page.reload();
      await page.getByRole('tabpanel').waitFor();
      expect({
        format: await page.getByRole('radio', { name: /^Terraform/ }).isChecked(),
        out: await page.getByLabel('Folder to make', { exact: true }).inputValue(),
        trial: await page.getByRole('checkbox', { name: ids[0] ?? '' }).isChecked(),
      }).toEqual({ format: true, out: join(home, 'later'), trial: true });
    });
  });
});
