import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { temporaryFolder } from '#test/temporary-folder.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface Program {
  /** What `userferry` is a link to. */
  readonly launcher: string;
  /** Entry of the engine's own process. */
  readonly engine: string;
}

export const sourceProgram: Program = {
  launcher: join(ROOT, 'bin/userferry.mjs'),
  engine: join(ROOT, 'main/hosts/engine/engine-process.ts'),
};

/** The program as an installed package has it, built anew into a temporary folder; dependencies are those of here. */
export function packedProgram(): Program {
  const folder = temporaryFolder('packed');
  const flags = ['--disable-warning=ExperimentalWarning'];
  execFileSync(process.execPath, [...flags, join(ROOT, 'scripts/build-package.ts'), join(folder, 'dist')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (const name of ['bin', 'package.json'])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  for (const name of ['node_modules', 'templates', 'build']) {
    if (existsSync(join(ROOT, name))) symlinkSync(join(ROOT, name), join(folder, name));
  }
  return {
    launcher: join(folder, 'bin/userferry.mjs'),
    engine: join(folder, 'dist/hosts/engine/engine-process.js'),
  };
}
