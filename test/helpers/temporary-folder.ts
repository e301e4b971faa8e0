import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guardFolder, spareFolder } from '#test/guard.ts';

/** A fresh folder that is gone when the test process is, however that ends. */
export function temporaryFolder(name = 'test'): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), `userferry-${name}-`));
  guardFolder(folder);
  return folder;
}

/** Removes it earlier, for folders too big to keep. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  spareFolder(folder);
}
