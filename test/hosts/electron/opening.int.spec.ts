import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CHANNELS } from '#contract/desktop-channels.ts';
import { type Page, runShell } from './shell-run.ts';

let folder: string;
let acme: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uf-open-'));
  acme = join(folder, 'acme');
  await mkdir(acme);
  await writeFile(join(acme, 'userferry.json'), '{}');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const told = ({ window }: Page) => window.webContents.sent;

describe('a project that the system asks to open', () => {
  it('by a second start is opened in the first one’s window, which comes to the front', async () => {
    const page = await runShell();
    await page.ask(CHANNELS.projectListening, null);
    page.window.minimized = true;
    page.fake.app.emit('second-instance', {}, ['/usr/bin/userferry', '--flag', 'acme'], folder);
    expect({
      told: told(page),
      calls: page.window.calls,
      windows: page.fake.BrowserWindow.all.length,
    }).toEqual({
      told: [['project:open', { folder: acme }]],
      calls: [['restore'], ['focus']],
      windows: 1,
    });
  });

  it('by its settings file, before anybody listens, waits for the page; once', async () => {
    const page = await runShell();
    const opened = { preventDefault: vi.fn<() => void>() };
    page.fake.app.emit('open-file', opened, join(acme, 'userferry.json'));
    const early = [...told(page)];
    await page.ask(CHANNELS.projectListening, null);
    await page.ask(CHANNELS.projectListening, null);
    expect({ early, told: told(page), prevented: opened.preventDefault.mock.calls.length }).toEqual({
      early: [],
      told: [['project:open', { folder: acme }]],
      prevented: 1,
    });
  });

  it('while the page is loaded anew waits for the new page', async () => {
    const page = await runShell();
    await page.ask(CHANNELS.projectListening, null);
    page.window.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true });
    page.window.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
    page.fake.app.emit('open-file', { preventDefault: () => undefined }, acme);
    const meanwhile = [...told(page)];
    await page.ask(CHANNELS.projectListening, null);
    expect({ meanwhile, told: told(page) }).toEqual({
      meanwhile: [],
      told: [['project:open', { folder: acme }]],
    });
  });

  it('is none where there are no settings', async () => {
    const page = await runShell();
    await page.ask(CHANNELS.projectListening, null);
    page.fake.app.emit('open-file', { preventDefault: () => undefined }, folder);
    page.fake.app.emit('second-instance', {}, ['userferry', 'nowhere'], folder);
    expect(told(page)).toEqual([]);
  });
});

describe('a second start', () => {
  it('opens nothing and quits', async () => {
    const run = runShell({ before: ({ system }) => void (system.firstInstance = false) });
    await expect(run).rejects.toThrow('the shell opened no window');
    const { seen } = await import('./fake-electron.ts');
    expect({ quits: seen.quits, answers: seen.ipc.size }).toEqual({ quits: 1, answers: 0 });
  });
});
