import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Puts a whole text, or its pieces one after the other, in the place of a file: readers and a power cut see the old
 * content or the new one. The text goes to a neighbour first and is on the disk before it takes the name.
 */
export async function writeFileAtomically(
  path: string,
  text: string | Iterable<string>,
  mode = 0o644,
): Promise<void> {
  const folder = dirname(path);
  const neighbour = join(folder, `.${randomUUID()}.tmp`);
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
  await syncFolder(folder);
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
