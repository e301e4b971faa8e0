import { describe, expect, it, vi } from 'vitest';
import { CHANNELS } from '#contract/desktop-channels.ts';
import { runShell } from './shell-run.ts';

describe('the window', () => {
  it('is unseen until there is something to see', async () => {
    const { window } = await runShell();
    const before = [...window.calls];
    window.emit('ready-to-show');
    expect({ show: window.options['show'], before, after: window.calls }).toEqual({
      show: false,
      before: [],
      after: [['show']],
    });
  });

  it.each([
    [false, '#f5f7f8'],
    [true, '#0f151c'],
  ])('has the page’s ground from the start (dark: %s)', async (dark, colour) => {
    const { window } = await runShell({ before: ({ system }) => void (system.dark = dark) });
    expect(window.options['backgroundColor']).toBe(colour);
  });

  it('follows the system’s scheme, unless the person chose one', async () => {
    const { ask, fake, window } = await runShell();
    fake.system.dark = true;
    fake.nativeTheme.emit('updated');
    await ask(CHANNELS.setTheme, 'light');
    fake.nativeTheme.emit('updated');
    expect({ source: fake.nativeTheme.themeSource, calls: window.calls }).toEqual({
      source: 'light',
      calls: [
        ['setBackgroundColor', '#0f151c'],
        ['setBackgroundColor', '#f5f7f8'],
      ],
    });
  });

  it('keeps the project’s name as its title, whatever the page calls itself', async () => {
    const { ask, window } = await runShell();
    const titled = { preventDefault: vi.fn<() => void>() };
    window.emit('page-title-updated', titled);
    await ask(CHANNELS.showActivity, { project: 'Acme', running: false, done: null });
    expect({ prevented: titled.preventDefault.mock.calls.length, calls: window.calls }).toEqual({
      prevented: 1,
      calls: [
        ['setTitle', 'Acme – Userferry'],
        ['setProgressBar', -1],
      ],
    });
  });
});

describe('a running trial', () => {
  const bars = (calls: readonly (readonly unknown[])[]) =>
    calls.filter(([name]) => name === 'setProgressBar').map(([, value]) => value);

  it('keeps the machine awake and shows its progress until it ends', async () => {
    const { ask, fake, window } = await runShell();
    const awake: number[] = [];
    for (const [running, done] of [
      [true, null],
      [true, 0.5],
      [true, 1],
      [false, null],
    ] as const) {
      await ask(CHANNELS.showActivity, { project: 'Acme', running, done });
      awake.push(fake.seen.blockers.size);
    }
    expect({ awake, bars: bars(window.calls) }).toEqual({ awake: [1, 1, 1, 0], bars: [2, 0.5, 1, -1] });
  });

  it('does not keep it awake after its page has died', async () => {
    const { ask, fake, window } = await runShell();
    await ask(CHANNELS.showActivity, { project: 'Acme', running: true, done: 0.2 });
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
    expect({ awake: fake.seen.blockers.size, bars: bars(window.calls) }).toEqual({
      awake: 0,
      bars: [0.2, -1],
    });
  });
});

describe('a page that breaks', () => {
  const gone = (reason: string) => [{}, { reason, exitCode: 11 }] as const;

  it('is loaded again; when it dies again within a minute the person decides', async () => {
    const { fake, window } = await runShell();
    const { webContents } = window;
    webContents.emit('render-process-gone', ...gone('crashed'));
    const once = { reloads: webContents.reloads, questions: fake.seen.questions.length };
    fake.system.button = 1;
    webContents.emit('render-process-gone', ...gone('oom'));
    await vi.waitFor(() => expect(fake.seen.quits).toBe(1));
    expect({ once, reloads: webContents.reloads, buttons: fake.seen.questions[0]?.['buttons'] }).toEqual({
      once: { reloads: 1, questions: 0 },
      reloads: 1,
      buttons: ['Reload', 'Quit'],
    });
  });

  it('that ended as it should is left alone', async () => {
    const { fake, window } = await runShell();
    window.webContents.emit('render-process-gone', ...gone('clean-exit'));
    expect({ reloads: window.webContents.reloads, questions: fake.seen.questions }).toEqual({
      reloads: 0,
      questions: [],
    });
  });

  it('that hangs may be waited for or loaded again, and is asked about once', async () => {
    const { fake, window } = await runShell();
    window.emit('unresponsive');
    window.emit('unresponsive');
    await vi.waitFor(() => expect(window.webContents.reloads).toBe(1));
    expect(fake.seen.questions.map(({ buttons }) => buttons)).toEqual([['Reload', 'Wait']]);
  });

  it('that does not load is told about, an aborted load is not', async () => {
    const { fake, window } = await runShell();
    window.webContents.emit('did-fail-load', {}, -3, 'ABORTED', '', true);
    window.webContents.emit('did-fail-load', {}, -6, 'FILE_NOT_FOUND', '', false);
    window.webContents.emit('did-fail-load', {}, -6, 'FILE_NOT_FOUND', '', true);
    await vi.waitFor(() => expect(window.webContents.reloads).toBe(1));
    expect(fake.seen.questions).toHaveLength(1);
  });
});
