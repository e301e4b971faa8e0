import { join, resolve } from 'node:path';
import process from 'node:process';
import { app } from 'electron';
import { checkoutEngine, packagedEngine } from '#hosts/electron/engine-place.ts';
import { startShell } from '#hosts/electron/shell.ts';
import { superviseEngine } from '#hosts/engine/supervise-engine.ts';

/** Bundled to `build/desktop/main/main.js`; the root is that of the checkout, or of the archive of an installed app. */
const root = resolve(import.meta.dirname, '../../..');

startShell({
  renderer: join(root, 'build', 'renderer'),
  preload: join(root, 'build', 'desktop', 'preload', 'preload.cjs'),
  mistakes: process,
  startEngine: (onEnd, vault) =>
    superviseEngine({
      ...(app.isPackaged
        ? packagedEngine(process.resourcesPath, process.platform)
        : checkoutEngine(root, `${process.platform}-${process.arch}`)),
      vault,
      onEnd,
    }),
});
