import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** What is known of this process and of those below it, to be compared with later. */
export interface Leftovers {
  /** Processes below this one, and those of its session that have lost their parent. */
  readonly processes: readonly number[];
  /** Sockets that this process holds. */
  readonly sockets: number;
  /** Files and pipes that it holds. */
  readonly files: number;
}

interface Known {
  readonly pid: number;
  readonly parent: number;
  readonly session: number;
}

/** Null where the system does not tell; then there is nothing to compare. */
export function leftovers(): Leftovers | null {
  if (process.platform !== 'linux') return null;
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? known(Number(name)) : []));
  const own = all.find(({ pid }) => pid === process.pid);
  const below = new Set([process.pid]);
  for (let grown = true; grown; ) {
    const found = all.filter(({ pid, parent }) => below.has(parent) && !below.has(pid));
    grown = found.length > 0;
    for (const { pid } of found) below.add(pid);
  }
  below.delete(process.pid);
  const orphans = all.filter(({ parent, session }) => parent === 1 && session === own?.session);
  const handles = readdirSync('/proc/self/fd').flatMap((fd) => linkOf(`/proc/self/fd/${fd}`));
  const sockets = handles.filter((target) => target.startsWith('socket:')).length;
  return {
    processes: [...below, ...orphans.map(({ pid }) => pid)],
    sockets,
    files: handles.length - sockets,
  };
}

/** Nothing for a process that has just ended. */
function known(pid: number): readonly Known[] {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return [{ pid, parent: Number(fields[1]), session: Number(fields[3]) }];
  } catch {
    return [];
  }
}

function linkOf(path: string): readonly string[] {
  try {
    return [readlinkSync(path)];
  } catch {
    return [];
  }
}
