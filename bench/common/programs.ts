import { spawnSync } from 'node:child_process';

/** What is missing, or null where the program can be started. */
export const missingProgram = (name: string): string | null =>
  spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined ? null : `program "${name}"`;
