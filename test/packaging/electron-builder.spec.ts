import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const builder = createRequire(import.meta.url).resolve('app-builder-lib/package.json');
const scheme = JSON.parse(readFileSync(join(builder, '../scheme.json'), 'utf8')) as object;
const config = load(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as Record<string, unknown>;

/** What the packager itself would complain about. */
function complaints(candidate: object): readonly string[] {
  // Its scheme names things of its own beside those of the standard.
  const check = new Ajv({ strict: false, allErrors: true }).compile(scheme);
  check(candidate);
  return (check.errors ?? []).map(({ instancePath, message, params }) =>
    [instancePath, message, JSON.stringify(params)].join(' '),
  );
}

describe('electron-builder.yml', () => {
  it('is what the packager understands', () => {
    expect(complaints(config)).toEqual([]);
  });

  it('is checked for real: a misspelled setting is found', () => {
    expect(complaints({ ...config, asarUnpak: true })).toEqual([
      ' must NOT have additional properties {"additionalProperty":"asarUnpak"}',
    ]);
  });

  it('sets every fuse so that the app is only itself (19)', () => {
    expect(config['electronFuses']).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  it('names files that are there', () => {
    const { icon: linux } = config['linux'] as { readonly icon: string };
    const { icon: mac } = config['mac'] as { readonly icon: string };
    const { icon: windows } = config['win'] as { readonly icon: string };
    const { include } = config['nsis'] as { readonly include: string };
    const { fpm } = config['deb'] as { readonly fpm: readonly string[] };
    const named = [
      linux,
      mac,
      windows,
      include,
      ...fpm.map((map) => map.split('=')[0]!),
      String(config['afterPack']),
    ];
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('has the packages of no other system compiled or taken along', () => {
    expect([
      config['npmRebuild'],
      config['asar'],
      (config['files'] as string[]).includes('!node_modules/**'),
    ]).toEqual([false, true, true]);
  });
});
