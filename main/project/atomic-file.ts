import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { unfinishedPath } from '#files/unfinished.ts';

/**
 * Puts a whole text, or its pieces one after the other, in the place of a file: readers and a power cut see the old
 * content or the new one. The text goes to a neighbour first and is on the disk before it takes the name. `beside` is
 * the folder of that neighbour, on the same disk, where it is not the file's own.
 */
export async function writeFileAtomically(
  path: string,
  text: string | Iterable<string>,
  mode = 0o644,
  beside = dirname(path),
): Promise<void> {
  const neighbour = unfinishedPath(path, 'tmp', beside);
  try {
    const file = await open(neighbour, 'wx', mode);
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(neighbour, path);
  } catch (error) {
    await rm(neighbour, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Makes a rename last through a power cut. Windows cannot open folders and needs no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
