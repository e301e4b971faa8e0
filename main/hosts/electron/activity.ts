import { app, BrowserWindow, powerSaveBlocker, type WebContents } from 'electron';
import { CHANNELS } from '#contract/desktop-channels.ts';
import { type Activity, activitySchema } from '#contract/desktop.ts';
import { answerOn } from '#hosts/electron/trusted-ipc.ts';

const IDLE: Activity = { project: null, running: false, done: null };

/** No progress bar; and one that only moves. */
const NO_BAR = -1;
const UNKNOWN = 2;

/** Title, progress on the taskbar, and a machine that does not sleep while a trial runs. */
export function answerActivity(): void {
  let blocker: number | null = null;

  const show = (window: BrowserWindow | null, { project, running, done }: Activity): void => {
    if (running) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (blocker !== null) {
      powerSaveBlocker.stop(blocker);
      blocker = null;
    }
    if (window === null || window.isDestroyed()) return;
    window.setTitle(project === null ? app.getName() : `${project} – ${app.getName()}`);
    window.setProgressBar(running ? (done ?? UNKNOWN) : NO_BAR);
  };

  answerOn(CHANNELS.showActivity, activitySchema, (activity, event) => {
    show(BrowserWindow.fromWebContents(event.sender), activity);
    return null;
  });
  // A page that is gone says nothing any more, and nobody else would let the machine sleep again.
  app.on('web-contents-created', (_event, contents: WebContents) => {
    const idle = (): void => show(BrowserWindow.fromWebContents(contents), IDLE);
    contents.on('render-process-gone', idle);
    contents.on('destroyed', () => show(null, IDLE));
  });
}
