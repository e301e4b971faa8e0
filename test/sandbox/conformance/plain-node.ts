import { spawn } from 'node:child_process';
import { text as textOf } from 'node:stream/consumers';
import { SANDBOX_MODULES } from '#sandbox/modules/manifest.ts';
import { requestsOf } from '#sandbox/build/bundle-module.ts';
import { sandboxNodeBinary } from '#sandbox/build/node-binary.ts';
import { PATHS } from '#sandbox/build/paths.ts';
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

/** Runs a script in the very Node whose lib is in the sandbox, in a process of its own; what it called back with. */
export async function runInPlainNode(script: string, settings: unknown): Promise<unknown> {
  const child = spawn(sandboxNodeBinary(), ['--no-deprecation', PLAIN_NODE_PROGRAM], {
    env: {},
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify({ folder: PATHS.packages, aliases: moduleAliases(), script, settings }));
  const text = await textOf(child.stdout);
  return JSON.parse(text);
}
