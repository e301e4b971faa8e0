import { chmodSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { leftovers } from '#test/leftovers.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const PATIENCE_MS = 10_000;
/** Half-written files of ours, journals of SQLite and work folders: gone once nothing runs. */
const UNFINISHED = /\.tmp$|\.old$|-wal$|-shm$|-journal$/;

export interface Left {
  readonly processes: readonly number[];
  readonly sockets: number;
  readonly temporary: readonly string[];
  readonly unfinished: readonly string[];
}

export const NOTHING: Left = { processes: [], sockets: 0, temporary: [], unfinished: [] };

interface Watch {
  /** The folder for temporary files from now on. */
  readonly place: string;
  /** Ends that, and answers what has come since and is still there; what is on its way out is waited for. */
  readonly found: (folders: readonly string[], expected?: RegExp) => Promise<Left>;
}

/** Gives this process and those it starts a folder for temporary files of their own, and remembers what there is. */
export function watchLeftovers(): Watch {
  const place = temporaryFolder('leaves');
  // Database servers run under an account of their own, and have their folders in it.
  chmodSync(place, 0o711);
  const usual = process.env['TMPDIR'];
  const before = leftovers();
  const known = new Set(before?.processes);
  process.env['TMPDIR'] = place;
  return {
    place,
    found: async (folders, expected) => {
      if (usual === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = usual;
      const now = (): Left => {
        const there = leftovers();
        return {
          processes: there?.processes.filter((pid) => !known.has(pid)) ?? [],
          sockets: Math.max(0, (there?.sockets ?? 0) - (before?.sockets ?? 0)),
          temporary: readdirSync(place).filter((name) => expected?.test(name) !== true),
          unfinished: folders.flatMap((folder) =>
            (readdirSync(folder, { recursive: true }) as string[]).filter((name) => UNFINISHED.test(name)),
          ),
        };
      };
      const end = Date.now() + PATIENCE_MS;
      while (Date.now() < end && JSON.stringify(now()) !== JSON.stringify(NOTHING)) await sleep(100);
      return now();
    },
  };
}

/**
 * Runs `work` with a folder for temporary files of its own, and answers what outlives it: processes, sockets,
 * temporary files, and those in the folders given that were never finished.
 */
export async function leftBehind(folders: readonly string[], work: () => Promise<void>): Promise<Left> {
  const watch = watchLeftovers();
  try {
    await work();
  } catch (error) {
    await watch.found([]);
    throw error;
  }
  return watch.found(folders);
}
