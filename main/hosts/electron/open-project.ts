import { statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { app, type BrowserWindow } from 'electron';
import { z } from 'zod';
import { CHANNELS } from '#contract/desktop-channels.ts';
import type { ProjectToOpen } from '#contract/desktop.ts';
import { whenPageLeft } from '#hosts/electron/page-left.ts';
import { answerOn } from '#hosts/electron/trusted-ipc.ts';

const SETTINGS = 'userferry.json';

/** The project folder that a path from the system means: the folder, or its `userferry.json`. Null for others. */
function projectFolder(path: string, from: string): string | null {
  const full = isAbsolute(path) ? path : resolve(from, path);
  const folder = basename(full) === SETTINGS ? dirname(full) : full;
  return statSync(join(folder, SETTINGS), { throwIfNoEntry: false })?.isFile() === true ? folder : null;
}

/** Of a command line: the first word that is a project. Options and the app's own folder are none. */
export function projectInArguments(words: readonly string[], from: string): string | null {
  for (const word of words) {
    const folder = word.startsWith('-') ? null : projectFolder(word, from);
    if (folder !== null) return folder;
  }
  return null;
}

/** Passes on what the system asks to open; what comes before the page listens waits for it. */
export class ProjectsToOpen {
  readonly #window: () => BrowserWindow | null;
  #listening = false;
  #waiting: ProjectToOpen | null = null;

  constructor(window: () => BrowserWindow | null) {
    this.#window = window;
  }

  /** From the first moment on: macOS tells of a double-clicked file before the app is ready. */
  listen(): void {
    app.on('open-file', (event, path) => {
      event.preventDefault();
      this.open(projectFolder(path, process.cwd()));
    });
  }

  answer(): void {
    answerOn(CHANNELS.projectListening, z.null(), (_message, event) => {
      if (!this.#listening) whenPageLeft(event.sender, () => (this.#listening = false));
      this.#listening = true;
      this.#flush();
      return null;
    });
  }

  open(folder: string | null): void {
    if (folder === null) return;
    this.#waiting = { folder };
    this.#flush();
  }

  #flush(): void {
    const window = this.#window();
    if (!this.#listening || this.#waiting === null || window === null) return;
    window.webContents.send(CHANNELS.openProject, this.#waiting);
    this.#waiting = null;
  }
}
