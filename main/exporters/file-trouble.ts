import { Fault, type FaultKind } from '#engine/fault.ts';

const REASONS: Readonly<Record<string, readonly [reason: string, help: string]>> = {
  ENOSPC: ['the disk is full', 'Free some space, or export to another disk.'],
  EDQUOT: ['the disk quota is used up', 'Free some space, or export to another disk.'],
  EROFS: ['the file system is read-only', 'Choose a folder that can be written to.'],
  EACCES: ['permission is denied', 'Choose a folder that this account may use.'],
  EPERM: ['the system does not permit it', 'Choose a folder that this account may use.'],
  ENOENT: ['it does not exist', 'Check the path.'],
  EISDIR: ['a folder is in its place', 'Name a file.'],
  ENOTDIR: ['a part of the path is a file', 'Choose another path.'],
  NOT_A_FILE: ['it is a device, a pipe or a socket', 'Name a plain file.'],
  TOO_LARGE: ['the file is larger than any such file can be', 'Check which file is meant.'],
  ENAMETOOLONG: ['the path is too long', 'Choose a shorter path.'],
};

/** A failed file operation as a fault: what was being done, where, why, and what to do. */
export function fileTrouble(kind: FaultKind, error: unknown, doing: string, where: string): unknown {
  if (error instanceof Fault) return error;
  const code = codeOf(error);
  if (code === null) return error;
  const [reason, help] = REASONS[code] ?? [`the system answered ${code}`, 'Check the path.'];
  return new Fault(kind, `${doing} failed: ${reason}`, { doing, where, help, cause: error });
}

/** The system's short code; null for what is no failed file operation, and then ours. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
