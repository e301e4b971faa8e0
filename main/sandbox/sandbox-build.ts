import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Fault } from '#engine/fault.ts';
import type { BuiltModule, SandboxManifest } from './guest/guest-api.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
const require = createRequire(import.meta.url);

/** The built guest on disk and the files a worker may read. */
export interface SandboxBuild {
  readonly folder: string;
  readonly manifest: SandboxManifest;
  readonly isolatedVm: string;
  readonly readable: readonly string[];
}

export function loadSandboxBuild(folder: string = join(PROJECT, 'build', 'sandbox')): SandboxBuild {
  let text: string;
  try {
    text = readFileSync(join(folder, 'manifest.json'), 'utf8');
  } catch (cause) {
    throw new Fault('sandbox-unavailable', 'The sandbox has not been built.', {
      where: folder,
      help: 'Run "npm run build:sandbox" once.',
      cause,
    });
  }
  const isolated = packageFolder('isolated-vm');
  return {
    folder,
    manifest: JSON.parse(text) as SandboxManifest,
    isolatedVm: join(isolated, nativeFile()),
    readable: [
      join(import.meta.dirname, '/'),
      join(folder, '/'),
      join(PROJECT, 'package.json'),
      join(isolated, '/'),
      // Holds the packages of both password hash libraries and their native parts.
      join(dirname(packageFolder('@node-rs/bcrypt')), '/'),
      // Read by their loaders to tell one C library from another.
      '/usr/bin/ldd',
    ],
  };
}

function packageFolder(name: string): string {
  return dirname(require.resolve(`${name}/package.json`));
}

/** Chosen by fixed rule, as the worker may not look around: the prebuilt file for this platform and Node ABI. */
function nativeFile(): string {
  const { platform, arch, versions } = process;
  const glibc = (process.report.getReport() as { header?: { glibcVersionRuntime?: string } }).header
    ?.glibcVersionRuntime;
  const libc = platform === 'linux' ? `.${glibc === undefined ? 'musl' : 'glibc'}` : '';
  return join('prebuilds', `${platform}-${arch}`, `isolated-vm.abi${versions.modules}${libc}.node`);
}

export interface GuestSelection {
  /** `name@version` of the modules in the guest from the start. */
  readonly modules: readonly string[];
  /** Requests evaluated before the script is. */
  readonly warm: readonly string[];
}

/** They load the sockets of the lib at their first connection; in a snapshot that is done once. */
const DRIVERS: ReadonlySet<string> = new Set(['pg', 'mysql', 'mysql2', 'tedious', 'mssql', 'mongodb']);

const FETCH = /\bfetch\s*\(/;
const REQUIRE = /\brequire\s*\(\s*(['"`])([^'"`$]+)\1\s*\)/g;

/**
 * The modules a script's guest starts with: those it names in `require('…')`. Whatever else it asks for while it
 * runs is handed to it then, which only takes longer.
 */
export function selectModules(manifest: SandboxManifest, script: string): GuestSelection {
  const chosen = new Set<BuiltModule>();
  const warm = new Set<string>();
  for (const [, , request] of script.matchAll(REQUIRE)) {
    const module = manifest.modules.find(({ requests }) => requests.includes(request ?? ''));
    if (request === undefined || module === undefined) continue;
    chosen.add(module);
    // The others are cheap to evaluate, or do not bear being part of a snapshot.
    if (module.family !== null) {
      warm.add(request);
      if (DRIVERS.has(module.family)) warm.add('net');
    }
  }
  // With this class the lib loads all that `fetch` needs, which takes longer than most scripts.
  if (FETCH.test(script)) warm.add('global:Headers');
  return {
    modules: manifest.modules.filter((module) => chosen.has(module)).map(moduleId),
    warm: [...warm].sort(),
  };
}

/** The same for scripts that come again and again. */
export class ModuleSelections {
  readonly #manifest: SandboxManifest;
  readonly #known = new Map<string, GuestSelection>();

  constructor(manifest: SandboxManifest) {
    this.#manifest = manifest;
  }

  of({ checksum, text }: { readonly checksum: string; readonly text: string }): GuestSelection {
    const known = this.#known.get(checksum);
    if (known !== undefined) return known;
    if (this.#known.size > 100) this.#known.clear();
    const selection = selectModules(this.#manifest, text);
    this.#known.set(checksum, selection);
    return selection;
  }
}

export function moduleId({ name, version }: Pick<BuiltModule, 'name' | 'version'>): string {
  return `${name}@${version}`;
}
