import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { type Answer, CHANNELS, ENGINE_PORT_MESSAGE } from '#contract/desktop-channels.ts';
import type { UserferryDesktop } from './api.ts';

const SYSTEMS = { darwin: 'mac', win32: 'windows' } as const;

async function ask<T>(channel: string, value: unknown): Promise<T> {
  const answer: Answer<T> = await ipcRenderer.invoke(channel, value);
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value;
}

// Only the value passes: an event carries `sender`, with which a page could reach every channel.
function on(channel: string, listener: (value: never) => void): () => void {
  const receive = (_event: IpcRendererEvent, value: unknown): void => listener(value as never);
  ipcRenderer.on(channel, receive);
  return () => void ipcRenderer.off(channel, receive);
}

ipcRenderer.on(CHANNELS.enginePort, (event, request: number) => {
  // Only this page may get it, wherever a navigation has gone by now.
  window.postMessage({ type: ENGINE_PORT_MESSAGE, request }, window.location.origin, [...event.ports]);
});

const desktop: UserferryDesktop = {
  platform: {
    os: SYSTEMS[process.platform as keyof typeof SYSTEMS] ?? 'linux',
    electron: process.versions.electron ?? '',
    chromium: process.versions['chrome'] ?? '',
  },
  connectEngine: (request) => ask(CHANNELS.connectEngine, request),
  pickFolder: (options) => ask(CHANNELS.pickFolder, options),
  pickFile: (options) => ask(CHANNELS.pickFile, options),
  saveFile: (options) => ask(CHANNELS.saveFile, options),
  reveal: (handle) => ask(CHANNELS.reveal, handle),
  showMenu: (model) => ask(CHANNELS.showMenu, model),
  onMenuCommand: (listener) => on(CHANNELS.menuCommand, listener),
  onOpenProject: (listener) => {
    const stop = on(CHANNELS.openProject, listener);
    void ask(CHANNELS.projectListening, null);
    return stop;
  },
  showActivity: (activity) => ask(CHANNELS.showActivity, activity),
  setTheme: (theme) => ask(CHANNELS.setTheme, theme),
  secretProtection: () => ask(CHANNELS.secretProtection, null),
  secretConsent: (given) => ask(CHANNELS.secretConsent, given),
};

contextBridge.exposeInMainWorld('userferry', Object.freeze(desktop));
