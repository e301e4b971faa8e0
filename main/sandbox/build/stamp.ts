import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PATHS } from './paths.ts';

const stampFile = (): string => join(PATHS.output, 'stamp');

/** One checksum over every file the result depends on: guest, module list, package lock, the build itself. */
export function inputsChecksum(): string {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}\n`);
  const folders = [PATHS.guestSource, PATHS.modulesSource, PATHS.packagesSource, PATHS.buildSource];
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      hash.update(`${path.slice(PATHS.root.length)}\n`).update(readFileSync(path));
    }
  }
  return hash.digest('hex');
}

export function isUpToDate(checksum: string): boolean {
  return (
    existsSync(join(PATHS.output, 'manifest.json')) &&
    existsSync(stampFile()) &&
    readFileSync(stampFile(), 'utf8') === checksum
  );
}

export function writeStamp(checksum: string): void {
  writeFileSync(stampFile(), checksum);
}
