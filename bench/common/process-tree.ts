import { readdirSync, readFileSync } from 'node:fs';

export interface Memory {
  /** Megabytes of a process with all below it; what they share of files counts once. */
  readonly mb: number;
  readonly processes: number;
  /** Megabytes of each process by itself, the first process first. */
  readonly each: readonly number[];
}

export interface MemoryWatch {
  /** The most that was seen. Null where the system does not tell. */
  stop(): Memory | null;
}

/** Watches the memory of a process and of all below it. */
export function watchMemory(pid: number, everyMs = 50): MemoryWatch {
  let most: Memory | null = null;
  const look = (): void => {
    const now = memoryOf(pid);
    if (now !== null && (most === null || now.mb > most.mb)) most = now;
  };
  look();
  const timer = setInterval(look, everyMs);
  return {
    stop: () => {
      clearInterval(timer);
      return most;
    },
  };
}

/** Memory of a process and of all below it now; null where the system does not tell, or it has ended. */
export function memoryOf(pid: number): Memory | null {
  if (process.platform !== 'linux') return null;
  const parts = withThoseBelow(pid).flatMap(partsOf);
  if (parts.length === 0) return null;
  const own = parts.reduce((sum, { ownKb }) => sum + ownKb, 0);
  // Nearly all of it is the Node program itself and its libraries, which all of them map.
  const files = Math.max(...parts.map(({ fileKb }) => fileKb));
  const each = parts.map(({ ownKb, fileKb }) => (ownKb + fileKb) / 1024);
  return { mb: (own + files) / 1024, processes: parts.length, each };
}

/** Children of all threads: workers may be started by any of them. */
export function withThoseBelow(pid: number): readonly number[] {
  const children = threadsOf(pid).flatMap((thread) =>
    textOf(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(withThoseBelow)];
}

function threadsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function partsOf(pid: number): readonly { readonly ownKb: number; readonly fileKb: number }[] {
  const status = textOf(`/proc/${pid}/status`);
  const kb = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? Number.NaN);
  const [anonymous, file, shared] = [kb('RssAnon'), kb('RssFile'), kb('RssShmem')];
  return Number.isNaN(anonymous) ? [] : [{ ownKb: anonymous + shared, fileKb: file }];
}

/** Empty for what has just ended. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
