import { app, type BrowserWindow, dialog } from 'electron';
import type { CrashLog } from '#hosts/electron/crash-log.ts';

/** A page that dies twice within this time would die again. */
const SOON_MS = 60_000;

/** What to do when the page dies, hangs or does not load. Drafts are the page's own and survive a reload. */
export function recoverWindow(window: BrowserWindow, log: CrashLog, now: () => number): void {
  const contents = window.webContents;
  let lastDeath = Number.NEGATIVE_INFINITY;
  let asking = false;

  /** @returns whether the page is to be loaded again; the other answer is to quit or to wait. */
  const ask = async (message: string, detail: string, other: string): Promise<boolean> => {
    if (asking || window.isDestroyed()) return false;
    asking = true;
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message,
      detail,
      buttons: ['Reload', other],
      defaultId: 0,
      cancelId: 1,
      noLink: true,
    });
    asking = false;
    return response === 0;
  };

  const reloadOrQuit = async (message: string): Promise<void> => {
    const detail = 'Trials go on in the engine, and edits that were saved as drafts are kept.';
    if (await ask(message, detail, 'Quit')) contents.reload();
    else if (!asking) app.quit();
  };

  const reloadOrWait = async (): Promise<void> => {
    const detail = 'You can wait for it or load it again.';
    if (await ask('The window does not answer.', detail, 'Wait')) contents.reload();
  };

  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    log.note({ what: 'page-gone', detail: `${reason}, exit code ${exitCode}` });
    const again = now() - lastDeath < SOON_MS;
    lastDeath = now();
    if (again) void reloadOrQuit('The window stopped working twice within a minute.');
    else contents.reload();
  });
  contents.on('did-fail-load', (_event, code, description, _url, isMainFrame) => {
    // -3 is an aborted load: another one has begun.
    if (!isMainFrame || code === -3) return;
    log.note({ what: 'page-gone', detail: `did not load: ${description} (${code})` });
    void reloadOrQuit('The window could not be loaded.');
  });
  window.on('unresponsive', () => {
    log.note({ what: 'page-unresponsive', detail: 'the window does not answer' });
    void reloadOrWait();
  });
}
