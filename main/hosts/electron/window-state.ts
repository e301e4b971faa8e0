import { type BrowserWindow, type Rectangle, screen } from 'electron';
import { z } from 'zod';
import { themeSchema } from '#contract/desktop.ts';
import type { KeptFile } from '#hosts/electron/kept-file.ts';

export const windowStateSchema = z.strictObject({
  bounds: z
    .strictObject({ x: z.int(), y: z.int(), width: z.int().min(200), height: z.int().min(200) })
    .nullable(),
  maximized: z.boolean(),
  theme: themeSchema,
});
export type WindowState = z.infer<typeof windowStateSchema>;

export const NO_WINDOW_STATE: WindowState = { bounds: null, maximized: false, theme: 'system' };

export const SMALLEST = { width: 940, height: 600 } as const;
const FIRST_SIZE = { width: 1360, height: 880 } as const;
/** This much of the title bar must be on some screen, or the window could not be moved back. */
const GRIP = 80;

/** Where the window goes: where it was, if that is still on a screen. */
export function placement(state: WindowState): Partial<Rectangle> & { width: number; height: number } {
  const { bounds } = state;
  if (bounds === null) return FIRST_SIZE;
  const visible = screen.getAllDisplays().some(({ workArea }) => {
    const width =
      Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x);
    const top = bounds.y >= workArea.y - 8 && bounds.y < workArea.y + workArea.height - GRIP / 2;
    return width >= GRIP && top;
  });
  return visible ? bounds : { width: bounds.width, height: bounds.height };
}

/** Keeps the place of the window whenever it settles and when it closes. */
export function keepWindowState(window: BrowserWindow, file: KeptFile<WindowState>): void {
  let timer: NodeJS.Timeout | null = null;
  const save = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (window.isDestroyed() || window.isMinimized()) return;
    file.write({ ...file.read(), bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  };
  const soon = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(save, 500);
  };
  window.on('resize', soon);
  window.on('move', soon);
  window.on('close', save);
}
