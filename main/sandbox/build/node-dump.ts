import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sandboxNodeBinary } from './node-binary.ts';
import { PATHS } from './paths.ts';

/** What `dump-node.cjs` writes. */
export interface NodeDump {
  readonly version: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Text of each file of Node's lib by its id: `internal/errors`. */
  readonly natives: Readonly<Record<string, string>>;
  readonly bindings: Readonly<Record<string, unknown>>;
  readonly uvErrors: readonly (readonly [number, readonly [name: string, message: string]])[];
  readonly privateSymbols: readonly string[];
  readonly symbols: readonly string[];
  readonly hashes: readonly string[];
  readonly builtins: readonly string[];
  readonly language: Readonly<Record<string, readonly string[]>>;
}

/** Dumps the lib of the sandbox's Node, unless a dump newer than the binary and the dump program is at hand. */
export function dumpNode(say: (line: string) => void): NodeDump {
  const binary = sandboxNodeBinary();
  const file = join(PATHS.work, 'node-dump.json');
  const newest = Math.max(statSync(binary).ctimeMs, statSync(PATHS.dumpProgram).mtimeMs);
  if (!existsSync(file) || statSync(file).mtimeMs < newest) {
    say(`dumping Node's lib from ${binary.slice(PATHS.root.length)}`);
    mkdirSync(PATHS.work, { recursive: true });
    const flags = ['--expose-internals', '--no-deprecation', '--no-warnings'];
    const done = spawnSync(binary, [...flags, PATHS.dumpProgram, file], { env: {}, encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`The dump of Node's lib failed:\n${done.stderr}`);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as NodeDump;
}
