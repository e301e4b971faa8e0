import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { CHANNELS } from '#contract/desktop-channels.ts';
import { contentSecurityPolicy } from '#hosts/csp.ts';
import { runShell } from './shell-run.ts';

/** The rules of docs/desktop.md, in its order. Rules that need files or a package are tested where those are. */

const root = fileURLToPath(new URL('../../../', import.meta.url));

const event = (url: string) => ({ url, preventDefault: vi.fn<() => void>() });

/** Look-alikes and worse: nothing here is ours. */
const FOREIGN = [
  'https://evil.example/',
  'http://bundle/index.html',
  'app://bundle.evil.example/index.html',
  'app://bundle@evil.example/',
  'app://evil.example/bundle',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,hello',
  'not an address',
];

describe('rules 1 to 4 and 6 to 12: the window', () => {
  it('shows our own page and nothing else (1)', async () => {
    const { fake } = await runShell();
    expect(fake.seen.loaded).toEqual(['app://bundle/index.html']);
  });

  it('lets no request leave the app (1)', async () => {
    const { fake } = await runShell();
    const ask = fake.session.defaultSession.handlers.get('traffic') as unknown as (
      details: { url: string },
      answer: (verdict: { cancel: boolean }) => void,
    ) => void;
    const cancelled = (url: string): boolean => {
      let verdict = false;
      ask({ url }, ({ cancel }) => (verdict = cancel));
      return verdict;
    };
    const outside = FOREIGN.filter((url) => !url.startsWith('data:'));
    expect({
      outside: outside.filter((url) => !cancelled(url)),
      inside: ['app://bundle/assets/a.js', 'data:image/png;base64,AA', 'blob:app://bundle/1'].filter(
        cancelled,
      ),
      socket: cancelled('wss://evil.example/'),
    }).toEqual({ outside: [], inside: [], socket: true });
  });

  it('has its web preferences spelled out, with no Node, no insecure and no experimental one (2, 3, 4, 6, 8-11)', async () => {
    const { window, fake } = await runShell();
    expect({ ...(window.options['webPreferences'] as object), appSandbox: fake.seen.sandboxed }).toEqual({
      preload: '/nowhere/preload.cjs',
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
      devTools: false,
      appSandbox: true,
    });
  });

  it('has the policy of all hosts, whose scripts are our own files (7)', () => {
    const policy = contentSecurityPolicy();
    expect({
      default: policy.includes("default-src 'none'"),
      script: /script-src ([^;]*)/.exec(policy)?.[1],
      loose: ['unsafe-eval', '*', 'http:', 'https:'].filter((word) => policy.includes(word)),
    }).toEqual({ default: true, script: "'self'", loose: [] });
  });

  it('attaches no other page (12)', async () => {
    const { window } = await runShell();
    const attach = event('https://evil.example/');
    window.webContents.emit('will-attach-webview', attach);
    expect(attach.preventDefault).toHaveBeenCalledOnce();
  });
});

describe('rule 5: permissions', () => {
  it('are refused but for writing text to the clipboard from our own page', async () => {
    const { fake, window } = await runShell();
    const { handlers } = fake.session.defaultSession;
    const request = handlers.get('request') as unknown as (
      contents: object,
      permission: string,
      answer: (granted: boolean) => void,
    ) => void;
    const check = handlers.get('check') as unknown as (
      contents: object | null,
      permission: string,
      origin: string,
    ) => boolean;
    const all = [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'fullscreen',
      'usb',
    ];
    const granted = [...all, 'clipboard-sanitized-write'].filter((permission) => {
      let answer = false;
      request(window.webContents, permission, (given) => (answer = given));
      return answer || check(window.webContents, permission, 'app://bundle/');
    });
    window.webContents.url = 'https://evil.example/';
    let foreign = true;
    request(window.webContents, 'clipboard-sanitized-write', (given) => (foreign = given));
    expect({
      granted,
      foreign: foreign || check(null, 'clipboard-sanitized-write', 'https://evil.example'),
      device: handlers.get('device')?.(),
      spelling: fake.session.defaultSession.spelling,
    }).toEqual({ granted: ['clipboard-sanitized-write'], foreign: false, device: false, spelling: false });
  });

  it('hold for downloads too: files are saved through the system’s dialog', async () => {
    const { fake } = await runShell();
    const download = event('blob:app://bundle/1');
    fake.session.defaultSession.emit('will-download', download);
    expect(download.preventDefault).toHaveBeenCalledOnce();
  });
});

