import { spawn } from 'node:child_process';
import { text as textOf } from 'node:stream/consumers';
import { requestsOf } from '#sandbox/build/bundle-module.ts';
import { sandboxNodeBinary } from '#sandbox/build/node-binary.ts';
import { PATHS } from '#sandbox/build/paths.ts';
import { SANDBOX_MODULES } from '#sandbox/modules/manifest.ts';
import { PLAIN_NODE_PROGRAM } from './case-script.ts';

/** Where plain Node finds what the sandbox gives for a request: `mysql2@2/promise` → `mysql2-2/promise`. */
function moduleAliases(): Record<string, string> {
  const aliases: Record<string, string> = {};
  for (const module of SANDBOX_MODULES)
    for (const version of module.versions)
      for (const request of requestsOf(module, version)) {
        aliases[request] = version.installedAs;
        for (const subpath of module.subpaths ?? [])
          aliases[`${request}/${subpath}`] = `${version.installedAs}/${subpath}`;
      }
  return aliases;
}

/** Runs a program in the very Node whose lib is in the sandbox; JSON in, JSON out. */
export async function runPlainNode(program: string, input: unknown): Promise<unknown> {
  const child = spawn(sandboxNodeBinary(), ['--no-deprecation', '--no-warnings', program], {
    env: {},
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(input));
  return JSON.parse(await textOf(child.stdout));
}

/** Runs a case's script there; what it called back with. */
export function runInPlainNode(script: string, settings: unknown): Promise<unknown> {
  return runPlainNode(PLAIN_NODE_PROGRAM, {
    folder: PATHS.packages,
    aliases: moduleAliases(),
    script,
    settings,
  });
}
