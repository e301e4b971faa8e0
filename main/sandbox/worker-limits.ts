import { existsSync, writeFileSync } from 'node:fs';

/** Part of util-linux, so it is there on nearly every Linux; without it workers run without these limits. */
const PRLIMIT = ['/usr/bin/prlimit', '/bin/prlimit'].find((path) => existsSync(path)) ?? null;

/**
 * What the system itself keeps a worker from, whatever runs in it: writing to any file, leaving an image of its
 * memory (with passwords in it) behind, and opening descriptors without end. Its memory has no such limit: V8 reserves
 * address space by the gigabyte, and the system counts that.
 */
const LIMITS = ['--fsize=0', '--core=0', '--nofile=256'];

/** The kernel ends the process with the highest mark first when memory runs out: 1000 at most. */
const END_FIRST = '800';

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
}

/** The command under the limits, where the system has a way to set them. The process id stays that of the command. */
export function limited({ file, args }: Command): Command {
  if (process.platform !== 'linux' || PRLIMIT === null) return { file, args };
  return { file: PRLIMIT, args: [...LIMITS, '--', file, ...args] };
}

/** If the machine runs out of memory, let it be the worker that goes, not the engine or a database. */
export function offerToKernel(pid: number | undefined): void {
  if (process.platform !== 'linux' || pid === undefined) return;
  try {
    writeFileSync(`/proc/${pid}/oom_score_adj`, END_FIRST);
  } catch {
    // Not allowed here, or the worker is gone already.
  }
}