describe('rules 13 to 15: going elsewhere', () => {
  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('%s stays on our page', async (name) => {
    const { window } = await runShell();
    const reached = [...FOREIGN, 'app://bundle/index.html'].filter((url) => {
      const navigation = event(url);
      window.webContents.emit(name, navigation);
      return navigation.preventDefault.mock.calls.length === 0;
    });
    expect(reached).toEqual(['app://bundle/index.html']);
  });

  it('opens no window, and outside only pages of the sites we link to', async () => {
    const { window, fake } = await runShell();
    const links = [
      ...FOREIGN,
      'https://auth0.com/docs/x',
      'http://auth0.com/docs',
      'https://auth0.com.evil.example/',
      'https://evil.example/auth0.com',
      'https://auth0.com:8443/',
      'https://user@auth0.com/',
      'https://community.auth0.com/t/1',
    ];
    const answers = links.map((url) => window.webContents.openHandler({ url }));
    expect({
      opened: fake.seen.opened,
      answers: new Set(answers.map((answer) => JSON.stringify(answer))),
    }).toEqual({
      opened: ['https://auth0.com/docs/x', 'https://community.auth0.com/t/1'],
      answers: new Set(['{"action":"deny"}']),
    });
  });

  it('guards every page of the app, not only that of the first window', async () => {
    const { fake } = await runShell();
    const other = new fake.FakeContents();
    fake.app.emit('web-contents-created', {}, other);
    const navigation = event('https://evil.example/');
    other.emit('will-navigate', navigation);
    expect(navigation.preventDefault).toHaveBeenCalledOnce();
  });
});

describe('rule 16: a current Electron', () => {
  it('is pinned to one version, the installed one', () => {
    const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8')) as never;
    const { devDependencies } = read('package.json') as { devDependencies: Record<string, string> };
    const { version } = read('node_modules/electron/package.json') as { version: string };
    expect({ pinned: devDependencies['electron'], exact: /^\d+\.\d+\.\d+$/.test(version) }).toEqual({
      pinned: version,
      exact: true,
    });
  });
});

describe('rule 17: who asks', () => {
  /** A message that each channel takes from our own page. */
  const messages: Readonly<Record<string, unknown>> = {
    [CHANNELS.connectEngine]: 1,
    [CHANNELS.pickFolder]: {},
    [CHANNELS.pickFile]: {},
    [CHANNELS.saveFile]: { suggestedName: 'a.csv', content: 'a' },
    [CHANNELS.reveal]: '0'.repeat(32),
    [CHANNELS.showMenu]: { menus: [] },
    [CHANNELS.showActivity]: { project: null, running: false, done: null },
    [CHANNELS.setTheme]: 'dark',
    [CHANNELS.projectListening]: null,
    [CHANNELS.secretProtection]: null,
    [CHANNELS.secretConsent]: true,
  };

  it('is checked on every channel: no foreign page, no frame in ours, no page that is gone', async () => {
    const { ask, fake } = await runShell();
    const refusal = { ok: false, reason: 'This page may not ask for that.' };
    const strangers = [{ url: 'https://evil.example/' }, { url: 'about:blank' }, { parent: {} }, null];
    const let_in: string[] = [];
    for (const channel of fake.seen.ipc.keys()) {
      for (const stranger of strangers) {
        const answer = await ask(channel, messages[channel], stranger);
        if (JSON.stringify(answer) !== JSON.stringify(refusal)) let_in.push(channel);
      }
    }
    expect({ channels: [...fake.seen.ipc.keys()].toSorted(), let_in }).toEqual({
      channels: Object.keys(messages).toSorted(),
      let_in: [],
    });
  });

  it('and what is asked: every channel refuses what does not fit its schema', async () => {
    const { ask, fake } = await runShell();
    const taken: string[] = [];
    for (const channel of fake.seen.ipc.keys()) {
      for (const odd of [undefined, { path: '/etc/passwd' }, ['x'], -1]) {
        const answer = await ask(channel, odd);
        if (answer.ok || answer.reason !== `Malformed request on ${channel}.`) taken.push(channel);
      }
    }
    expect(taken).toEqual([]);
  });
});

describe('rule 18: no file:// pages', () => {
  it('uses a scheme of its own with the rights of https and no more', async () => {
    const { fake } = await runShell();
    expect(fake.seen.schemes).toEqual([
      {
        scheme: 'app',
        privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
      },
    ]);
  });

  it('names no other way to load a page anywhere in the shell', () => {
    const folder = join(root, 'main/hosts/electron');
    const forbidden =
      /loadFile|file:\/\/|allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures|--no-sandbox|appendSwitch|allowpopups|webSecurity: false/;
    const found = readdirSync(folder).filter((name) =>
      forbidden.test(readFileSync(join(folder, name), 'utf8')),
    );
    expect(found).toEqual([]);
  });
});
