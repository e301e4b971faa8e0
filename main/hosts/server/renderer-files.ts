import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

export interface ServedFile {
  readonly type: string;
  readonly body: Buffer;
}

/** The files of the built pages. Null: there is no such file. */
export type RendererFiles = (path: string) => Promise<ServedFile | null>;

/**
 * Serves what is in the folder and nothing else: a path is looked up in the list of its files, never put together
 * with the folder, so that no spelling leads out of it. Links are no files. The list is read again with every
 * start page, since a rebuild gives its parts new names.
 */
export async function rendererFiles(folder: string): Promise<RendererFiles> {
  let files = await listOf(folder);
  return async (path) => {
    const wanted = path === '/' ? '/index.html' : path;
    if (wanted === '/index.html') files = await listOf(folder);
    const file = files.get(wanted);
    if (file === undefined) return null;
    try {
      return { type: TYPES[extname(file)] ?? 'application/octet-stream', body: await readFile(file) };
    } catch {
      // A rebuild has taken it away since the list was read.
      return null;
    }
  };
}

async function listOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [`/${relative(folder, file).split(sep).join('/')}`, file]),
  );
}
