// Builds the pages of the app into build/renderer when their sources are newer than what is there.
// Plain syntax on purpose, like everything that a fresh checkout runs first.
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, toolEntry } from './processes.mjs';

/** What the pages are made of. Folders count with everything below them. */
const SOURCES = ['renderer', 'main/contract', 'main/domain', 'package-lock.json'];

/** Gives the exit code: 0 when the pages are there and newer than their sources. */
export async function buildRenderer(root, node) {
  const target = join(root, 'build', 'renderer');
  if (!isStale(root, target)) return 0;
  console.log('Building the pages of the app.');
  mkdirSync(join(root, 'build'), { recursive: true });
  // Beside its place first: a server that runs must not find half of it.
  const fresh = `${target}.${process.pid}`;
  const vite = await toolEntry(root, 'vite', 'vite');
  const options = ['--config', 'renderer/vite.config.ts', '--outDir', fresh, '--logLevel', 'warn'];
  const code = await run(root, node, [vite, 'build', ...options, '--emptyOutDir']);
  if (code === 0) takePlace(fresh, target);
  rmSync(fresh, { recursive: true, force: true });
  return code;
}

function takePlace(fresh, target) {
  const old = `${fresh}.old`;
  if (existsSync(target)) renameSync(target, old);
  renameSync(fresh, target);
  rmSync(old, { recursive: true, force: true });
}

function isStale(root, target) {
  const page = join(target, 'index.html');
  if (!existsSync(page)) return true;
  const builtAt = statSync(page).mtimeMs;
  return SOURCES.some((source) => newest(join(root, source)) > builtAt);
}

function newest(path) {
  if (!existsSync(path)) return 0;
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  // A folder changes when a file in it is removed.
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

// With a folder as its argument: the pages are copied there as well, for a package.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  process.exitCode = await buildRenderer(root, process.execPath);
  const copy = process.argv[2];
  if (copy !== undefined && process.exitCode === 0) {
    cpSync(join(root, 'build', 'renderer'), resolve(root, copy), { recursive: true });
  }
}
