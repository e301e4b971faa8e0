import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { extractAll, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { beforeAll, describe, expect, it } from 'vitest';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';
import { neededFiles, strayFiles } from '../../scripts/packed-files.ts';
import { standInDist } from './stand-in-dist.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = temporaryFolder('desktop');
const app = join(folder, 'out', 'linux-unpacked');
const resources = join(app, 'resources');
const archive = join(folder, 'archive');

function build(...args: readonly string[]): void {
  execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: root,
    stdio: 'pipe',
  });
}

/** The command line of the package, with no environment at all. */
function userferry(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(join(resources, 'bin', 'userferry'), args, {
    cwd: folder,
    env: {},
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** Needs no network: Electron’s own files are stood in for. */
const onLinux = process.platform === 'linux' && process.arch === 'x64';

describe.runIf(onLinux)('the desktop package', () => {
  beforeAll(() => {
    build('scripts/build-renderer.mjs');
    build('scripts/build-desktop.ts');
    build('scripts/stage.ts', 'linux-x64');
    const electron = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as {
      readonly version: string;
    };
    const dist = standInDist(join(folder, 'dist'), electron.version);
    const options = [`-c.electronDist=${dist}`, `-c.directories.output=${join(folder, 'out')}`];
    build('node_modules/electron-builder/cli.js', '--linux', 'dir', '--publish', 'never', ...options);
    extractAll(join(resources, 'app.asar'), archive);
    return () => removeFolder(folder);
  });

  it('holds what it needs and nothing of other systems', () => {
    expect({
      missing: neededFiles('linux', 'x64').filter((path) => !existsSync(join(resources, path))),
      stray: strayFiles('linux', 'x64').filter((path) => existsSync(join(resources, path))),
      executable: existsSync(join(app, 'userferry')),
    }).toEqual({ missing: [], stray: [], executable: true });
  });

  it('has an archive of the shell and its page, without packages or sources', () => {
    const names = listPackage(join(resources, 'app.asar'), { isPack: false });
    const listed = names.filter(
      (name) => !name.startsWith('/build/renderer/assets/') && !name.endsWith('.txt'),
    );
    expect(listed.toSorted()).toEqual([
      '/LICENSE',
      '/NOTICE',
      '/build',
      '/build/desktop',
      '/build/desktop/main',
      '/build/desktop/main/licences.md',
      '/build/desktop/main/main.js',
      '/build/desktop/preload',
      '/build/desktop/preload/licences.md',
      '/build/desktop/preload/preload.cjs',
      '/build/renderer',
      '/build/renderer/assets',
      '/build/renderer/index.html',
      '/build/renderer/licences.md',
      '/package.json',
    ]);
  });

  it('has its fuses set (19)', async () => {
    const wire = await getCurrentFuseWire(join(app, 'userferry'));
    const on = Object.entries(wire).flatMap(([fuse, state]) =>
      fuse !== 'version' && state === FuseState.ENABLE ? [FuseV1Options[Number(fuse)]] : [],
    );
    expect(on).toEqual([
      'EnableCookieEncryption',
      'EnableEmbeddedAsarIntegrityValidation',
      'OnlyLoadAppFromAsar',
      // Not known to the packager, and on in Electron.
      'WasmTrapHandlers',
    ]);
  });

  it('has a command line that runs on the Node it brings, in an empty environment', () => {
    const version = userferry('version');
    const made = userferry('init', 'acme', '--from', 'sample', '--users', '300');
    const checked = userferry('check', '-p', 'acme', '--json');
    const trial = userferry('trial', 'lazy', '-p', 'acme', '--depth', 'profiles', '--limit', '30', '--json');
    const counts = (JSON.parse(trial.stdout) as { result: { counts: { done: number }[] } }).result.counts;
    expect({
      version: version.stdout.split('\n').slice(0, 2),
      made: made.status,
      checked: [checked.status, (JSON.parse(checked.stdout) as { command: string }).command],
      done: counts.map(({ done }) => done),
      errors: [version, made].map(({ stderr }) => stderr),
    }).toEqual({
      version: [expect.stringMatching(/^userferry \d/), 'Node 26.10.0'],
      made: 0,
      checked: [0, 'check'],
      done: [30],
      errors: ['', ''],
    });
  });

  it('starts: its own shell shows its own page and reaches its own engine', () => {
    mkdirSync(join(folder, 'elsewhere'));
    const script = fileURLToPath(new URL('boot-packaged.ts', import.meta.url));
    const { stdout, stderr } = spawnSync(process.execPath, [script, archive, resources], {
      cwd: join(folder, 'elsewhere'),
      env: {},
      encoding: 'utf8',
    });
    if (stdout === '') throw new Error(stderr);
    expect(JSON.parse(stdout)).toEqual({
      page: 200,
      html: true,
      preload: '/build/desktop/preload/preload.cjs',
      connected: { ok: true, value: null },
      posted: ['engine:port 5'],
      exits: [0],
    });
  });
});
