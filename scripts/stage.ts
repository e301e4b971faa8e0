// Fills build/stage/<os>-<arch> with everything of a desktop package that is not in the archive of the shell: the
// engine with the packages it needs, the plain Node that runs it, and the command line. Names of systems are those
// of electron-builder: linux, mac, win. Without an argument: for this machine.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, copyFile, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { copyPackage, neededPackages, type Target } from './stage-packages.ts';

/** Where isolated-vm has a binary; there is none for macOS on Intel or Windows on ARM. */
const TARGETS: Readonly<Record<string, Target>> = {
  'linux-x64': { platform: 'linux', arch: 'x64' },
  'linux-arm64': { platform: 'linux', arch: 'arm64' },
  'mac-arm64': { platform: 'darwin', arch: 'arm64' },
  'win-x64': { platform: 'win32', arch: 'x64' },
};

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const system = process.argv[2] ?? ownTarget();
const target = TARGETS[system];
if (target === undefined) {
  throw new Error(`there is no desktop package for ${system}; known are ${Object.keys(TARGETS).join(', ')}`);
}
const stage = join(root, 'build', 'stage', system);
const engine = join(stage, 'engine');

for (const part of ['build/renderer/index.html', 'build/sandbox/manifest.json']) {
  if (!existsSync(join(root, part))) throw new Error(`${part} is missing; run "npm run build:desktop"`);
}
await rm(stage, { recursive: true, force: true });
await mkdir(engine, { recursive: true });
await copyEngine();
const packages = system === ownTarget() ? root : installFor(system, target);
await copyPackages(packages, target);
await copyNode(packages, target);
await writeCommands(target);
console.log(`${stage} is complete`);

function ownTarget(): string {
  const names: Readonly<Record<string, string>> = { darwin: 'mac', win32: 'win' };
  return `${names[process.platform] ?? process.platform}-${process.arch}`;
}

async function copyEngine(): Promise<void> {
  for (const script of ['build-package.ts', 'third-party-licences.ts']) {
    const path = join(root, 'scripts', script);
    const out = join(engine, 'dist');
    execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', path, out], {
      stdio: 'inherit',
    });
  }
  if (!existsSync(join(root, 'build/script-types'))) {
    execFileSync(process.execPath, [join(root, 'scripts/script-types.ts')], { stdio: 'inherit' });
  }
  for (const path of [
    'bin',
    'build/sandbox',
    'build/script-types',
    'templates',
    'LICENSE',
    'NOTICE',
    'package.json',
  ]) {
    await cp(join(root, path), join(engine, path), { recursive: true });
  }
  // For "userferry serve": a plain Node cannot read the archive in which the shell has its pages.
  await cp(join(root, 'build/renderer'), join(engine, 'dist/renderer'), { recursive: true });
}

async function copyPackages(from: string, packagesFor: Target): Promise<void> {
  for (const path of neededPackages(from)) await copyPackage(from, engine, path, packagesFor);
}

async function copyNode(from: string, { platform, arch }: Target): Promise<void> {
  // Plain JavaScript for whatever Node a machine has, so it has no types.
  const launcher = (await import(new URL('../bin/bundled-node.mjs', import.meta.url).href)) as {
    readonly nodePackage: (platform: string, arch: string) => string | null;
  };
  const nodeAt = launcher.nodePackage(platform, arch);
  const manifest = createRequire(join(from, 'package.json')).resolve(`${nodeAt}/package.json`);
  const binary = platform === 'win32' ? 'node.exe' : 'node';
  await mkdir(join(stage, 'node'), { recursive: true });
  await copyFile(join(dirname(manifest), 'bin', binary), join(stage, 'node', binary));
  await writeFile(join(stage, 'node', 'LICENSE'), await nodeLicence(dirname(manifest)));
  await chmod(join(stage, 'node', binary), 0o755);
}

/** Some of these packages come without the text; that of the Node whose library scripts see is the same licence. */
async function nodeLicence(folder: string): Promise<string> {
  const own = join(folder, 'LICENSE');
  if (existsSync(own)) return readFile(own, 'utf8');
  const collected = await readFile(join(engine, 'dist', 'THIRD-PARTY-LICENSES.txt'), 'utf8');
  const section = collected.split(/^={100}$/m).find((text) => text.startsWith('\nNode.js '));
  if (section === undefined) throw new Error('the collected licences hold none of Node.js');
  return section.trimStart();
}

/** The command line of an installed app, to be linked from a folder of the search path. */
async function writeCommands({ platform }: Target): Promise<void> {
  await mkdir(join(stage, 'bin'), { recursive: true });
  if (platform === 'win32') {
    const line = '@"%~dp0..\\node\\node.exe" "%~dp0..\\engine\\bin\\userferry.mjs" %*\r\n';
    await writeFile(join(stage, 'bin', 'userferry.cmd'), line);
    return;
  }
  const lines = [
    '#!/bin/sh',
    'here=$(dirname "$(readlink -f "$0")")/..',
    'exec "$here/node/node" "$here/engine/bin/userferry.mjs" "$@"',
  ];
  await writeFile(join(stage, 'bin', 'userferry'), `${lines.join('\n')}\n`, { mode: 0o755 });
}

/** Installs the locked packages for another system beside the stage; this needs the network. */
function installFor(named: string, { platform, arch }: Target): string {
  const folder = join(root, 'build', 'stage-packages', named);
  execFileSync(process.execPath, [join(root, 'scripts', 'install-for.mjs'), folder, platform, arch], {
    stdio: 'inherit',
  });
  return folder;
}
