// Pictures of every screen of the app for docs/screens: the real app on a sample project, in both colour schemes.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type App, closeBrowser, openApp } from '#test/app.ts';
import { fewerColours } from './screens/fewer-colours.ts';
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
  const picture = fewerColours(await app.page.screenshot());
  writeFileSync(join(folder, `${name}.png`), picture);
  return picture.length;
}

type Colours = Shot['colours'];

function nameOf(scene: string, colours: Colours, size: keyof typeof SIZES): string {
  return `app-${scene}-${colours}${size === 'wide' ? '-wide' : ''}`;
}

/** All pictures that lie in the folder, in the order of the walk. */
function taken(): readonly Shot[] {
  return SCENES.flatMap(({ name: scene, title }) =>
    (['usual', 'wide'] as const).flatMap((size) =>
      (['light', 'dark'] as const).flatMap((colours): Shot[] => {
        const file = `${nameOf(scene, colours, size)}.png`;
        return existsSync(join(folder, file)) ? [{ scene, title, colours, size, file }] : [];
      }),
    ),
  );
}

async function walk(scenery: Scenery, colours: Colours, size: keyof typeof SIZES): Promise<void> {
  const scenes = SCENES.filter(
    (scene) => (size === 'usual' || scene.wide === true) && (only.length === 0 || only.includes(scene.name)),
  );
  if (scenes.length === 0) return;
  const app = await openApp({ home: scenery.home(), colours, size: SIZES[size] });
  try {
    for (const scene of scenes) {
      const name = nameOf(scene.name, colours, size);
      try {
        await scene.show(app, scenery);
        const bytes = await photograph(app, name);
        await scene.leave?.(app, scenery);
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
}

const work = mkdtempSync(join(tmpdir(), 'userferry-screens-'));
try {
  mkdirSync(folder, { recursive: true });
  const scenery = await prepareScreens(work);
  for (const size of ['usual', 'wide'] as const) {
    for (const colours of ['light', 'dark'] as const) await walk(scenery, colours, size);
  }
  const page = join(root, 'docs', 'screens.md');
  writeFileSync(page, screensPage(readFileSync(page, 'utf8'), taken()));
} finally {
  await closeBrowser();
  rmSync(work, { recursive: true, force: true });
}
