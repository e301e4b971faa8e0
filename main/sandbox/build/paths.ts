import { fileURLToPath } from 'node:url';

const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Sources of the sandbox build and where its results go. Everything under `build/` is ignored by git. */
export const PATHS = {
  root: fromHere('../../../'),
  packagesSource: fromHere('../packages/'),
  guestSource: fromHere('../guest/'),
  modulesSource: fromHere('../modules/'),
  buildSource: fromHere('./'),
  dumpProgram: fromHere('./dump-node.cjs'),
  packages: fromHere('../../../build/sandbox-packages/'),
  output: fromHere('../../../build/sandbox/'),
  work: fromHere('../../../build/sandbox-work/'),
} as const;
