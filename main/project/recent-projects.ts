import { mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { RecentProjects, RememberedProject } from '#engine/ports/workbench.ts';
import { sweepUnfinished } from '#files/unfinished.ts';
import { writeFileAtomically } from '#project/atomic-file.ts';
import { fileFault } from '#project/file-fault.ts';
import { inTurn } from '#project/in-turn.ts';
import { SETTINGS_FILE } from '#project/read-settings.ts';

const MOST = 30;

const listSchema = z.object({
  projects: z.array(z.object({ folder: z.string().min(1), name: z.string(), openedAt: z.string() })),
});
type Listed = z.infer<typeof listSchema>['projects'];

/**
 * The list of recent projects in a file of this account's configuration folder. A list that is missing or damaged
 * is an empty one, and the next project written into it makes it whole again.
 */
export function createRecentProjects(configFolder: string): RecentProjects {
  const path = join(configFolder, 'recent-projects.json');
  const change = (edit: (listed: Listed) => Listed): Promise<void> =>
    inTurn(path, async () => {
      const projects = edit(await read(path)).slice(0, MOST);
      try {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        sweepUnfinished(dirname(path));
        await writeFileAtomically(path, `${JSON.stringify({ projects }, null, 2)}\n`, 0o600);
      } catch (error) {
        throw fileFault('project-unwritable', error, 'writing the list of recent projects', path);
      }
    });
  return {
    list: async () => Promise.all((await read(path)).map(withState)),
    remember: (folder, name, atMs) => {
      const entry = { folder: resolve(folder), name, openedAt: new Date(atMs).toISOString() };
      return change((listed) => [entry, ...listed.filter((one) => one.folder !== entry.folder)]);
    },
    forget: (folder) => change((listed) => listed.filter((one) => one.folder !== resolve(folder))),
  };
}

async function read(path: string): Promise<Listed> {
  try {
    const parsed = listSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return parsed.success ? parsed.data.projects : [];
  } catch {
    return [];
  }
}

async function withState(listed: Listed[number]): Promise<RememberedProject> {
  const settings = await stat(join(listed.folder, SETTINGS_FILE)).catch(() => null);
  return { ...listed, state: settings?.isFile() === true ? 'there' : 'gone' };
}
