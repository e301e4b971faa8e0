import { mkdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { ListedExport, MadeExports } from '#engine/ports/workbench.ts';
import { readPlainText } from '#files/plain-file.ts';
import { writeFileAtomically } from '#project/atomic-file.ts';
import { fileFault } from '#project/file-fault.ts';
import { inTurn } from '#project/in-turn.ts';
import { PRIVATE_FOLDER } from '#project/secrets.ts';

const MOST = 100;

const listSchema = z.object({
  exports: z.array(
    z.object({
      folder: z.string().min(1),
      format: z.string(),
      madeAt: z.string(),
      validated: z.boolean(),
      signed: z.boolean(),
      trials: z.array(z.string()),
    }),
  ),
});
type Listed = z.infer<typeof listSchema>['exports'];

const pathIn = (project: string) => join(resolve(project), PRIVATE_FOLDER, 'exports.json');

/** A note in the project's private folder of what was exported where. The proof in each folder is the truth. */
export const madeExports: MadeExports = {
  async list(project, mark) {
    const listed = await read(pathIn(project));
    return Promise.all(listed.map((one) => withPresence(one, mark)));
  },
  note(project, made) {
    const path = pathIn(project);
    return inTurn(path, async () => {
      const others = (await read(path)).filter(({ folder }) => folder !== made.folder);
      const exports = [{ ...made, trials: [...made.trials] }, ...others].slice(0, MOST);
      try {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await writeFileAtomically(path, `${JSON.stringify({ exports }, null, 2)}\n`, 0o600);
      } catch (error) {
        throw fileFault('project-unwritable', error, 'noting the export', path);
      }
    });
  },
};

async function read(path: string): Promise<Listed> {
  try {
    const parsed = listSchema.safeParse(JSON.parse(await readPlainText(path)));
    return parsed.success ? parsed.data.exports : [];
  } catch {
    return [];
  }
}

async function withPresence(listed: Listed[number], mark: string): Promise<ListedExport> {
  const found = await stat(join(listed.folder, mark)).catch(() => null);
  return { ...listed, there: found?.isFile() === true };
}
