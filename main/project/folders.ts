import { access, constants, mkdir, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, parse, resolve } from 'node:path';
import { Fault } from '#engine/fault.ts';
import type { FolderContents, FolderEntry, FolderPlace, Folders } from '#engine/ports/workbench.ts';
import { errorCode, fileFault } from '#project/file-fault.ts';
import { SETTINGS_FILE } from '#project/read-settings.ts';

const MOST_ENTRIES = 5_000;
const DOING = 'listing a folder';

/** Folders of this machine as file dialogs show them. Names are read, contents never. */
export function createFolders(home: string): Folders {
  return {
    list: (folder, hidden) => listFolder(resolve(expanded(folder ?? home, home)), hidden),
    places: () => placesOf(home),
    make: (parent, name) => makeFolder(resolve(expanded(parent, home)), name),
  };
}

/** `~` as people type it. */
function expanded(folder: string, home: string): string {
  return folder === '~' || /^~[\\/]/.test(folder) ? join(home, folder.slice(1)) : folder;
}

async function listFolder(folder: string, hidden: boolean): Promise<FolderContents> {
  const names = await namesOf(folder);
  const shown = names.filter((name) => hidden || !name.startsWith('.'));
  const all = await Promise.all(shown.slice(0, MOST_ENTRIES).map((name) => entryOf(folder, name)));
  const parent = dirname(folder);
  return {
    folder,
    parent: parent === folder ? null : parent,
    project: names.includes(SETTINGS_FILE),
    writable: await access(folder, constants.W_OK).then(
      () => true,
      () => false,
    ),
    entries: all.filter((entry) => entry !== null).sort(byKindAndName),
    leftOut: Math.max(0, shown.length - MOST_ENTRIES),
  };
}

async function namesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    throw unreadable(folder, error);
  }
}

const REASONS: Readonly<Record<string, readonly [reason: string, help: string]>> = {
  ENOENT: ['there is no such folder', 'Check the path, or go up one folder.'],
  ENOTDIR: ['it is a file, not a folder', 'Choose the folder that it is in.'],
  EACCES: ['this account may not read it', 'Choose another folder, or ask for the right to read this one.'],
  EPERM: [
    'the system does not let this program read it',
    'Allow it in the system settings, or choose another folder.',
  ],
};

function unreadable(folder: string, error: unknown): Fault {
  const code = errorCode(error);
  const [reason, help] = REASONS[code] ?? [`the system answered ${code}`, 'Choose another folder.'];
  return new Fault('folder-unreadable', `the folder cannot be shown: ${reason}`, {
    doing: DOING,
    where: folder,
    help,
    cause: error,
  });
}

/** Null for what went away meanwhile, leads nowhere, or is neither file nor folder. */
async function entryOf(folder: string, name: string): Promise<FolderEntry | null> {
  const path = join(folder, name);
  const found = await stat(path).catch(() => null);
  if (found === null) return null;
  const changedAt = Number.isFinite(found.mtimeMs) ? new Date(found.mtimeMs).toISOString() : null;
  if (found.isFile()) return { name, path, kind: 'file', bytes: found.size, changedAt };
  if (!found.isDirectory()) return null;
  const settings = await stat(join(path, SETTINGS_FILE)).catch(() => null);
  return { name, path, kind: settings?.isFile() === true ? 'project' : 'folder', bytes: null, changedAt };
}

const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function byKindAndName(a: FolderEntry, b: FolderEntry): number {
  const files = Number(a.kind === 'file') - Number(b.kind === 'file');
  return files === 0 ? names.compare(a.name, b.name) || (a.name < b.name ? -1 : 1) : files;
}

async function placesOf(home: string): Promise<readonly FolderPlace[]> {
  const usual: FolderPlace[] = [
    { kind: 'home', name: basename(home) || home, folder: home },
    { kind: 'documents', name: 'Documents', folder: join(home, 'Documents') },
    { kind: 'desktop', name: 'Desktop', folder: join(home, 'Desktop') },
    { kind: 'downloads', name: 'Downloads', folder: join(home, 'Downloads') },
    ...disks(home),
  ];
  const there = await Promise.all(
    usual.map(async ({ folder }) => (await stat(folder).catch(() => null))?.isDirectory() === true),
  );
  return usual.filter((_, index) => there[index]);
}

/** Roots: one where paths begin with a slash, a letter each where they do not. */
function disks(home: string): FolderPlace[] {
  const { root } = parse(home);
  if (root === '/') return [{ kind: 'disk', name: '/', folder: '/' }];
  return 'CDEFGHIJKLMNOPQRSTUVWXYZ'.split('').map((letter) => ({
    kind: 'disk',
    name: `${letter}:`,
    folder: `${letter}:\\`,
  }));
}

async function makeFolder(parent: string, name: string): Promise<string> {
  if (/[\\/\0]/.test(name) || name === '.' || name === '..' || name.trim() === '') {
    throw new Fault('input-invalid', 'a folder cannot have this name', {
      doing: 'making a folder',
      help: 'Choose a name without slashes.',
    });
  }
  const folder = join(parent, name);
  try {
    await mkdir(folder);
    return folder;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') {
      throw new Fault('input-invalid', 'there is something of this name already', {
        doing: 'making a folder',
        where: folder,
        help: 'Choose another name.',
      });
    }
    throw fileFault('project-unwritable', error, 'making a folder', folder);
  }
}
