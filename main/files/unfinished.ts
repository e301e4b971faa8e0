import { createHash, randomBytes } from 'node:crypto';
import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

// What is not finished yet stands beside its place under a name that tells whose it is: a process that was killed
// cannot clean up, and whoever comes next must know what nobody works on any more.
const NAME = /^\.userferry-([0-9a-f]{8})-([0-9a-f]{8})-(\d+)-[0-9a-f]{8}\.(tmp|old)$/;
/** What another machine left in a shared folder, a container with another name among them. */
const FOREIGN_MS = 86_400_000;

const short = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);
const HOST = short(hostname());

/** `tmp` is on its way to its place; `old` steps aside for it, and is all there is until that is over. */
type Kind = 'tmp' | 'old';

export interface Owner {
  readonly host: string;
  readonly pid: number;
}

/** A free path beside another one, for a file or folder of this process on its way there. */
export function unfinishedPath(path: string, kind: Kind = 'tmp', folder = dirname(path)): string {
  const free = randomBytes(4).toString('hex');
  return join(folder, `.userferry-${short(basename(path))}-${HOST}-${process.pid}-${free}.${kind}`);
}

/** This process in a name: its machine and its id. */
export const OWN_MARK = `${HOST}-${process.pid}`;

/** What dead processes left in a folder: of one path in it, or of all. Their paths. */
export function abandonedIn(folder: string, kind: Kind, path?: string): readonly string[] {
  return namesIn(folder).flatMap((name) => {
    const found = NAME.exec(name);
    if (found === null || found[4] !== kind) return [];
    if (path !== undefined && found[1] !== short(basename(path))) return [];
    const whole = join(folder, name);
    return isAbandoned(whole, { host: found[2]!, pid: Number(found[3]) }) ? [whole] : [];
  });
}

/** Removes what dead processes left on its way to a path, or to any in the folder. What cannot be removed stays. */
export function sweepUnfinished(folder: string, path?: string): void {
  for (const whole of abandonedIn(folder, 'tmp', path)) remove(whole);
}

/** Whether its owner cannot be working on it any more. */
export function isAbandoned(path: string, { host, pid }: Owner): boolean {
  const modifiedMs = ownModification(path);
  if (modifiedMs === null) return false;
  if (host !== HOST) return modifiedMs < Date.now() - FOREIGN_MS;
  // Ids come again, in a container that is started again above all: what is older than this process is not its own.
  if (pid === process.pid) return modifiedMs < Date.now() - process.uptime() * 1_000 - 1_000;
  return !isRunning(pid);
}

export function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 2 });
  } catch {
    // Somebody else's, or on a disk that is read-only by now: the next one tries again.
  }
}

export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Null for what is gone, or belongs to somebody else, who may have put it there on purpose. */
function ownModification(path: string): number | null {
  try {
    const { uid, mtimeMs } = lstatSync(path);
    return process.getuid === undefined || process.getuid() === uid ? mtimeMs : null;
  } catch {
    return null;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Only "no such process" is sure.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
