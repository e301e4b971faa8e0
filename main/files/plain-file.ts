import type { Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';

/** Far more than any settings, script or list of triggers has. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Something that must not be read: opening a pipe waits for ever, and a device never ends. */
export class UnfitFile extends Error {
  override readonly name = 'UnfitFile';
  /** As the system's own codes, for messages. */
  readonly code: 'NOT_A_FILE' | 'TOO_LARGE';

  constructor(code: UnfitFile['code'], path: string) {
    super(`${code}: ${path}`);
    this.code = code;
  }
}

/** Bytes of a plain file, links followed. Throws `UnfitFile`, or what the file system says. */
export async function readPlainFile(path: string, mostBytes = MOST_BYTES): Promise<Buffer> {
  const { size } = await assertPlainFile(path);
  if (size > mostBytes) throw new UnfitFile('TOO_LARGE', path);
  return readFile(path);
}

/** The same as text. Bytes that are no UTF-8 become replacement characters. */
export async function readPlainText(path: string, mostBytes = MOST_BYTES): Promise<string> {
  return (await readPlainFile(path, mostBytes)).toString('utf8');
}

/** For readers that go through a file piece by piece: throws `UnfitFile` for what is none. */
export async function assertPlainFile(path: string): Promise<Stats> {
  const found = await stat(path);
  // A folder is left to the read, which says so in the system's own words.
  if (!found.isFile() && !found.isDirectory()) throw new UnfitFile('NOT_A_FILE', path);
  return found;
}
