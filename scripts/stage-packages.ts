// Which packages the engine needs at run time, and which of their files.
import { existsSync, readFileSync } from 'node:fs';
import { cp, readdir } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

/** A system and processor as Node names them. */
export interface Target {
  readonly platform: string;
  readonly arch: string;
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Beside the dependencies: the type checker of the script editor is a program of this package. */
const PROGRAMS = ['typescript'];

/**
 * Folders of all packages that the engine needs, as paths below `root`, nested ones too.
 * @throws Error for one that is not installed
 */
export function neededPackages(root: string): readonly string[] {
  const found = new Set<string>();
  const visit = (folder: string, name: string, optional: boolean): void => {
    const place = resolvePackage(root, folder, name);
    if (place === null) {
      if (optional) return;
      throw new Error(
        `package ${name}, wanted by ${relative(root, folder) || 'the engine'}, is not installed`,
      );
    }
    const path = relative(root, place).split(sep).join('/');
    if (found.has(path)) return;
    found.add(path);
    const { dependencies = {}, optionalDependencies = {} } = manifestOf(place);
    for (const one of Object.keys(optionalDependencies)) visit(place, one, true);
    for (const one of Object.keys(dependencies)) visit(place, one, one in optionalDependencies);
  };
  // The optional dependencies of the root are nothing but Nodes, which go into a folder of their own.
  const { dependencies = {} } = manifestOf(root);
  for (const name of [...Object.keys(dependencies), ...PROGRAMS]) visit(root, name, false);
  return [...found].sort();
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** As Node looks for it: in the package itself, then in every folder above up to the root. */
function resolvePackage(root: string, from: string, name: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, 'node_modules', ...name.split('/'));
    if (existsSync(join(place, 'package.json'))) return place;
    if (folder === root) return null;
  }
}

/** Files that a package brings for people and compilers. */
const NOT_RUN = /\.(d\.[cm]?ts|ts|map|md|markdown|flow|tgz|c|cc|cpp|h|hpp|gyp|gypi)$/i;
const LEGAL = /^(licen[cs]e|copying|notice|third)/i;
const NOT_RUN_FOLDERS: ReadonlySet<string> = new Set([
  '.github',
  'benchmark',
  'bench',
  'docs',
  'example',
  'examples',
  'test',
  'tests',
]);

/** Packages of which only these parts are used; the rest is sources and binaries of other systems. */
function partsOf(name: string, { platform, arch }: Target): readonly string[] | null {
  switch (name) {
    case 'better-sqlite3':
      return ['lib', `prebuilds/${platform}-${arch}.node`];
    case 'isolated-vm':
      return ['isolated-vm.js', `prebuilds/${platform}-${arch}`];
    // Its compiled part serves a mode that needs Oracle's own client; we use the other one.
    case 'oracledb':
      return ['index.js', 'lib', 'plugins'];
    case `@typescript/typescript-${platform}-${arch}`:
      return ['lib'];
    default:
      return null;
  }
}

/** Copies what runs of one package. `path` is below both `from` and `to`. */
export async function copyPackage(from: string, to: string, path: string, target: Target): Promise<void> {
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const source = join(from, path);
  const parts = partsOf(name, target);
  for (const entry of await readdir(source)) {
    if (entry === 'node_modules') continue;
    const legal = LEGAL.test(entry);
    if (!legal && NOT_RUN_FOLDERS.has(entry)) continue;
    const wanted =
      entry === 'package.json' || legal || parts === null || parts.some((part) => reaches(part, entry));
    if (!wanted) continue;
    await cp(join(source, entry), join(to, path, entry), {
      recursive: true,
      filter: (file) => legal || keeps(name, relative(source, file).split(sep).join('/'), parts),
    });
  }
}

const reaches = (part: string, path: string): boolean =>
  part === path || part.startsWith(`${path}/`) || path.startsWith(`${part}/`);

function keeps(name: string, path: string, parts: readonly string[] | null): boolean {
  if (path === 'package.json') return true;
  if (parts !== null && !parts.some((part) => reaches(part, path))) return false;
  if (name.startsWith('@typescript/')) return true;
  // One ABI, that of the bundled Node, and one C library.
  if (name === 'isolated-vm' && path.endsWith('.node'))
    return path.includes('abi147') && !path.includes('musl');
  return !NOT_RUN.test(path);
}
