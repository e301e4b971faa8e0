import { chmod, lstat, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Fault } from '#engine/fault.ts';
import { sweepUnfinished, unfinishedPath } from '#files/unfinished.ts';
import { errorCode, fileFault } from '#project/file-fault.ts';

/** A file or folder to be made; paths are relative, with forward slashes. */
export type NewFile = { readonly path: string; readonly mode: number } & (
  | { readonly content: string }
  /** Writes it to the absolute path given, which is free. */
  | { readonly write: (path: string) => Promise<void> }
  | { readonly folder: true }
);

const DOING = 'writing the project';

/**
 * Makes a folder of files, all of them or none. Everything is written beside its place first: a new folder
 * appears in one step, in an existing one the finished parts are moved in, the last file's part last. Refuses to
 * touch a name that is taken.
 */
export async function writeNewFolder(folder: string, files: readonly NewFile[]): Promise<void> {
  const existing = await namesIn(folder);
  const parts = [...new Set(files.map((file) => file.path.split('/')[0]!))];
  const taken = existing === null ? [] : parts.filter((part) => existing.includes(part));
  if (taken.length > 0) {
    throw new Fault('input-invalid', `the folder has ${taken.join(', ')} already; nothing was written`, {
      doing: DOING,
      where: folder,
      help: 'Choose a new folder, or move what is there out of the way.',
    });
  }
  try {
    if (existing === null) await writeAsNew(folder, files);
    else await writeInto(folder, parts, files);
  } catch (error) {
    throw fileFault('project-unwritable', error, DOING, folder);
  }
}

async function namesIn(folder: string): Promise<readonly string[] | null> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    if (errorCode(error) === 'ENOTDIR') {
      throw new Fault('input-invalid', 'there is a file of this name', {
        doing: DOING,
        where: folder,
        help: 'Choose another folder.',
        cause: error,
      });
    }
    throw fileFault('project-unwritable', error, DOING, folder);
  }
}

async function writeAsNew(folder: string, files: readonly NewFile[]): Promise<void> {
  const parent = dirname(folder);
  await mkdir(parent, { recursive: true });
  sweepUnfinished(parent, folder);
  const beside = unfinishedPath(folder);
  try {
    // Nobody else looks into it before it is complete.
    await mkdir(beside, { mode: 0o700 });
    await writeFiles(beside, files);
    // A project is an ordinary folder, and its private part is closed by itself.
    await chmod(beside, 0o755);
    await rename(beside, folder);
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    throw error;
  }
}

/** The folder itself stays, since somebody may stand in it. */
async function writeInto(folder: string, parts: readonly string[], files: readonly NewFile[]): Promise<void> {
  const name = join(folder, 'init');
  sweepUnfinished(folder, name);
  const inside = unfinishedPath(name);
  const moved: string[] = [];
  try {
    await mkdir(inside, { mode: 0o700 });
    await writeFiles(inside, files);
    for (const part of parts) {
      await refuseTaken(join(folder, part));
      await rename(join(inside, part), join(folder, part));
      moved.push(part);
    }
  } catch (error) {
    for (const part of moved) await rm(join(folder, part), { recursive: true, force: true });
    throw error;
  } finally {
    await rm(inside, { recursive: true, force: true });
  }
}

/** Somebody else may have been writing meanwhile; a rename would overwrite a file without asking. */
async function refuseTaken(path: string): Promise<void> {
  const free = await lstat(path).then(
    () => false,
    (error: unknown) => errorCode(error) === 'ENOENT',
  );
  if (free) return;
  throw new Fault('input-invalid', `${basename(path)} has appeared meanwhile; nothing was written`, {
    doing: DOING,
    where: path,
  });
}

async function writeFiles(root: string, files: readonly NewFile[]): Promise<void> {
  for (const file of files) {
    const path = join(root, file.path);
    await mkdir(dirname(path), { recursive: true });
    if ('folder' in file) await mkdir(path, { recursive: true, mode: file.mode });
    else if ('content' in file) await writeFile(path, file.content, { flag: 'wx', mode: file.mode });
    else await file.write(path);
    // The process's mask may have taken bits away, or a library may have created the file.
    await chmod(path, file.mode);
  }
}
