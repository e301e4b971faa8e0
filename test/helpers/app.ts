import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from '@playwright/test';
import { superviseEngine } from '#hosts/engine/supervise-engine.ts';
import { startServer } from '#hosts/server/start-server.ts';

/** Where `npm run build:renderer` writes; tests of single screens may name a folder of their own. */
const RENDERER =
  process.env['USERFERRY_RENDERER'] ?? fileURLToPath(new URL('../../build/renderer', import.meta.url));

const LINK_LIVES_MS = 60_000;

export interface AppOptions {
  readonly colours?: 'light' | 'dark';
  readonly size?: { readonly width: number; readonly height: number };
  /** Folder in which the engine keeps its list of projects: a temporary one. */
  readonly home: string;
  readonly reducedMotion?: boolean;
  /** Runs in the page before anything of ours. */
  readonly beforeLoad?: () => void;
}

/** The app as people use it: the real server, the real engine in its own process, a real Chromium. */
export interface App {
  readonly page: Page;
  readonly origin: string;
  /** Lines that the page wrote as errors, and requests to anywhere but our own server. Must stay empty. */
  readonly complaints: readonly string[];
  /** Goes to a route such as `/project/…/scripts`. */
  readonly go: (route: string) => Promise<void>;
  /** What axe finds now, as `rule: element` lines. */
  readonly axe: () => Promise<readonly string[]>;
  /** Kills the engine as a crash would. */
  readonly killEngine: () => Promise<void>;
  readonly close: () => Promise<void>;
}

let browser: Promise<Browser> | null = null;

function sharedBrowser(): Promise<Browser> {
  browser ??= chromium.launch({
    executablePath: process.env['USERFERRY_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--disable-dev-shm-usage', '--force-color-profile=srgb', '--font-render-hinting=none'],
  });
  return browser;
}

/** Ends the browser that all tests of a file share. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = null;
}

/** Starts everything and signs in. Close it at the end of the test. */
export async function openApp(options: AppOptions): Promise<App> {
  // The engine keeps its list of projects below these; it inherits them.
  process.env['XDG_CONFIG_HOME'] = join(options.home, 'config');
  process.env['HOME'] = options.home;
  const engine = await superviseEngine();
  const server = await startServer({
    port: 0,
    renderer: RENDERER,
    engine,
    startAt: '/',
    forwardedPorts: [],
    origins: [],
    idleMs: 0,
  });
  const context = await (await sharedBrowser()).newContext({
    viewport: options.size ?? { width: 1280, height: 800 },
    colorScheme: options.colours ?? 'light',
    reducedMotion: options.reducedMotion === false ? 'no-preference' : 'reduce',
    acceptDownloads: true,
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.origin });
  const page = await context.newPage();
  const complaints = watch(page, server.origin);
  if (options.beforeLoad !== undefined) await page.addInitScript(options.beforeLoad);
  await page.goto(server.link(LINK_LIVES_MS));
  await page.getByText('Engine ready').waitFor();
  return {
    page,
    origin: server.origin,
    complaints,
    go: async (route) => {
      await page.evaluate((hash) => void (window.location.hash = hash), route);
    },
    axe: () => findings(page),
    killEngine: async () => (await engine.current()).kill(),
    close: async () => {
      await context.close();
      await server.stop('serverStopped');
    },
  };
}

function watch(page: Page, origin: string): string[] {
  const complaints: string[] = [];
  const ours = [origin, origin.replace('http', 'ws'), 'data:', 'blob:'];
  page.on('console', (message) => {
    // A socket that breaks because a test killed the engine is logged by the browser itself.
    if (message.type() === 'error' && !message.text().startsWith('WebSocket connection to')) {
      complaints.push(`console: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (!ours.some((start) => request.url().startsWith(start))) complaints.push(`foreign: ${request.url()}`);
  });
  return complaints;
}

async function findings(page: Page): Promise<readonly string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  );
}
