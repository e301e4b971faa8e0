// Is there a desktop to open? Plain syntax and no dependency, since it runs on whatever Node the machine has.
// It never loads the package `electron`: without its binary that call downloads one, and where a server
// accepts and stays silent it waits five minutes.
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const EXECUTABLES = {
  linux: ['electron'],
  darwin: ['Electron.app', 'Contents', 'MacOS', 'Electron'],
  win32: ['electron.exe'],
};

/**
 * @typedef {{ readonly ok: true, readonly executable: string, readonly version: string }} DesktopFound
 * @typedef {{ readonly ok: false, readonly reason: string }} DesktopMissing
 */

/**
 * The Electron binary that fits the installed package, or why the desktop cannot be opened, as a half sentence
 * for "Opening in the browser instead: …".
 * @param {string} root folder whose node_modules counts
 * @param {{ readonly env?: Readonly<Record<string, string | undefined>>, readonly platform?: string }} [surroundings]
 * @returns {DesktopFound | DesktopMissing}
 */
export function findDesktop(root, surroundings = {}) {
  const env = surroundings.env ?? process.env;
  const platform = surroundings.platform ?? process.platform;
  const binary = electronBinary(root, env, platform);
  if (!binary.ok) return binary;
  const noDisplay = platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY;
  return noDisplay
    ? { ok: false, reason: 'there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)' }
    : binary;
}

function electronBinary(root, env, platform) {
  const manifest = electronManifest(root);
  if (manifest === null) return { ok: false, reason: 'the package electron is not installed' };
  const name = EXECUTABLES[platform];
  if (name === undefined) return { ok: false, reason: `there is no Electron for ${platform}` };
  const dist = env.ELECTRON_OVERRIDE_DIST_PATH || join(dirname(manifest), 'dist');
  const executable = join(dist, ...name);
  if (!canRun(executable)) return { ok: false, reason: `no Electron binary at ${executable}` };
  const wanted = JSON.parse(readFileSync(manifest, 'utf8')).version;
  const found = versionOf(dist);
  return found === wanted
    ? { ok: true, executable, version: wanted }
    : {
        ok: false,
        reason: `the Electron binary in ${dist} is ${found ?? 'of no known version'}, not ${wanted}`,
      };
}

function electronManifest(root) {
  try {
    return createRequire(join(root, 'package.json')).resolve('electron/package.json');
  } catch {
    return null;
  }
}

function canRun(path) {
  if (!existsSync(path)) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function versionOf(dist) {
  const path = join(dist, 'version');
  return existsSync(path) ? readFileSync(path, 'utf8').trim().replace(/^v/, '') : null;
}
