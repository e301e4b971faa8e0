// Pictures of every screen of the app for docs/screens: the real app on a sample project, in both colour schemes.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type App, closeBrowser, openApp } from '#test/app.ts';
import { prepareScreens, type Scenery } from './screens/scenery.ts';
import { SCENES } from './screens/scenes.ts';
import { screensPage, type Shot } from './screens/page.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = process.env['USERFERRY_SCREENS'] ?? join(root, 'docs', 'screens');
const only = process.argv.slice(2);
const SIZES = { usual: { width: 1280, height: 800 }, wide: { width: 1920, height: 1080 } } as const;
/** Charts draw and tooltips go within this time. */
const SETTLED_MS = 450;

async function photograph(app: App, name: string): Promise<number> {
  await app.page.mouse.move(0, 0);
  await app.page.waitForTimeout(SETTLED_MS);
  const path = join(folder, `${name}.png`);
  await app.page.screenshot({ path });
  return statSync(path).size;
}

async function walk(
  scenery: Scenery,
  colours: 'light' | 'dark',
  size: keyof typeof SIZES,
): Promise<readonly Shot[]> {
  const shots: Shot[] = [];
  const scenes = SCENES.filter(
    (scene) => (size === 'usual' || scene.wide === true) && (only.length === 0 || only.includes(scene.name)),
  );
  if (scenes.length === 0) return shots;
  const app = await openApp({ home: scenery.home(), colours, size: SIZES[size] });
  try {
    for (const scene of scenes) {
      const name = `app-${scene.name}-${colours}${size === 'wide' ? '-wide' : ''}`;
      try {
        await scene.show(app, scenery);
        const bytes = await photograph(app, name);
        await scene.leave?.(app, scenery);
        shots.push({ scene: scene.name, title: scene.title, colours, size, file: `${name}.png` });
        process.stdout.write(`${name} ${Math.round(bytes / 1000)} kB\n`);
      } catch (error) {
        // The other pictures are still worth taking.
        process.exitCode = 1;
        process.stderr.write(`${name}: ${String(error)}\n`);
      }
    }
    if (app.complaints.length > 0) throw new Error(`the page complained:\n${app.complaints.join('\n')}`);
  } finally {
    await app.close();
  }
  return shots;
}

const work = mkdtempSync(join(tmpdir(), 'userferry-screens-'));
try {
  mkdirSync(folder, { recursive: true });
  const scenery = await prepareScreens(work);
  const shots: Shot[] = [];
  for (const size of ['usual', 'wide'] as const) {
    for (const colours of ['light', 'dark'] as const) shots.push(...(await walk(scenery, colours, size)));
  }
  const page = join(root, 'docs', 'screens.md');
  if (only.length === 0) writeFileSync(page, screensPage(readFileSync(page, 'utf8'), shots));
} finally {
  await closeBrowser();
  rmSync(work, { recursive: true, force: true });
}
