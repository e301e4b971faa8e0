// Runs the shell of a package, unpacked to argv[2], with the resources of argv[3] on a plain Node: everything is the
// package's own but Electron, which is the fake one. Prints what came of it.
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const [archive, resources] = process.argv.slice(2) as [string, string];
const fakeUrl = new URL('../hosts/electron/fake-electron.ts', import.meta.url).href;
registerHooks({
  resolve: (name, context, next) =>
    name === 'electron' ? { url: fakeUrl, shortCircuit: true } : next(name, context),
});
Object.assign(process, { resourcesPath: resources });

const fake = await import('../hosts/electron/fake-electron.ts');
await import(pathToFileURL(join(archive, 'build/desktop/main/main.js')).href);
await new Promise((resolve) => setImmediate(resolve));
const window = fake.BrowserWindow.all[0]!;

const page = await fake.seen.protocols.get('app')!({ url: fake.seen.loaded[0]!, method: 'GET' });
const posted: string[] = [];
const senderFrame = {
  url: fake.seen.loaded[0],
  parent: null,
  detached: false,
  postMessage: (channel: string, request: number) => void posted.push(`${channel} ${request}`),
};
const event = { sender: window.webContents, senderFrame };
const connected = await fake.seen.ipc.get('engine:connect')!(event, 5);

const closed = new Promise<void>((resolve) => {
  const wait = setInterval(() => {
    if (fake.seen.exits.length === 0) return;
    clearInterval(wait);
    resolve();
  }, 20);
});
fake.app.emit('will-quit', { preventDefault: () => undefined });
await closed;

const { preload } = window.options['webPreferences'] as { readonly preload: string };
process.stdout.write(
  JSON.stringify({
    page: page.status,
    html: (await page.text()).includes('<div id="root">'),
    preload: preload.slice(archive.length),
    connected,
    posted,
    exits: fake.seen.exits,
  }),
);
