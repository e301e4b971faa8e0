import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';

/** Why the packages must be installed, in words, or null when they are in place. */
export function needsInstall(root) {
  const mark = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(mark)) return 'they are not there yet';
  const lock = join(root, 'package-lock.json');
  if (existsSync(lock) && statSync(lock).mtimeMs > statSync(mark).mtimeMs) {
    return 'package-lock.json is newer than node_modules';
  }
  return null;
}

/** Environment in which `node` and the installed tools are those of this checkout. */
function environment(root, command) {
  const path = [join(root, 'node_modules', '.bin'), dirname(command), process.env.PATH ?? ''];
  return { ...process.env, PATH: path.join(delimiter) };
}

/** Runs a command with this terminal and gives its exit code; a signal counts as 128 and up. */
export function run(root, command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: 'inherit',
      env: environment(root, command),
      ...options,
    });
    const forward = (signal) => child.kill(signal);
    process.on('SIGINT', forward);
    process.on('SIGTERM', forward);
    const done = (code) => {
      process.off('SIGINT', forward);
      process.off('SIGTERM', forward);
      resolve(code);
    };
    child.on('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`);
      done(1);
    });
    child.on('exit', (code) => done(code ?? 128));
  });
}

/** npm under the Node that runs now: inside `npm test` the same npm again, otherwise the one on PATH. */
export function runNpm(root, args) {
  const npm = process.env.npm_execpath;
  if (npm !== undefined && /\.[cm]?js$/.test(npm)) return run(root, process.execPath, [npm, ...args]);
  const windows = process.platform === 'win32';
  return run(root, windows ? 'npm.cmd' : 'npm', args, { shell: windows });
}

/** A tool's own entry file, from the `bin` field of its package, so that no shell shim is needed on Windows. */
export async function toolEntry(root, name, bin) {
  const { readFile } = await import('node:fs/promises');
  const folder = join(root, 'node_modules', ...name.split('/'));
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const entry = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin?.[bin];
  if (entry === undefined) throw new Error(`package ${name} has no program "${bin}"`);
  return join(folder, entry);
}
