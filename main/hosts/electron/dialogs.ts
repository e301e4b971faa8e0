import { writeFile } from 'node:fs/promises';
import { BrowserWindow, dialog, type FileFilter, type IpcMainInvokeEvent, shell } from 'electron';
import { CHANNELS } from '#contract/desktop-channels.ts';
import { handleSchema, pickSchema, saveSchema } from '#contract/desktop.ts';
import { createHandles } from '#hosts/electron/handles.ts';
import { answerOn, Refusal } from '#hosts/electron/trusted-ipc.ts';

/** The system's own dialogs. Paths come from people through them and never from the page. */
export function answerDialogs(): void {
  const handles = createHandles();

  const pick = async (event: IpcMainInvokeEvent, options: Electron.OpenDialogOptions) => {
    const window = windowOf(event);
    const { canceled, filePaths } = await dialog.showOpenDialog(window, options);
    const [path] = filePaths;
    return canceled || path === undefined ? null : handles.give(path);
  };

  answerOn(CHANNELS.pickFolder, pickSchema, ({ title }, event) =>
    pick(event, { ...titled(title), properties: ['openDirectory', 'createDirectory'] }),
  );
  answerOn(CHANNELS.pickFile, pickSchema, ({ title, filters }, event) =>
    pick(event, { ...titled(title), ...filtered(filters), properties: ['openFile'] }),
  );
  answerOn(CHANNELS.saveFile, saveSchema, async ({ suggestedName, filters, content }, event) => {
    const options = { defaultPath: suggestedName, ...filtered(filters) };
    const { canceled, filePath } = await dialog.showSaveDialog(windowOf(event), options);
    if (canceled || filePath === '') return null;
    await write(filePath, content);
    return handles.give(filePath);
  });
  answerOn(CHANNELS.reveal, handleSchema, (handle) => {
    const path = handles.path(handle);
    if (path !== null) shell.showItemInFolder(path);
    return path !== null;
  });
}

function windowOf(event: IpcMainInvokeEvent): BrowserWindow {
  const window = BrowserWindow.fromWebContents(event.sender);
  if (window === null) throw new Refusal('The window is closed.');
  return window;
}

const titled = (title: string | undefined) => (title === undefined ? {} : { title });

const filtered = (filters: readonly FileFilter[] | undefined) =>
  filters === undefined ? {} : { filters: [...filters] };

async function write(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new Refusal(`The file could not be written (${code}): ${path}`);
  }
}
