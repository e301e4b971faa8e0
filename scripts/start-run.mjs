import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './processes.mjs';

/** The demo in ./userferry-sample, then its newest report: opened where there is a desktop, named otherwise. */
export async function startRun(root, node, rest) {
  const folder = rest.find((word) => !word.startsWith('-')) ?? 'userferry-sample';
  const code = await run(root, node, ['bin/userferry.mjs', 'demo', ...rest]);
  if (code !== 0) return code;
  const page = newestReport(join(root, folder, 'trials'));
  if (page === null) return 0;
  console.log(`\nThe report of the last trial: ${page}`);
  if (hasDesktop()) open(page);
  return 0;
}

function newestReport(trials) {
  if (!existsSync(trials)) return null;
  const pages = readdirSync(trials)
    .map((id) => join(trials, id, 'report.html'))
    .filter((page) => existsSync(page))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  return pages[0] ?? null;
}

function hasDesktop() {
  if (process.env.CI !== undefined || process.env.SSH_CONNECTION !== undefined) return false;
  if (process.platform === 'linux') {
    return process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined;
  }
  return true;
}

function open(page) {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', page]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', page]
        : ['xdg-open', page];
  const child = spawn(command, args, { detached: true, stdio: 'ignore' });
  // Without an opener the line above already says where the page is.
  child.on('error', () => undefined);
  child.unref();
}
