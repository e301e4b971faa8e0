import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Activity, type MenuModel, menuModelSchema } from '#contract/desktop.ts';
import { closeBrowser } from '#test/app.ts';
import { inProject } from '#test/in-app.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

const home = temporaryFolder('app-desktop');
const project = join(home, 'acme');
const other = join(home, 'other');

beforeAll(async () => {
  await sqliteSampleProject(project, { users: 300 });
  await sqliteSampleProject(other, { users: 300 });
});
afterAll(async () => {
  await closeBrowser();
  removeFolder(home);
});

interface Shell {
  readonly menus: MenuModel[];
  readonly activities: Activity[];
  readonly themes: string[];
  readonly saved: string[];
  choose(id: string): void;
  openProject(folder: string): void;
}

/**
 * Runs in the page before it loads: the functions of the preload script, with a port that carries the page's frames
 * over the socket of its own server. What the shell is told is kept for the test.
 */
function desktopShell(): void {
  const told = {
    menus: [] as unknown[],
    activities: [] as unknown[],
    themes: [] as unknown[],
    saved: [] as string[],
    choose: (_id: string): void => undefined,
    openProject: (_folder: string): void => undefined,
  };
  let protection = { state: 'unprotected', by: 'basic_text', consent: false };
  const page = window as unknown as Record<string, unknown>;
  page['toldShell'] = told;
  page['userferry'] = Object.freeze({
    platform: { os: 'linux', electron: '43.1.0', chromium: '150.0.0.0' },
    connectEngine: async (request: number) => {
      const { port1, port2 } = new MessageChannel();
      const socket = new WebSocket(`ws://${location.host}/engine`);
      socket.binaryType = 'arraybuffer';
      await new Promise((resolve) => socket.addEventListener('open', resolve));
      socket.addEventListener('message', ({ data }) =>
        port1.postMessage(data instanceof ArrayBuffer ? new Uint8Array(data) : data),
      );
      port1.addEventListener('message', ({ data }) => socket.send(data as string));
      port1.start();
      window.postMessage({ type: 'userferry:engine-port', request }, location.origin, [port2]);
    },
    pickFolder: async () => null,
    pickFile: async () => null,
    saveFile: async ({ suggestedName }: { suggestedName: string }) => {
      told.saved.push(suggestedName);
      return null;
    },
    reveal: async () => false,
    showMenu: async (model: unknown) => void told.menus.push(model),
    onMenuCommand: (listener: (id: string) => void) => {
      told.choose = listener;
      return () => undefined;
    },
    onOpenProject: (listener: (opened: { folder: string }) => void) => {
      told.openProject = (folder) => listener({ folder });
      return () => undefined;
    },
    showActivity: async (activity: unknown) => void told.activities.push(activity),
    setTheme: async (theme: unknown) => void told.themes.push(theme),
    secretProtection: async () => protection,
    secretConsent: async (consent: boolean) => (protection = { ...protection, consent }),
  });
}

const shellOf = (page: Page) => ({
  read: async <Name extends 'menus' | 'activities' | 'themes' | 'saved'>(name: Name) => {
    const told = await page.evaluate(
      (key) => (window as unknown as { toldShell: Shell }).toldShell[key],
      name,
    );
    return told as Shell[Name];
  },
  choose: (id: string) =>
    page.evaluate((chosen) => (window as unknown as { toldShell: Shell }).toldShell.choose(chosen), id),
  openProject: (folder: string) =>
    page.evaluate(
      (given) => (window as unknown as { toldShell: Shell }).toldShell.openProject(given),
      folder,
    ),
});

const OPTIONS = { home, beforeLoad: desktopShell };

describe('in the desktop shell', () => {
  it('shows native menus of the commands that can be run now, and runs what is chosen', async () => {
    await inProject(project, OPTIONS, async ({ page, open }) => {
      const shell = shellOf(page);
      await open('plan');
      await page.getByText('Nothing is worked out yet').waitFor();
      const itemsOf = async (): Promise<readonly string[]> => {
        const model = menuModelSchema.parse((await shell.read('menus')).at(-1));
        return model.menus.flatMap(({ title, items }) =>
          items.map((item) =>
            item.kind === 'separator' ? `${title} ---` : `${title} ${item.title} ${item.shortcut ?? ''}`,
          ),
        );
      };
      await expect
        .poll(itemsOf)
        .toEqual(
          expect.arrayContaining([
            'File Work out the plan mod+enter',
            'View Show all commands mod+k',
            'View ---',
            'View Go to Plan alt+5',
            'Help Keyboard shortcuts ?',
          ]),
        );
      await shell.choose('plan.make');
      await page.getByRole('region', { name: 'Order' }).waitFor();
      await shell.choose('go.settings');
      await page.waitForURL(/\/settings$/);
      await expect.poll(itemsOf).not.toContain('File Work out the plan mod+enter');
    });
  });

  it('opens the project that the system hands over, and tells the frame which one is open', async () => {
    await inProject(project, OPTIONS, async ({ page, open }) => {
      const shell = shellOf(page);
      await open('plan');
      await expect
        .poll(() => shell.read('activities'))
        .toContainEqual({ project: 'acme', running: false, done: null });
      await shell.openProject(other);
      await page.waitForURL(new RegExp(`${encodeURIComponent(other)}/legacy`));
    });
  });

  it('tells how far a trial has come, and that it is over', async () => {
    await inProject(project, OPTIONS, async ({ page, open }) => {
      const shell = shellOf(page);
      await open('trials/new');
      await page.getByText('Bulk', { exact: true }).first().click();
      await page.keyboard.press('Control+Enter');
      await page.getByText('finished').first().waitFor();
      await expect
        .poll(async () => (await shell.read('activities')).at(-1))
        .toEqual({
          project: 'acme',
          running: false,
          done: null,
        });
      expect((await shell.read('activities')).some(({ running }) => running)).toBe(true);
    });
  });

  it('passes the colours on and asks before secrets are kept unprotected', async () => {
    await inProject(project, OPTIONS, async ({ page, open, axe }) => {
      const shell = shellOf(page);
      await open('settings/app');
      await page.getByText('Nothing seals them here').waitFor();
      await page.getByText('basic_text').waitFor();
      expect(await axe()).toEqual([]);
      await page.getByRole('switch', { name: 'Keep them as text' }).click();
      await expect.poll(() => page.getByLabel('Keep them as text').isChecked()).toBe(true);
      await page.getByText('Dark', { exact: true }).click();
      await expect.poll(() => shell.read('themes')).toEqual(['system', 'dark']);
    });
  });
});
