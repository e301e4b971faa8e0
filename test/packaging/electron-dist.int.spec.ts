import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '#test/temporary-folder.ts';

type Found = { readonly ok: true } | { readonly ok: false; readonly reason: string };
const { findDesktop } = (await import(new URL('../../scripts/electron-dist.mjs', import.meta.url).href)) as {
  readonly findDesktop: (
    root: string,
    surroundings: { readonly env: object; readonly platform: string },
  ) => Found;
};

const EXECUTABLES = {
  linux: 'electron',
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
} as const;

interface Made {
  readonly platform?: keyof typeof EXECUTABLES;
  /** Of the binary; null: there is none. */
  readonly version?: string | null;
  readonly mode?: number;
  readonly dist?: string;
}

/** A checkout with the package of Electron 45.4.1 in it. */
function checkout({ platform = 'linux', version = '45.4.1', mode = 0o755, dist }: Made = {}): string {
  const root = temporaryFolder('electron');
  const electron = join(root, 'node_modules', 'electron');
  mkdirSync(electron, { recursive: true });
  writeFileSync(join(root, 'package.json'), '{}');
  // What would happen if anybody loaded it.
  writeFileSync(join(electron, 'index.js'), 'throw new Error("downloading");');
  writeFileSync(join(electron, 'package.json'), JSON.stringify({ version: '45.4.1', main: 'index.js' }));
  if (version !== null) {
    const executable = join(dist ?? join(electron, 'dist'), EXECUTABLES[platform]);
    mkdirSync(join(executable, '..'), { recursive: true });
    writeFileSync(executable, '', { mode });
    writeFileSync(join(dist ?? join(electron, 'dist'), 'version'), version);
  }
  return root;
}

const linux = { env: { DISPLAY: ':0' }, platform: 'linux' };

describe('the desktop', () => {
  it.each([
    ['linux', { DISPLAY: ':0' }],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }],
    ['darwin', {}],
    ['win32', {}],
  ] as const)('is found on %s with %j', (platform, env) => {
    const root = checkout({ platform });
    const executable = join(root, 'node_modules/electron/dist', EXECUTABLES[platform]);
    expect(findDesktop(root, { env, platform })).toEqual({ ok: true, executable, version: '45.4.1' });
  });

  it('is found where ELECTRON_OVERRIDE_DIST_PATH says, and only there', () => {
    const dist = temporaryFolder('dist');
    const root = checkout({ dist, version: 'v45.4.1\n' });
    const env = { ...linux.env, ELECTRON_OVERRIDE_DIST_PATH: dist };
    expect([findDesktop(root, { env, platform: 'linux' }), findDesktop(root, linux).ok]).toEqual([
      { ok: true, executable: join(dist, 'electron'), version: '45.4.1' },
      false,
    ]);
  });
});

describe('there is none', () => {
  const reason = (root: string, surroundings = linux) => {
    const found = findDesktop(root, surroundings);
    return found.ok ? null : found.reason.replaceAll(root, 'ROOT');
  };

  it.each([
    [
      'without the binary',
      { version: null },
      'no Electron binary at ROOT/node_modules/electron/dist/electron',
    ],
    [
      'with another version',
      { version: '44.0.0' },
      'the Electron binary in ROOT/node_modules/electron/dist is 44.0.0, not 45.4.1',
    ],
    [
      'with a file that cannot be run',
      { mode: 0o644 },
      'no Electron binary at ROOT/node_modules/electron/dist/electron',
    ],
  ] as const)('%s', (_case, made, expected) => {
    expect(reason(checkout(made))).toBe(expected);
  });

  it('without a display', () => {
    expect(reason(checkout(), { env: { DISPLAY: '' }, platform: 'linux' })).toBe(
      'there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)',
    );
  });

  it('without the package', () => {
    const root = temporaryFolder('none');
    writeFileSync(join(root, 'package.json'), '{}');
    expect(reason(root)).toBe('the package electron is not installed');
  });

  it('on a system that Electron does not know', () => {
    expect(reason(checkout(), { env: {}, platform: 'freebsd' } as never)).toBe(
      'there is no Electron for freebsd',
    );
  });
});
