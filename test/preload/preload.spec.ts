import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { UserferryDesktop } from '../../preload/api.ts';
import type * as Fake from '../hosts/electron/fake-electron.ts';

let fake: typeof Fake;
let desktop: UserferryDesktop;
const posted: unknown[][] = [];

beforeEach(async () => {
  vi.resetModules();
  posted.length = 0;
  vi.stubGlobal('window', {
    location: { origin: 'app://bundle' },
    postMessage: (...values: unknown[]) => void posted.push(values),
  });
  fake = await import('../hosts/electron/fake-electron.ts');
  await import('../../preload/preload.ts');
  desktop = fake.exposed.get('userferry') as UserferryDesktop;
});

describe('rule 20: what the page gets', () => {
  it('is one frozen object of functions with a purpose, and nothing of Electron', () => {
    expect({
      names: [...fake.exposed.keys()],
      frozen: Object.isFrozen(desktop),
      members: Object.entries(desktop).map(([name, value]) => `${name}: ${typeof value}`),
    }).toEqual({
      names: ['userferry'],
      frozen: true,
      members: [
        'platform: object',
        'connectEngine: function',
        'pickFolder: function',
        'pickFile: function',
        'saveFile: function',
        'reveal: function',
        'showMenu: function',
        'onMenuCommand: function',
        'onOpenProject: function',
        'showActivity: function',
        'setTheme: function',
        'secretProtection: function',
        'secretConsent: function',
      ],
    });
  });

  it('sends one value on the channel of its purpose', async () => {
    await desktop.connectEngine(7);
    await desktop.pickFolder({ title: 'Where?' });
    await desktop.pickFile({});
    await desktop.saveFile({ suggestedName: 'a.csv', content: 'x' });
    await desktop.reveal('00');
    await desktop.showMenu({ menus: [] });
    await desktop.showActivity({ project: null, running: false, done: null });
    await desktop.setTheme('dark');
    await desktop.secretProtection();
    await desktop.secretConsent(true);
    expect(fake.ipcRenderer.invoked).toEqual([
      ['engine:connect', 7],
      ['dialog:folder', { title: 'Where?' }],
      ['dialog:file', {}],
      ['dialog:save', { suggestedName: 'a.csv', content: 'x' }],
      ['shell:reveal', '00'],
      ['menu:show', { menus: [] }],
      ['window:activity', { project: null, running: false, done: null }],
      ['window:theme', 'dark'],
      ['secrets:protection', null],
      ['secrets:consent', true],
    ]);
  });

  it('is told what a refusal says, and no more', async () => {
    fake.ipcRenderer.answer = { ok: false, reason: 'The engine cannot be started: it ended with code 1.' };
    await expect(desktop.connectEngine(1)).rejects.toThrow(
      new Error('The engine cannot be started: it ended with code 1.'),
    );
  });

  it('hears values without the event that carries them, until it stops listening', () => {
    const heard: unknown[][] = [];
    const stop = desktop.onMenuCommand((...values) => void heard.push(values));
    fake.ipcRenderer.emit('menu:command', { sender: 'never' }, 'trial.start');
    stop();
    fake.ipcRenderer.emit('menu:command', { sender: 'never' }, 'trial.stop');
    expect(heard).toEqual([['trial.start']]);
  });

  it('says that it listens for projects, so that none is told to nobody', () => {
    const heard: unknown[] = [];
    desktop.onOpenProject((project) => void heard.push(project));
    fake.ipcRenderer.emit('project:open', {}, { folder: '/projects/acme' });
    expect({ invoked: fake.ipcRenderer.invoked, heard }).toEqual({
      invoked: [['project:listening', null]],
      heard: [{ folder: '/projects/acme' }],
    });
  });

  it('gets its engine’s port as a message of its own origin', () => {
    const port = { a: 'port' };
    fake.ipcRenderer.emit('engine:port', { ports: [port] }, 7);
    expect(posted).toEqual([[{ type: 'userferry:engine-port', request: 7 }, 'app://bundle', [port]]]);
  });
});
