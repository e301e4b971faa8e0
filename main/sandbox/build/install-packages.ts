import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PATHS } from './paths.ts';

const FILES = ['package.json', 'package-lock.json', '.npmrc'] as const;

/**
 * Installs what scripts may require into `build/sandbox-packages`, exactly as locked and without running any
 * install script. Does nothing when that folder already holds the same lock file's packages.
 */
export function installPackages(say: (line: string) => void): void {
  const lock = readFileSync(join(PATHS.packagesSource, 'package-lock.json'));
  const checksum = createHash('sha256').update(lock).digest('hex');
  const mark = join(PATHS.packages, 'node_modules', '.installed');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === checksum) return;

  mkdirSync(PATHS.packages, { recursive: true });
  for (const file of FILES) copyFileSync(join(PATHS.packagesSource, file), join(PATHS.packages, file));
  say('installing the modules that scripts may require, and Node 22 (npm ci --ignore-scripts, about 400 MB)');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const done = spawnSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: PATHS.packages,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (done.status !== 0)
    throw new Error(`npm ci failed in ${PATHS.packages}; its own output above says why.`);
  writeFileSync(mark, checksum);
}
