import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sweepUnfinished } from '#files/unfinished.ts';
import { PRIVATE_FOLDER } from '#project/secrets.ts';

/** Folders in which this program puts files in their place; of the others below them, only the top. */
const WITH_FOLDERS = ['trials', 'database-connections'];

/** Removes what killed processes did not finish in a project. For its only writer. */
export function sweepProject(folder: string): void {
  for (const one of ['.', PRIVATE_FOLDER, ...WITH_FOLDERS]) sweepUnfinished(join(folder, one));
  for (const one of WITH_FOLDERS) {
    for (const name of foldersIn(join(folder, one))) sweepUnfinished(join(folder, one, name));
  }
}

function foldersIn(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch {
    return [];
  }
}
