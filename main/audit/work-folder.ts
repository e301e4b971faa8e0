import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault } from '#engine/fault.ts';
import { makeWorkFolder, removeWorkFolder } from '#files/work-folder.ts';

const DISK_CODES = new Set([
  'ENOSPC',
  'EDQUOT',
  'EROFS',
  'EACCES',
  'EPERM',
  'EIO',
  'SQLITE_FULL',
  'SQLITE_IOERR',
]);

/** Trouble with the disk as a fault; anything else as it is. */
export function workFault(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof Fault || !DISK_CODES.has(code)) return error;
  return new Fault('replica-unwritable', `the audit cannot keep its work files (${code})`, {
    where: tmpdir(),
    help: 'Free space there, or set TMPDIR to a folder with room for about half a kilobyte per user.',
    cause: error,
  });
}

/** A folder for work files, readable by its owner only. They hold personal data and are deleted in any case. */
export function openWorkFolder(): { readonly path: (name: string) => string; remove(): void } {
  const folder = makeWorkFolder('audit');
  return {
    path: (name) => join(folder, name),
    remove: () => removeWorkFolder(folder),
  };
}
