import { createHash } from 'node:crypto';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { PROOF_FILE, SIGNATURE_FILE } from '#contract/proof.ts';
import type { FileFacts, FoundExport, FoundFile } from '#engine/ports/exports.ts';
import { codeOf, fileTrouble } from '#exporters/file-trouble.ts';

const NEW_LINE = 0x0a;

/** Everything in a folder, as a verification needs it. */
export async function findExport(folder: string): Promise<FoundExport> {
  try {
    const paths = await listFiles(folder);
    const files: FoundFile[] = [];
    for (const path of paths) {
      if (path !== PROOF_FILE && path !== SIGNATURE_FILE) files.push(await found(folder, path));
    }
    return {
      proof: await textOrNull(join(folder, PROOF_FILE)),
      signature: await textOrNull(join(folder, SIGNATURE_FILE)),
      files,
    };
  } catch (error) {
    throw fileTrouble('input-invalid', error, 'reading the export', folder);
  }
}

/** Paths of everything that is no folder, relative, with forward slashes, sorted. */
export async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
    )
    .sort();
}

/** Text of a plain file; null where there is none. A link counts as none: it could lead anywhere. */
export async function textOrNull(path: string): Promise<string | null> {
  try {
    return (await lstat(path)).isFile() ? await readFile(path, 'utf8') : null;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

export function factsOf(path: string, bytes: Buffer): FileFacts {
  let lines = 0;
  for (let at = bytes.indexOf(NEW_LINE); at >= 0; at = bytes.indexOf(NEW_LINE, at + 1)) lines += 1;
  const open = bytes.length > 0 && bytes.at(-1) !== NEW_LINE ? 1 : 0;
  return { path, bytes: bytes.length, lines: lines + open, sha256: sha256(bytes) };
}

async function found(folder: string, path: string): Promise<FoundFile> {
  const plain = (await lstat(join(folder, path))).isFile();
  if (!plain) return { ...factsOf(path, Buffer.alloc(0)), plain, sha256WithLf: '' };
  const bytes = await readFile(join(folder, path));
  const withLf = bytes.includes('\r\n')
    ? Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
    : bytes;
  return { ...factsOf(path, bytes), plain, sha256WithLf: sha256(withLf) };
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
