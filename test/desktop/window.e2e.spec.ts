import { execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

type Desktop =
  | { readonly ok: true; readonly executable: string }
  | { readonly ok: false; readonly reason: string };
const root = fileURLToPath(new URL('../../', import.meta.url));
const { findDesktop } = (await import(new URL('../../scripts/electron-dist.mjs', import.meta.url).href)) as {
  readonly findDesktop: (root: string) => Desktop;
};

/** Runs by itself wherever there is a binary and a display, and says why where there is none. */
const desktop = findDesktop(root);
const why = desktop.ok ? '' : ` (skipped: ${desktop.reason})`;
const executable = desktop.ok ? desktop.executable : '';
/** Chromium’s own sandbox refuses to run as root; the product never says this. */
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

describe.skipIf(!desktop.ok)(`the desktop window${why}`, () => {
  const work = temporaryFolder('window');
  const userData = join(work, 'user-data');
  const args = [...asRoot, `--user-data-dir=${userData}`, root];
  const consoleErrors: string[] = [];
  let app: ElectronApplication;
  let page: Page;

  beforeAll(async () => {
    for (const script of ['scripts/build-renderer.mjs', 'scripts/build-desktop.ts']) {
      execFileSync(process.execPath, [join(root, script)], { cwd: root, stdio: 'pipe' });
    }
    app = await _electron.launch({ executablePath: executable, args });
    page = await app.firstWindow();
    page.on('console', (message) => {
      if (message.type() === 'error') consoleErrors.push(message.text());
    });
    await page.waitForFunction(() => document.querySelector('#root')?.childElementCount);
  });
  afterAll(() => app.close());

  /** Whether the page gets a port to an engine. */
  const connects = (request: number) =>
    page.evaluate(
      (number) =>
        new Promise<boolean>((resolve) => {
          window.addEventListener('message', ({ data, ports }) => {
            if ((data as { request?: number }).request === number) resolve(ports.length === 1);
          });
          void window.userferry!.connectEngine(number);
        }),
      request,
    );

  it('shows our page in a sandbox, with the frozen bridge and nothing of Node', async () => {
    const seen = await page.evaluate(() => ({
      url: location.href.split('#')[0],
      bridge: Object.keys(window.userferry ?? {}).length,
      frozen: Object.isFrozen(window.userferry),
      node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis),
    }));
    expect(seen).toEqual({ url: 'app://bundle/index.html', bridge: 13, frozen: true, node: [] });
  });

  it('is answered by its engine', async () => {
    // The status bar names the versions that the engine told.
    await page.getByText(/scripts on Node 2\d/).waitFor({ timeout: 20_000 });
    expect(await page.getByText(/scripts on Node 2\d/).count()).toBe(1);
  });

  it('stays on it, opens no other window and asks for nothing outside', async () => {
    await page.evaluate(() => {
      window.open('https://example.org/');
      location.assign('https://example.org/');
    });
    const outside = await page.evaluate(() =>
      fetch('https://example.org/').then(
        () => true,
        () => false,
      ),
    );
    expect({ url: page.url().split('#')[0], windows: app.windows().length, outside }).toEqual({
      url: 'app://bundle/index.html',
      windows: 1,
      outside: false,
    });
    consoleErrors.length = 0;
  });

  it('runs no script that is not a file of ours', async () => {
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
      return 'ran' in window;
    });
    expect(ran).toBe(false);
    consoleErrors.length = 0;
  });

  it('gets a port to its engine, and one to the next when that engine is killed', async () => {
    const before = await connects(900_001);
    const [engine] = enginesOf(app.process().pid ?? 0);
    process.kill(engine!, 'SIGKILL');
    await vi.waitFor(() => expect(enginesOf(app.process().pid ?? 0)).not.toContain(engine), 10_000);
    expect({ before, after: await connects(900_002) }).toEqual({ before: true, after: true });
  });

  it('says how secrets are kept here', async () => {
    const protection = await page.evaluate(() => window.userferry!.secretProtection());
    expect(['sealed', 'unprotected', 'none']).toContain(protection.state);
  });

  it('has the native menus', async () => {
    const labels = await app.evaluate(({ Menu }) =>
      Menu.getApplicationMenu()?.items.map(({ label, submenu }) => [label, submenu?.items.length]),
    );
    expect(labels?.length).toBeGreaterThanOrEqual(3);
  });

  it('opens in the first window what a second start asks for', async () => {
    const project = await sqliteSampleProject(join(work, 'acme'), { users: 300 });
    const told = page.evaluate(
      () =>
        new Promise<string>((resolve) => window.userferry!.onOpenProject(({ folder }) => resolve(folder))),
    );
    const second = spawn(executable, [...args, project], { stdio: 'ignore' });
    const code = await new Promise((resolve) => second.once('exit', resolve));
    expect({ told: await told, code, windows: app.windows().length }).toEqual({
      told: project,
      code: 0,
      windows: 1,
    });
  });

  it('has written no error to the console', () => {
    expect(consoleErrors).toEqual([]);
  });
});

/** Processes below the app that run an engine; on Linux, where the system says so in files. */
function enginesOf(parent: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        const above = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
        return Number(above) === parent && command.includes('engine-process');
      } catch {
        return false;
      }
    });
}
