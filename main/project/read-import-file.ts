import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Fault } from '#engine/fault.ts';
import type { ReadImportFile } from '#engine/ports/import-files.ts';
import { errorCode } from '#project/file-fault.ts';
import { readPlainFile } from '#files/plain-file.ts';

/** Reads an import file whole, unless it is larger than anybody wants to look at. */
export const readImportFile: ReadImportFile = async (path, limit) => {
  try {
    const { size } = await stat(path);
    if (size > limit) return { name: basename(path), bytes: size, text: null };
    const bytes = await readPlainFile(path, limit);
    // Bytes that are no UTF-8 become replacement characters, as they do where uploads are decoded.
    return { name: basename(path), bytes: bytes.length, text: bytes.toString('utf8') };
  } catch (error) {
    throw new Fault('input-invalid', `the import file cannot be read (${errorCode(error)})`, {
      doing: 'reading an import file',
      where: path,
      cause: error,
    });
  }
};
