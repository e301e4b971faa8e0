import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { inProject, type OpenProject } from '#test/in-app.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

interface Account {
  readonly identifier: string;
  readonly password: string;
}

/** The Scripts screen with what its tests do again and again. */
export interface ScriptScreen extends OpenProject {
  readonly project: string;
  readonly editor: Locator;
  readonly result: Locator;
  /** A script of the connection as it lies on the disk. */
  readonly file: (slot: string) => string;
  readonly path: (slot: string) => string;
  /** Replaces the text of the editor. */
  readonly type: (text: string) => Promise<void>;
  /** A test account of the sample whose password is known. */
  readonly account: () => Account;
  readonly fill: (account: Partial<Account>) => Promise<void>;
  /** Tries with the keyboard from the editor and waits for the answer. */
  readonly try: () => Promise<void>;
}

/** Uses the Scripts screen of a sample project with the editor of a slot ready. */
export async function inScripts(
  use: (screen: ScriptScreen) => Promise<void>,
  { colours = 'light', at = 'login' }: { colours?: 'light' | 'dark'; at?: string } = {},
): Promise<void> {
  const home = temporaryFolder('app');
  const project = await sqliteSampleProject(join(home, 'acme'), { users: 300 });
  await inProject(project, { home, colours }, async (app) => {
    const { page } = app;
    const editor = page.locator('.cm-content');
    const result = page.getByRole('tabpanel');
    const path = (slot: string): string => join(project, 'database-connections/acme-customers', `${slot}.js`);
    await app.open(`scripts/${at}`);
    await editor.waitFor();
    await use({
      ...app,
      project,
      editor,
      result,
      path,
      file: (slot) => readFileSync(path(slot), 'utf8'),
      type: async (text) => {
        await editor.click();
        await page.keyboard.press('Control+a');
        await page.keyboard.insertText(text);
      },
      account: () => {
        const lines = readFileSync(join(project, '.userferry/credentials.csv'), 'utf8').split('\n');
        const [identifier = '', password = ''] = (lines[1] ?? '').trim().split(',');
        return { identifier, password };
      },
      fill: async ({ identifier, password }) => {
        if (identifier !== undefined) await page.getByLabel('Identifier').fill(identifier);
        if (password !== undefined) await page.getByRole('textbox', { name: 'Password' }).fill(password);
      },
      try: async () => {
        await editor.click();
        await page.keyboard.press('Control+Enter');
        await page.getByText('from key press to answer').waitFor();
        await page.getByText('Running…').waitFor({ state: 'detached' });
      },
    });
  });
}
