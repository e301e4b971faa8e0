import { app, BrowserWindow } from 'electron';
import { START_PAGE } from '#hosts/electron/app-origin.ts';
import { canvasColour } from '#hosts/electron/appearance.ts';
import type { KeptFile } from '#hosts/electron/kept-file.ts';
import { keepWindowState, placement, SMALLEST, type WindowState } from '#hosts/electron/window-state.ts';

export interface WindowOptions {
  /** Path of the bundled preload script. */
  readonly preload: string;
  readonly state: KeptFile<WindowState>;
}

/** Opens the window on our own page, unseen until it has something to show. */
export function openWindow({ preload, state }: WindowOptions): BrowserWindow {
  const kept = state.read();
  const window = new BrowserWindow({
    ...placement(kept),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title: app.getName(),
    show: false,
    backgroundColor: canvasColour(),
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  window.once('ready-to-show', () => {
    if (kept.maximized) window.maximize();
    window.show();
  });
  // The page's own title must not take the place of the project's name.
  window.on('page-title-updated', (event) => event.preventDefault());
  keepWindowState(window, state);
  // Its failure is told by `did-fail-load`; an unhandled rejection would end the app.
  window.loadURL(START_PAGE).catch(() => undefined);
  return window;
}
