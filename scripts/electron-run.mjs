// npm run desktop: builds the window's page and shell and opens them in the Electron that is installed.
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledNode } from '../bin/bundled-node.mjs';
import { buildRenderer } from './build-renderer.mjs';
import { findDesktop } from './electron-dist.mjs';
import { run } from './processes.mjs';

/**
 * Opens the desktop and waits until it is closed. Gives the exit code; 1 with a sentence where there is none to open.
 * @param {string} root the checkout
 * @param {string} node Node 26, for the build
 * @param {readonly string[]} words for the app: a project folder
 */
export async function electronRun(root, node, words) {
  const desktop = findDesktop(root);
  if (!desktop.ok) {
    console.error(`The desktop cannot be opened: ${desktop.reason}.`);
    return 1;
  }
  const page = await buildRenderer(root, node);
  if (page !== 0) return page;
  const script = join(root, 'scripts', 'build-desktop.ts');
  const shell = await run(root, node, ['--disable-warning=ExperimentalWarning', script]);
  if (shell !== 0) return shell;
  // The app's own folder is where it is started from: a project is named as the person sees it.
  const projects = words.map((word) => (word.startsWith('-') ? word : resolve(word)));
  return run(root, desktop.executable, [root, ...projects]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  process.exitCode = await electronRun(root, bundledNode(root) ?? process.execPath, process.argv.slice(2));
}
