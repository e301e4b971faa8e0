import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { Fault } from '#engine/fault.ts';
import type { ProjectLock } from '#engine/ports/trial-folders.ts';
import { assertPlainFile, readPlainText } from '#files/plain-file.ts';
import { writeFileAtomically } from '#project/atomic-file.ts';
import { errorCode, fileFault } from '#project/file-fault.ts';
import { PRIVATE_FOLDER } from '#project/secrets.ts';
import { sweepProject } from '#project/sweep-project.ts';

const ownerSchema = z.object({ pid: z.int().positive(), startedAt: z.string() });

/**
 * One writing process for each project. What excludes others is the operating system's own file lock, taken
 * through SQLite on an empty file: it ends with its process however that ends, so there is no stale lock to
 * judge and no race in taking one over. The file beside it only says who the holder is. Fault: `project-busy`.
 */
export async function lockProject(folder: string): Promise<ProjectLock> {
  const holder = join(folder, PRIVATE_FOLDER, 'lock.json');
  try {
    await makePrivateFolder(folder);
    const path = join(folder, PRIVATE_FOLDER, 'lock');
    await assertPlainFile(path).catch((error: unknown) => {
      if (errorCode(error) !== 'ENOENT') throw error;
    });
    // SQLite only says that it cannot open the file; the file system says why.
    await (await open(path, 'a', 0o600)).close();
    const database = takeFileLock(path);
    if (database === null) throw busy(folder, await readHolder(holder));
    try {
      await writeFileAtomically(holder, `${JSON.stringify(ownIdentity())}\n`);
      sweepProject(folder);
    } catch (error) {
      database.close();
      throw error;
    }
    return { release: () => release(database, holder) };
  } catch (error) {
    throw fileFault('project-unwritable', error, 'locking the project', folder);
  }
}

/** Not recursive: then a read-only disk is reported as what it is. */
async function makePrivateFolder(folder: string): Promise<void> {
  try {
    await mkdir(join(folder, PRIVATE_FOLDER), { mode: 0o700 });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}

/** Null where another connection, of this process or of another, has it. */
function takeFileLock(path: string): Database.Database | null {
  const database = new Database(path, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database.close();
    if (errorCode(error).startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
}

async function release(database: Database.Database, holder: string): Promise<void> {
  if (!database.open) return;
  await rm(holder, { force: true });
  database.close();
}

function ownIdentity(): z.infer<typeof ownerSchema> {
  return { pid: process.pid, startedAt: new Date(performance.timeOrigin).toISOString() };
}

async function readHolder(path: string): Promise<z.infer<typeof ownerSchema> | null> {
  try {
    const parsed = ownerSchema.safeParse(JSON.parse(await readPlainText(path)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function busy(folder: string, holder: z.infer<typeof ownerSchema> | null): Fault {
  const who = holder === null ? 'another process' : `process ${holder.pid}`;
  return new Fault('project-busy', `${who} is writing to this project`, {
    doing: 'locking the project',
    where: folder,
    help:
      holder === null
        ? 'Wait for it to end, or end it.'
        : `Wait for it to end, or end it. It was started at ${holder.startedAt}.`,
  });
}
