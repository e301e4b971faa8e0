import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from 'vite';
import { type Loopback, startLoopback } from '#test/loopback.ts';

let browser: Browser;
let loopback: Loopback;

const root = fileURLToPath(new URL('../../../', import.meta.url));

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--disable-dev-shm-usage'],
  });
  loopback = await startLoopback({ startAt: '/#/project/%2Facme' });
  await buildPage(join(loopback.folder, 'pages'));
});
afterAll(async () => {
  await browser.close();
  await loopback.close();
});

/** The client as the app has it, bundled as the app is, on a page without anything else. */
async function buildPage(pages: string): Promise<void> {
  const entry = join(loopback.folder, 'entry.ts');
  writeFileSync(
    entry,
    `import { createConnection } from ${JSON.stringify(join(root, 'renderer/api/client.ts'))};
    const connection = createConnection();
    const show = (id, text) => { document.getElementById(id).textContent = text; };
    const states = [];
    const tell = () => {
      const status = connection.status.get();
      states.push(status.state === 'closed' ? status.reason : status.state);
      show('states', states.filter((one, index) => one !== states[index - 1]).join(' '));
    };
    connection.status.subscribe(tell);
    tell();
    document.getElementById('call').addEventListener('click', async () => {
      const { node } = await connection.client.reference.versions({});
      show('answer', node);
    });`,
  );
  await build({
    root: loopback.folder,
    configFile: false,
    logLevel: 'error',
    resolve: {
      alias: [
        { find: /^#renderer\//, replacement: join(root, 'renderer/') },
        { find: /^#contract\//, replacement: join(root, 'main/contract/') },
      ],
    },
    build: {
      outDir: join(pages, 'assets'),
      emptyOutDir: false,
      lib: { entry, formats: ['es'], fileName: () => 'page.js' },
    },
  });
  writeFileSync(
    join(pages, 'index.html'),
    `<!doctype html><html lang="en"><title>Userferry</title><link rel="icon" href="data:,">
    <button id="call">Call</button><output id="answer"></output><output id="states"></output>
    <script type="module" src="/assets/page.js"></script>`,
  );
}

/** Everything that the browser complains about, refusals of the content policy among it. */
async function newPage(): Promise<{ readonly page: Page; readonly complaints: string[] }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return { page, complaints };
}

const textOf = (page: Page, id: string) => page.locator(`#${id}`).textContent();

describe('in a real browser', () => {
  it('a link signs in once and disappears, and the app talks to the engine', async () => {
    const link = loopback.server.link(60_000);
    const { page, complaints } = await newPage();
    await page.goto(link);
    await page.locator('#call').click();
    await page.locator('#answer', { hasText: process.version }).waitFor();
    const cookies = await page.context().cookies();
    const second = await newPage();
    const refused = await second.page.goto(link);
    expect({
      url: page.url(),
      complaints,
      cookies: cookies.map(({ name, httpOnly, sameSite, expires }) => [name, httpOnly, sameSite, expires]),
      seenByScripts: await page.evaluate('document.cookie'),
      history: await page.evaluate('history.length'),
      second: [refused?.status(), await second.page.locator('h1').textContent()],
      left: await second.page.context().cookies(),
    }).toEqual({
      url: `${loopback.server.origin}/#/project/%2Facme`,
      complaints: [],
      cookies: [[`userferry-${loopback.server.port}`, true, 'Strict', -1]],
      seenByScripts: '',
      history: 2,
      second: [401, 'This link was used already, or is too old'],
      left: [],
    });
  });

  it('the app comes back by itself when its engine was killed', async () => {
    const { page } = await newPage();
    await page.goto(loopback.server.link(60_000));
    await page.locator('#states', { hasText: 'open' }).waitFor();
    process.kill(await loopback.enginePid(), 'SIGKILL');
    await page.locator('#states', { hasText: 'open reconnecting open' }).waitFor();
    await page.locator('#call').click();
    await page.locator('#answer', { hasText: process.version }).waitFor();
    expect(await textOf(page, 'states')).toBe('connecting open reconnecting open');
  });

  it('an app that is not signed in any more says so', async () => {
    const { page } = await newPage();
    await page.goto(loopback.server.link(60_000));
    await page.locator('#states', { hasText: 'open' }).waitFor();
    await page.context().clearCookies();
    process.kill(await loopback.enginePid(), 'SIGKILL');
    await page.locator('#states', { hasText: 'signed-out' }).waitFor();
    expect(await textOf(page, 'states')).toBe('connecting open reconnecting signed-out');
  });

  it('a link on another page works, and that page gets at nothing', async () => {
    const { page } = await newPage();
    const foreign = await startForeignPage(loopback.server.link(60_000));
    await page.goto(foreign.url);
    await page.locator('a').click();
    await page.locator('#states', { hasText: 'open' }).waitFor();
    const landed = page.url();
    await page.goto(foreign.url);
    const got = await page.evaluate(ATTACK, loopback.server.origin);
    await foreign.close();
    expect({ landed, got }).toEqual({
      landed: `${loopback.server.origin}/#/project/%2Facme`,
      got: { fetch: 'refused', noCors: 'nothing', script: 'refused', socket: 'refused', frame: 'empty' },
    });
  });
});

/** What a hostile page can try against an address that it has guessed, in a browser that is signed in there. */
const ATTACK = async (origin: string) => {
  const page = globalThis as unknown as {
    document: {
      createElement(name: string): Record<string, unknown> & { contentDocument: unknown };
      body: { append(element: unknown): void };
    };
  };
  const load = (name: string, path: string) =>
    new Promise<string>((resolve) => {
      const element = page.document.createElement(name);
      element['onload'] = () =>
        resolve(name === 'iframe' && element.contentDocument === null ? 'empty' : 'loaded');
      element['onerror'] = () => resolve('refused');
      element['src'] = origin + path;
      page.document.body.append(element);
    });
  const socket = () =>
    new Promise<string>((resolve) => {
      const tried = new WebSocket(`${origin.replace('http', 'ws')}/engine`);
      tried.addEventListener('open', () => resolve('open'));
      tried.addEventListener('error', () => resolve('refused'));
    });
  const read = (mode: 'cors' | 'no-cors') =>
    fetch(origin, { credentials: 'include', mode }).then(
      async (response) => ((await response.text()) === '' ? 'nothing' : 'read'),
      () => (mode === 'cors' ? 'refused' : 'nothing'),
    );
  return {
    fetch: await read('cors'),
    noCors: await read('no-cors'),
    script: await load('script', '/assets/page.js'),
    socket: await socket(),
    frame: await load('iframe', '/'),
  };
};

async function startForeignPage(link: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><link rel="icon" href="data:,"><body><a href="${link}">open</a></body>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    // Another site, not only another port.
    url: `http://localhost:${port}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
