import { chmod, lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PROOF_FILE, proofSchema, SIGNATURE_FILE } from '#contract/proof.ts';
import { Fault } from '#engine/fault.ts';
import type { ExportDraft } from '#engine/ports/exports.ts';
import { abandonedIn, sweepUnfinished, unfinishedPath } from '#files/unfinished.ts';
import { factsOf, listFiles, textOrNull } from '#exporters/found-export.ts';
import { codeOf, fileTrouble } from '#exporters/file-trouble.ts';

const DOING = 'writing the export';

/**
 * An export is written beside its place and takes it in one step, so that nobody ever finds half of one. What is
 * there already is replaced only with `force`, and only where every file of it belongs to an export of ours.
 */
export async function beginExport(folder: string, force: boolean): Promise<ExportDraft> {
  try {
    await putBack(folder);
    const taken = await assertReplaceable(folder, force);
    await mkdir(dirname(folder), { recursive: true });
    sweepUnfinished(dirname(folder), folder);
    const beside = unfinishedPath(folder);
    await mkdir(beside);
    // The process's mask may have taken bits away.
    await chmod(beside, 0o755);
    return draft(folder, beside, taken);
  } catch (error) {
    throw fileTrouble('project-unwritable', error, DOING, folder);
  }
}

function draft(folder: string, beside: string, taken: boolean): ExportDraft {
  const told = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      throw fileTrouble('project-unwritable', error, DOING, folder);
    }
  };
  return {
    write: (path, text, ownerOnly = false) =>
      told(async () => {
        const bytes = Buffer.from(text, 'utf8');
        await mkdir(dirname(join(beside, path)), { recursive: true });
        const file = await open(join(beside, path), 'wx', ownerOnly ? 0o600 : 0o644);
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        return factsOf(path, bytes);
      }),
    commit: () => told(() => (taken ? swap(folder, beside) : rename(beside, folder))),
    discard: () => rm(beside, { recursive: true, force: true }),
  };
}

/** The old export steps aside and comes back should the new one not get in. */
async function swap(folder: string, beside: string): Promise<void> {
  const aside = unfinishedPath(folder, 'old');
  await rename(folder, aside);
  try {
    await rename(beside, folder);
  } catch (error) {
    await rename(aside, folder);
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
}

/** A process that was killed while the old export stood aside left it there: it comes back, or goes where it was replaced. */
async function putBack(folder: string): Promise<void> {
  for (const aside of abandonedIn(dirname(folder), 'old', folder)) {
    if ((await kindOf(folder)) === 'nothing') await rename(aside, folder);
    else await rm(aside, { recursive: true, force: true });
  }
}

/** Whether something is there that may be replaced; refuses where it may not. */
async function assertReplaceable(folder: string, force: boolean): Promise<boolean> {
  const kind = await kindOf(folder);
  if (kind === 'nothing') return false;
  if (kind === 'other')
    throw refusal(folder, 'there is a file or link of this name', 'Choose another folder.');
  // An empty folder gives way to a rename by itself.
  if ((await readdir(folder)).length === 0) return false;
  const proof = proofSchema.safeParse(parsed(await textOrNull(join(folder, PROOF_FILE))));
  if (!proof.success) {
    const help = 'Choose a new or empty folder; only an export of Userferry can be replaced.';
    throw refusal(folder, 'the folder is not empty and holds no export', help);
  }
  if (!force) {
    throw refusal(
      folder,
      `the folder holds an export of ${proof.data.generatedAt.slice(0, 10)}`,
      'Add --force to replace it, or choose another folder.',
    );
  }
  const known = new Set([PROOF_FILE, SIGNATURE_FILE, ...proof.data.files.map(({ path }) => path)]);
  const strange = (await listFiles(folder)).find((path) => !known.has(path));
  if (strange === undefined) return true;
  const help = 'Move that file away first: replacing the export would delete it.';
  throw refusal(folder, `the export in the folder has a file that is not part of it: ${strange}`, help);
}

async function kindOf(folder: string): Promise<'nothing' | 'folder' | 'other'> {
  try {
    return (await lstat(folder)).isDirectory() ? 'folder' : 'other';
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'nothing';
    throw error;
  }
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function refusal(where: string, message: string, help: string): Fault {
  return new Fault('input-invalid', `${message}; nothing was written`, { doing: DOING, where, help });
}
