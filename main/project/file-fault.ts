import { Fault, type FaultKind } from '#engine/fault.ts';

/** The system's short code of a failed file operation, or the error's own words. */
export function errorCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'unknown error';
}

const REASONS: Readonly<Record<string, readonly [reason: string, help: string]>> = {
  ENOSPC: ['the disk is full', 'Free some space and try again.'],
  EDQUOT: ['the disk quota is used up', 'Free some space and try again.'],
  SQLITE_FULL: ['the disk is full', 'Free some space and try again.'],
  SQLITE_READONLY: [
    'the file system is read-only',
    'Choose a folder on a file system that can be written to.',
  ],
  SQLITE_CANTOPEN: ['the file cannot be opened for writing', 'Check who may write to the folder.'],
  EROFS: ['the file system is read-only', 'Choose a folder on a file system that can be written to.'],
  EACCES: ['permission is denied', 'Choose a folder that this account may write to.'],
  EPERM: ['the system does not permit it', 'Choose a folder that this account may write to.'],
  ENOTDIR: ['a part of the path is a file', 'Choose another folder.'],
  ENAMETOOLONG: ['the path is too long', 'Choose a shorter path.'],
  EMFILE: ['too many files are open', 'Close other programs and try again.'],
  NOT_A_FILE: ['it is a device, a pipe or a socket', 'Put a plain file in its place.'],
  TOO_LARGE: ['the file is larger than any such file can be', 'Check which file is meant.'],
  ENOENT: ['a part of the path does not exist', 'Check the path.'],
};

/** A fault for a failed file operation: what was being done, where, why, and what to do. */
export function fileFault(kind: FaultKind, error: unknown, doing: string, where: string): Fault {
  if (error instanceof Fault) return error;
  const code = errorCode(error);
  const [reason, help] = REASONS[code] ?? [`the system answered ${code}`, null];
  return new Fault(kind, `${doing} failed: ${reason}`, {
    doing,
    where,
    cause: error,
    ...(help === null ? {} : { help }),
  });
}
