import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CHANNELS } from '#contract/desktop-channels.ts';
import { type Page, runShell } from './shell-run.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'uf-kept-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const run = (before: (fake: Page['fake']) => void = () => undefined) =>
  runShell({
    before: (fake) => {
      fake.app.userData = folder;
      before(fake);
    },
  });
const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(folder, name), 'utf8'));
const size = ({ window }: Page) => {
  const { x, y, width, height } = window.options;
  return { x, y, width, height };
};

describe('the place of the window', () => {
  it('is kept when it closes and taken again, with the scheme the person chose', async () => {
    const first = await run();
    await first.ask(CHANNELS.setTheme, 'dark');
    first.window.bounds = { x: 40, y: 50, width: 1200, height: 800 };
    first.window.maximized = true;
    first.window.emit('close');
    const kept = await read('window.json');
    const second = await run();
    second.window.emit('ready-to-show');
    expect({ first: size(first), kept, second: size(second), calls: second.window.calls }).toEqual({
      first: { x: undefined, y: undefined, width: 1360, height: 880 },
      kept: { bounds: { x: 40, y: 50, width: 1200, height: 800 }, maximized: true, theme: 'dark' },
      second: { x: 40, y: 50, width: 1200, height: 800 },
      calls: [['maximize'], ['show']],
    });
    expect(second.window.options['backgroundColor']).toBe('#0f151c');
  });

  it.each([
    ['on a screen that is gone', { x: 2500, y: 100, width: 1200, height: 800 }, false],
    ['with its title bar above the screen', { x: 100, y: -300, width: 1200, height: 800 }, false],
    ['with a corner left on the screen', { x: 1800, y: 100, width: 1200, height: 800 }, true],
    ['left of the screen but for a grip', { x: -1100, y: 0, width: 1200, height: 800 }, true],
  ])('is left to the system where it was %s', async (_where, bounds, taken) => {
    await writeFile(
      join(folder, 'window.json'),
      JSON.stringify({ bounds, maximized: false, theme: 'system' }),
    );
    expect(size(await run())).toEqual(
      taken ? bounds : { width: 1200, height: 800, x: undefined, y: undefined },
    );
  });

  it('is that of a first start where the file is damaged', async () => {
    await writeFile(join(folder, 'window.json'), '{"bounds":{"x":');
    expect(size(await run())).toEqual({ x: undefined, y: undefined, width: 1360, height: 880 });
  });
});

describe('consent to unprotected secrets', () => {
  it('is kept, and can be taken back', async () => {
    const page = await run(({ system }) => void (system.vault.backend = 'basic_text'));
    const given = await page.ask(CHANNELS.secretConsent, true);
    const again = await run(({ system }) => void (system.vault.backend = 'basic_text'));
    expect({
      given,
      again: await again.ask(CHANNELS.secretProtection, null),
      taken: await again.ask(CHANNELS.secretConsent, false),
    }).toEqual({
      given: { ok: true, value: { state: 'unprotected', by: 'basic_text', consent: true } },
      again: { ok: true, value: { state: 'unprotected', by: 'basic_text', consent: true } },
      taken: { ok: true, value: { state: 'unprotected', by: 'basic_text', consent: false } },
    });
  });
});

describe('the crash log', () => {
  const lines = async () =>
    (await readFile(join(folder, 'crashes.ndjson'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => {
        const { at, ...rest } = JSON.parse(line) as Record<'at' | 'version' | 'what' | 'detail', string>;
        return { dated: /^\d{4}-\d\d-\d\dT.*Z$/.test(at), ...rest };
      });

  it('says what broke, without what could tell about people', async () => {
    const { fake, window, mistakes } = await run();
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    fake.app.emit('child-process-gone', {}, { type: 'GPU', reason: 'killed', exitCode: 9 });
    mistakes.emit('unhandledRejection', 'user anna@example.org has no row');
    const written = await lines();
    expect(written.filter(({ what }) => what !== 'engine-start')).toEqual([
      { dated: true, version: '9.9.9', what: 'page-gone', detail: 'crashed, exit code 5' },
      { dated: true, version: '9.9.9', what: 'helper-gone', detail: 'GPU: killed, exit code 9' },
      { dated: true, version: '9.9.9', what: 'bug', detail: 'user ***@*** has no row' },
    ]);
  });

  it('ends the app after a mistake that nobody caught, and says so', async () => {
    const { fake, mistakes } = await run();
    mistakes.emit('uncaughtException', new Error('impossible'));
    expect({ errors: fake.seen.errors, exits: fake.seen.exits }).toEqual({
      errors: ['Userferry has to close'],
      exits: [1],
    });
  });

  it('does not grow for ever', async () => {
    await writeFile(join(folder, 'crashes.ndjson'), 'x'.repeat(300 * 1024));
    const { window } = await run();
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    const older = await readFile(join(folder, 'crashes.ndjson.old'), 'utf8');
    expect({ older: older.length, newer: (await lines()).length > 0 }).toEqual({
      older: 300 * 1024,
      newer: true,
    });
  });
});
