import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const PROJECT = join(import.meta.dirname, '..', '..');
const TYPES = join(PROJECT, 'build', 'script-types');

/** The native program of the installed TypeScript for this machine; null where its package is not there. */
export function typeChecker(): string | null {
  const { platform, arch } = process;
  try {
    const typescript = createRequire(import.meta.url).resolve('typescript/package.json');
    const manifest = createRequire(typescript).resolve(
      `@typescript/typescript-${platform}-${arch}/package.json`,
    );
    const program = join(dirname(manifest), 'lib', platform === 'win32' ? 'tsc.exe' : 'tsc');
    return existsSync(program) ? program : null;
  } catch {
    return null;
  }
}

/** The gathered types of what scripts may require; null where they were not gathered. */
export function scriptTypes(): { readonly folder: string | null; readonly untyped: readonly string[] } {
  try {
    const untyped = JSON.parse(readFileSync(join(TYPES, 'untyped.json'), 'utf8')) as string[];
    return { folder: join(TYPES, 'node_modules'), untyped };
  } catch {
    return { folder: null, untyped: [] };
  }
}
