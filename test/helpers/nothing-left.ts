import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { leftovers } from '#test/leftovers.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const PATIENCE_MS = 10_000;
/** Half-written files of ours, journals of SQLite and work folders: gone once nothing runs. */
const UNFINISHED = /\.tmp$|-wal$|-shm$|-journal$/;

/**
 * Runs `work` with a folder for temporary files of its own, and checks that nothing outlives it: no process, no
 * socket, no temporary file, and none that was never finished in the folders given.
 */
export async function withNothingLeft<T>(folders: readonly string[], work: () => Promise<T>): Promise<T> {
  const own = temporaryFolder('leaves');
  const usual = process.env['TMPDIR'];
  const before = leftovers();
  process.env['TMPDIR'] = own;
  try {
    return await work();
  } finally {
    if (usual === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = usual;
    const known = new Set(before?.processes);
    const found = () => {
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
    const nothing = { processes: [], sockets: 0, temporary: [], unfinished: [] };
    const end = Date.now() + PATIENCE_MS;
    while (Date.now() < end && JSON.stringify(found()) !== JSON.stringify(nothing)) await sleep(100);
    expect(found()).toEqual(nothing);
  }
}
