import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Fault } from '#engine/fault.ts';
import type { ProjectLock } from '#engine/ports/trial-folders.ts';
import { errorCode, fileFault } from '#project/file-fault.ts';
import { PRIVATE_FOLDER } from '#project/secrets.ts';

const LOCK = 'lock';
const ATTEMPTS = 5;

const ownerSchema = z.object({ pid: z.int().positive(), startedAt: z.string().nullable() });
type Owner = z.infer<typeof ownerSchema>;

/**
 * One writing process for each project. The lock names its process and when that was started, so that the lock
 * of a dead process, or of one whose number was given to another, is taken over. Fault: `project-busy`.
 */
export async function lockProject(folder: string): Promise<ProjectLock> {
  const path = join(folder, PRIVATE_FOLDER, LOCK);
  const own: Owner = { pid: process.pid, startedAt: await startOf(process.pid) };
  try {
    await mkdir(join(folder, PRIVATE_FOLDER), { recursive: true, mode: 0o700 });
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (await claim(path, own)) return { release: () => release(path, own) };
      const holder = await readOwner(path);
      if (holder !== null && (await isAlive(holder))) throw busy(folder, holder);
      await discard(path, holder);
    }
  } catch (error) {
    throw fileFault('project-unwritable', error, 'locking the project', folder);
  }
  throw busy(folder, await readOwner(path));
}

/** Takes the name in one step, with the content already there: nobody ever reads half a lock. */
async function claim(path: string, own: Owner): Promise<boolean> {
  const neighbour = neighbourOf(path);
  await writeFile(neighbour, JSON.stringify(own), { flag: 'wx' });
  try {
    await link(neighbour, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    if (!NO_LINKS.has(errorCode(error))) throw error;
    return claimByCreating(path, own);
  } finally {
    await rm(neighbour, { force: true });
  }
}

/** Answers of file systems without hard links, such as exFAT and some network shares. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV']);

async function claimByCreating(path: string, own: Owner): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(own), { flag: 'wx' });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Moves a stale lock away. If another process was faster, what is moved is its new lock: then it is put back.
 */
async function discard(path: string, stale: Owner | null): Promise<void> {
  const aside = neighbourOf(path);
  try {
    await rename(path, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  const moved = await readOwner(aside);
  if (moved !== null && !isSame(moved, stale)) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

async function release(path: string, own: Owner): Promise<void> {
  if (isSame(await readOwner(path), own)) await rm(path, { force: true });
}

async function readOwner(path: string): Promise<Owner | null> {
  try {
    const parsed = ownerSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function isSame(a: Owner | null, b: Owner | null): boolean {
  return a?.pid === b?.pid && a?.startedAt === b?.startedAt;
}

async function isAlive({ pid, startedAt }: Owner): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, under another account.
    if (errorCode(error) !== 'EPERM') return false;
  }
  const started = await startOf(pid);
  return started === null || startedAt === null || started === startedAt;
}

/** When a process was started, in the system's own unit; null where the system does not tell it in a file. */
async function startOf(pid: number): Promise<string | null> {
  try {
    const [stat, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ]);
    // The name in parentheses may hold spaces; the start time is the 22nd field of all.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return ticks === undefined ? null : `${boot.trim()}:${ticks}`;
  } catch {
    return null;
  }
}

function neighbourOf(path: string): string {
  return `${path}.${randomUUID()}`;
}

function busy(folder: string, holder: Owner | null): Fault {
  const who = holder === null ? 'another process' : `process ${holder.pid}`;
  return new Fault('project-busy', `${who} is writing to this project`, {
    doing: 'locking the project',
    where: folder,
    help: 'Wait for it to end, or end it.',
  });
}
