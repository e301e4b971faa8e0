// electron-builder calls this after it has put a package together and before it signs and compresses it. A file set
// that matched nothing is no error to it, so what a package must hold is written down here.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { neededFiles, strayFiles } from './packed-files.ts';

const ARCHITECTURES = ['ia32', 'x64', 'armv7l', 'arm64', 'universal'];

/** @param context what electron-builder hands to `afterPack` */
export function afterPack(context) {
  const resources = context.packager.getResourcesDir(context.appOutDir);
  const platform = context.electronPlatformName === 'mas' ? 'darwin' : context.electronPlatformName;
  const arch = ARCHITECTURES[context.arch];
  const missing = neededFiles(platform, arch).filter((path) => !existsSync(join(resources, path)));
  const stray = strayFiles(platform, arch).filter((path) => existsSync(join(resources, path)));
  const problems = [
    ...missing.map((path) => `missing: ${path}`),
    ...stray.map((path) => `not wanted: ${path}`),
  ];
  if (problems.length > 0) throw new Error(`the package is not complete:\n  ${problems.join('\n  ')}`);
  if (platform !== 'win32' && (statSync(join(resources, 'node/node')).mode & 0o111) === 0) {
    throw new Error('the bundled Node cannot be executed');
  }
}
