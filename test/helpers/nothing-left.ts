import { readdirSync } from 'node:fs';
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

/**
 * Runs `work` with a folder for temporary files of its own, and answers what outlives it: processes, sockets,
 * temporary files, and those in the folders given that were never finished. What is on its way out is waited for.
 */
export async function leftBehind(folders: readonly string[], work: () => Promise<void>): Promise<Left> {
  const own = temporaryFolder('leaves');
  const usual = process.env['TMPDIR'];
  const before = leftovers();
  const known = new Set(before?.processes);
  process.env['TMPDIR'] = own;
  try {
    await work();
  } finally {
    if (usual === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = usual;
  }
  const found = (): Left => {
    const now = leftovers();
    return {
      processes: now?.processes.filter((pid) => !known.has(pid)) ?? [],
      sockets: Math.max(0, (now?.sockets ?? 0) - (before?.sockets ?? 0)),
      temporary: readdirSync(own),
      unfinished: folders.flatMap((folder) =>
        (readdirSync(folder, { recursive: true }) as string[]).filter((name) => UNFINISHED.test(name)),
      ),
    };
  };
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end && JSON.stringify(found()) !== JSON.stringify(NOTHING)) await sleep(100);
  return found();
}
