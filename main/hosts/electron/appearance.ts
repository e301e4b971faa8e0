import { BrowserWindow, nativeTheme } from 'electron';
import { CHANNELS } from '#contract/desktop-channels.ts';
import { themeSchema } from '#contract/desktop.ts';
import type { KeptFile } from '#hosts/electron/kept-file.ts';
import { answerOn } from '#hosts/electron/trusted-ipc.ts';
import type { WindowState } from '#hosts/electron/window-state.ts';

/** `--uf-canvas` of the renderer's two schemes: what shows before its first picture and while it is resized. */
const CANVAS = { light: '#f5f7f8', dark: '#0f151c' } as const;

export function canvasColour(): string {
  return nativeTheme.shouldUseDarkColors ? CANVAS.dark : CANVAS.light;
}

/** Follows the system unless the person chose a scheme; the choice is kept, so that the next start has it at once. */
export function answerTheme(file: KeptFile<WindowState>): void {
  nativeTheme.themeSource = file.read().theme;
  answerOn(CHANNELS.setTheme, themeSchema, (theme) => {
    nativeTheme.themeSource = theme;
    file.write({ ...file.read(), theme });
    return null;
  });
  nativeTheme.on('updated', () => {
    for (const window of BrowserWindow.getAllWindows()) window.setBackgroundColor(canvasColour());
  });
}
