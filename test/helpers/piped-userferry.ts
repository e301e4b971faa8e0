import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const LAUNCHER = fileURLToPath(new URL('../../bin/userferry.mjs', import.meta.url));

/** The command line with something on its standard input, run to its end. */
export function pipedUserferry(input: string, args: readonly string[], folder: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--no-node-snapshot', LAUNCHER, ...args], {
    cwd: folder,
    encoding: 'utf8',
    input,
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { status, stdout, stderr };
}
