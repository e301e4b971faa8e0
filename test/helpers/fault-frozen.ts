import { guardProcess, spareProcess } from '#test/guard.ts';
import type { DatabaseServer } from '#test/postgresql.ts';
import { processesBelow } from '#test/userferry.ts';

/**
 * Stops a database server in the middle of whatever it does, all its processes, without ending it: connections stay
 * open and the system goes on taking what is sent to it, but nobody ever answers. Returns what lets it go on.
 */
export function freeze(server: DatabaseServer): () => void {
  const first = server.pid();
  if (first === null) throw new Error('the server is not running');
  const frozen = [first, ...processesBelow(first)];
  // A frozen process cannot be ended in an orderly way, should this one be killed meanwhile.
  for (const pid of frozen) guardProcess(pid, 'SIGKILL');
  for (const pid of frozen) signal(pid, 'SIGSTOP');
  return () => {
    for (const pid of frozen.toReversed()) {
      signal(pid, 'SIGCONT');
      spareProcess(pid);
    }
    guardProcess(first, 'SIGKILL');
  };
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself.
  }
}
