import { spawn } from 'node:child_process';
import process from 'node:process';
import { type Memory, watchMemory } from './process-tree.ts';

export interface ChildEnd {
  readonly stdout: string;
  /** The most memory of the child and all below it; null where the system does not tell. */
  readonly memory: Memory | null;
}

/** Runs a TypeScript file on this Node to its end and watches its memory. Rejects with what it wrote as errors. */
export function runWatched(file: string, args: readonly string[]): Promise<ChildEnd> {
  const child = spawn(
    process.execPath,
    // The young generation as the launcher and the hosts of the engine set it.
    ['--no-node-snapshot', '--max-semi-space-size=8', '--disable-warning=ExperimentalWarning', file, ...args],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const watch = child.pid === undefined ? null : watchMemory(child.pid);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      const memory = watch?.stop() ?? null;
      if (code === 0) resolve({ stdout, memory });
      else reject(new Error(`${file} ended with ${signal ?? code}: ${stderr.slice(-2_000)}`));
    });
  });
}
