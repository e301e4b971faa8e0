import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A native library has no binary for this machine. The message is one sentence that says what to do. */
export class NativeModuleMissing extends Error {
  override readonly name = 'NativeModuleMissing';
}

const require = createRequire(import.meta.url);

interface NativeModule {
  readonly name: string;
  readonly use: string;
  /** Whether a binary for this machine is there, found without loading it: a wrong one would end the process. */
  readonly present: (folder: string) => boolean;
}

const platform = `${process.platform}-${process.arch}`;

const MODULES: readonly NativeModule[] = [
  {
    name: 'better-sqlite3',
    use: 'keeps the results of trials',
    present: (folder) =>
      existsSync(join(folder, 'build', 'Release', 'better_sqlite3.node')) ||
      hasFile(
        join(folder, 'prebuilds'),
        (file) => file === `${platform}.node` || file === `${process.platform}musl-${process.arch}.node`,
      ),
  },
  {
    name: 'isolated-vm',
    use: 'runs database action scripts',
    present: (folder) =>
      hasFile(join(folder, 'prebuilds', platform), (file) => file.endsWith('.node')) ||
      hasFile(join(folder, 'build', 'Release'), (file) => file.endsWith('.node')),
  },
  { name: '@node-rs/bcrypt', use: 'checks bcrypt hashes', present: (folder) => hasSibling(folder, 'bcrypt') },
  { name: '@node-rs/argon2', use: 'checks Argon2 hashes', present: (folder) => hasSibling(folder, 'argon2') },
];

function hasFile(folder: string, wanted: (file: string) => boolean): boolean {
  return existsSync(folder) && readdirSync(folder).some((file) => wanted(file));
}

/** The binaries of these libraries are packages of their own beside them: `bcrypt-linux-x64-gnu`. */
function hasSibling(folder: string, name: string): boolean {
  return (
    hasFile(dirname(folder), (file) => file.startsWith(`${name}-${platform}`)) ||
    hasFile(folder, (file) => file.endsWith('.node'))
  );
}

/** Folder of an installed package, or null. */
function packageFolder(name: string): string | null {
  for (const folder of require.resolve.paths(name) ?? []) {
    const found = join(folder, ...name.split('/'));
    if (existsSync(join(found, 'package.json'))) return found;
  }
  return null;
}

/** Refuses to go on where a library would end the process or throw a loader error later. */
export function assertNativeModules(): void {
  for (const { name, use, present } of MODULES) {
    const folder = packageFolder(name);
    if (folder !== null && present(folder)) continue;
    const why =
      folder === null
        ? `the package ${name} is not installed`
        : `the package ${name} has no binary for ${process.platform} on ${process.arch}`;
    throw new NativeModuleMissing(
      `${why}; Userferry ${use} with it, so install Userferry again on this machine without leaving out optional packages`,
    );
  }
}
