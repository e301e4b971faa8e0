import { EventEmitter } from 'node:events';

/**
 * Stands in for the package `electron`, which tests never load: without a binary it downloads one. It records
 * what the shell asks for and lets a test play the system. `vitest.config.ts` puts it in place for everybody.
 */

type Handler = (...values: never[]) => unknown;

/** Everything of one run; a test that resets its modules gets a new one. */
export const seen = {
  sandboxed: false,
  schemes: [] as unknown[],
  protocols: new Map<string, (request: { method: string; url: string }) => Promise<Response>>(),
  ipc: new Map<string, (event: unknown, message: unknown) => Promise<unknown>>(),
  loaded: [] as string[],
  opened: [] as string[],
  revealed: [] as string[],
  menus: [] as unknown[],
  popups: [] as unknown[],
  blockers: new Set<number>(),
  questions: [] as Record<string, unknown>[],
  errors: [] as string[],
  exits: [] as number[],
  quits: 0,
};

/** What the system answers; tests set it. */
export const system = {
  firstInstance: true,
  dark: false,
  displays: [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
  open: { canceled: true, filePaths: [] as string[] },
  save: { canceled: true, filePath: '' },
  button: 0,
  vault: { available: true, backend: 'gnome_libsecret', rotated: false, locked: false },
};

class App extends EventEmitter {
  isPackaged = true;
  /** Nothing can be kept there unless a test names a folder. */
  userData = '/nowhere/user-data';
  enableSandbox(): void {
    seen.sandboxed = true;
  }
  requestSingleInstanceLock(): boolean {
    return system.firstInstance;
  }
  whenReady(): Promise<void> {
    return Promise.resolve();
  }
  getPath(): string {
    return this.userData;
  }
  getName(): string {
    return 'Userferry';
  }
  getVersion(): string {
    return '9.9.9';
  }
  quit(): void {
    seen.quits += 1;
  }
  exit(code: number): void {
    seen.exits.push(code);
  }
}
export const app = new App();

export class FakeContents extends EventEmitter {
  readonly sent: (readonly [string, unknown])[] = [];
  url = 'app://bundle/index.html';
  reloads = 0;
  destroyed = false;
  openHandler: (details: { url: string }) => unknown = () => undefined;
  setWindowOpenHandler(handler: (details: { url: string }) => unknown): void {
    this.openHandler = handler;
  }
  send(channel: string, value: unknown): void {
    this.sent.push([channel, value]);
  }
  getURL(): string {
    return this.url;
  }
  reload(): void {
    this.reloads += 1;
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
}

export class BrowserWindow extends EventEmitter {
  static all: BrowserWindow[] = [];
  static getAllWindows(): BrowserWindow[] {
    return BrowserWindow.all;
  }
  static fromWebContents(contents: FakeContents): BrowserWindow | null {
    return BrowserWindow.all.find((one) => one.webContents === contents) ?? null;
  }
  readonly webContents = new FakeContents();
  readonly calls: (readonly [string, ...unknown[]])[] = [];
  readonly options: Record<string, unknown>;
  bounds = { x: 10, y: 20, width: 1000, height: 700 };
  maximized = false;
  minimized = false;
  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
    BrowserWindow.all.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  loadURL(url: string): Promise<void> {
    seen.loaded.push(url);
    return Promise.resolve();
  }
  isMaximized(): boolean {
    return this.maximized;
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  isDestroyed(): boolean {
    return false;
  }
  getNormalBounds(): object {
    return this.bounds;
  }
  show(): void {
    this.calls.push(['show']);
  }
  maximize(): void {
    this.calls.push(['maximize']);
  }
  restore(): void {
    this.calls.push(['restore']);
  }
  focus(): void {
    this.calls.push(['focus']);
  }
  setTitle(title: string): void {
    this.calls.push(['setTitle', title]);
  }
  setProgressBar(value: number): void {
    this.calls.push(['setProgressBar', value]);
  }
  setBackgroundColor(colour: string): void {
    this.calls.push(['setBackgroundColor', colour]);
  }
}

class Session extends EventEmitter {
  readonly handlers = new Map<string, Handler>();
  spelling: boolean | null = null;
  setPermissionRequestHandler(handler: Handler): void {
    this.handlers.set('request', handler);
  }
  setPermissionCheckHandler(handler: Handler): void {
    this.handlers.set('check', handler);
  }
  setDevicePermissionHandler(handler: Handler): void {
    this.handlers.set('device', handler);
  }
  setSpellCheckerEnabled(enabled: boolean): void {
    this.spelling = enabled;
  }
  readonly webRequest = {
    onBeforeRequest: (handler: Handler): void => {
      this.handlers.set('traffic', handler);
    },
  };
}
export const session = { defaultSession: new Session() };

export const protocol = {
  registerSchemesAsPrivileged: (schemes: unknown[]): void => void seen.schemes.push(...schemes),
  handle: (scheme: string, handler: (request: { method: string; url: string }) => Promise<Response>): void =>
    void seen.protocols.set(scheme, handler),
};

export const ipcMain = {
  handle: (channel: string, handler: (event: unknown, message: unknown) => Promise<unknown>): void => {
    if (seen.ipc.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    seen.ipc.set(channel, handler);
  },
};

export const shell = {
  openExternal: (url: string): Promise<void> => Promise.resolve(void seen.opened.push(url)),
  showItemInFolder: (path: string): void => void seen.revealed.push(path),
};

export const dialog = {
  showOpenDialog: (_window: unknown, options: Record<string, unknown>): Promise<typeof system.open> => {
    seen.questions.push(options);
    return Promise.resolve(system.open);
  },
  showSaveDialog: (_window: unknown, options: Record<string, unknown>): Promise<typeof system.save> => {
    seen.questions.push(options);
    return Promise.resolve(system.save);
  },
  /** With a window before the options, or without. */
  showMessageBox: (...given: object[]): Promise<{ response: number }> => {
    seen.questions.push(given.at(-1) as Record<string, unknown>);
    return Promise.resolve({ response: system.button });
  },
  showErrorBox: (title: string): void => void seen.errors.push(title),
};

export const Menu = {
  buildFromTemplate: (template: unknown): { popup(): void; template: unknown } => ({
    template,
    popup: () => void seen.popups.push(template),
  }),
  setApplicationMenu: (menu: { template: unknown }): void => void seen.menus.push(menu.template),
};

export const powerSaveBlocker = {
  start: (_kind: string): number => {
    const id = seen.blockers.size + 1;
    seen.blockers.add(id);
    return id;
  },
  stop: (id: number): void => void seen.blockers.delete(id),
};

class NativeTheme extends EventEmitter {
  themeSource = 'system';
  get shouldUseDarkColors(): boolean {
    return this.themeSource === 'system' ? system.dark : this.themeSource === 'dark';
  }
}
export const nativeTheme = new NativeTheme();

export const screen = { getAllDisplays: () => system.displays };

/** Sealing is turning around: enough to tell sealed from plain. */
const turned = (text: string): string => text.split('').toReversed().join('');
export const safeStorage = {
  isAsyncEncryptionAvailable: () => Promise.resolve(system.vault.available),
  getSelectedStorageBackend: () => system.vault.backend,
  encryptStringAsync: (text: string) => Promise.resolve(Buffer.from(turned(text))),
  decryptStringAsync: (sealed: Buffer) =>
    system.vault.locked
      ? Promise.reject(new Error('locked'))
      : Promise.resolve({ result: turned(sealed.toString()), shouldReEncrypt: system.vault.rotated }),
};

/** One end of a channel. Messages wait until it is started; closing one end tells the other. */
export class FakePort extends EventEmitter {
  other: FakePort | null = null;
  #started = false;
  #waiting: unknown[] = [];
  #closed = false;
  get closed(): boolean {
    return this.#closed;
  }
  postMessage(data: unknown): void {
    const { other } = this;
    if (this.#closed || other === null) return;
    queueMicrotask(() => other.#receive(structuredClone(data)));
  }
  start(): void {
    this.#started = true;
    for (const data of this.#waiting.splice(0)) this.emit('message', { data });
  }
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const { other } = this;
    queueMicrotask(() => other?.end());
  }
  #receive(data: unknown): void {
    if (this.#started) this.emit('message', { data });
    else this.#waiting.push(data);
  }
  end(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.emit('close');
  }
}

export class MessageChannelMain {
  readonly port1 = new FakePort();
  readonly port2 = new FakePort();
  constructor() {
    this.port1.other = this.port2;
    this.port2.other = this.port1;
  }
}

class IpcRenderer extends EventEmitter {
  readonly invoked: (readonly [string, unknown])[] = [];
  answer: unknown = { ok: true, value: null };
  invoke(channel: string, value: unknown): Promise<unknown> {
    this.invoked.push([channel, value]);
    return Promise.resolve(this.answer);
  }
}
export const ipcRenderer = new IpcRenderer();

export const exposed = new Map<string, unknown>();
export const contextBridge = {
  exposeInMainWorld: (name: string, api: unknown): void => void exposed.set(name, api),
};
