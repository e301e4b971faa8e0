import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { neededFiles } from '../../scripts/packed-files.ts';

const { afterPack } = (await import(new URL('../../scripts/verify-pack.mjs', import.meta.url).href)) as {
  readonly afterPack: (context: object) => void;
};

/** As electron-builder counts architectures. */
const X64 = 1;
const ARM64 = 3;

/** Resources of a package in which nothing is missing. */
function complete(platform: string, arch: string, mode = 0o755): string {
  const folder = temporaryFolder('pack');
  for (const path of neededFiles(platform, arch)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), '', { mode });
  }
  return folder;
}

const context = (resources: string, electronPlatformName: string, arch: number) => ({
  appOutDir: '/nowhere',
  electronPlatformName,
  arch,
  packager: { getResourcesDir: () => resources },
});

describe('a package', () => {
  it.each([
    ['linux', 'x64', X64],
    ['linux', 'arm64', ARM64],
    ['darwin', 'arm64', ARM64],
    ['win32', 'x64', X64],
  ])('with everything that %s on %s needs passes', (platform, arch, number) => {
    expect(() => afterPack(context(complete(platform, arch), platform, number))).not.toThrow();
  });

  it('for another system does not pass for this one', () => {
    const resources = complete('linux', 'arm64');
    expect(() => afterPack(context(resources, 'linux', X64))).toThrow(
      /missing: engine\/node_modules\/better-sqlite3\/prebuilds\/linux-x64\.node[^]*not wanted: engine\/node_modules\/isolated-vm\/prebuilds\/linux-arm64/,
    );
  });

  it('that lost its packages, as electron-builder loses them, is told in full', () => {
    expect(() => afterPack(context(temporaryFolder('empty'), 'linux', X64))).toThrow(
      new Error(
        `the package is not complete:\n  ${neededFiles('linux', 'x64')
          .map((path) => `missing: ${path}`)
          .join('\n  ')}`,
      ),
    );
  });

  it('whose Node cannot be executed is refused', () => {
    const resources = complete('linux', 'x64', 0o644);
    expect(() => afterPack(context(resources, 'linux', X64))).toThrow('the bundled Node cannot be executed');
  });
});
