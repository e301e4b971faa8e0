import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAbandoned, namesIn, OWN_MARK, remove } from '#files/unfinished.ts';

const NAME = /^userferry-([a-z]+)-([0-9a-f]{8})-(\d+)-[A-Za-z0-9]+$/;

const open = new Set<string>();
let watching = false;

/**
 * A temporary folder for work that is thrown away, readable by its owner only. It goes with `removeWorkFolder`, with
 * this process where that ends by itself, and otherwise when somebody makes the next one.
 */
export function makeWorkFolder(purpose: string): string {
  sweepWorkFolders();
  const folder = mkdtempSync(join(tmpdir(), `userferry-${purpose}-${OWN_MARK}-`));
  open.add(folder);
  if (!watching) {
    watching = true;
    process.once('exit', () => {
      for (const one of open) remove(one);
    });
  }
  return folder;
}

export function removeWorkFolder(folder: string): void {
  open.delete(folder);
  remove(folder);
}

/** Removes those whose processes were killed. They hold personal data. */
function sweepWorkFolders(): void {
  for (const name of namesIn(tmpdir())) {
    const found = NAME.exec(name);
    const path = join(tmpdir(), name);
    if (found === null || open.has(path)) continue;
    if (isAbandoned(path, { host: found[2]!, pid: Number(found[3]) })) remove(path);
  }
}
