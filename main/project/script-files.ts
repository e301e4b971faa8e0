import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Slot } from '#domain/migration/slots.ts';
import { Fault } from '#engine/fault.ts';
import type { Project } from '#engine/ports/project-store.ts';
import type { ScriptFiles } from '#engine/ports/script-files.ts';
import { writeFileAtomically } from '#project/atomic-file.ts';
import { fileFault } from '#project/file-fault.ts';
import { readPlainText } from '#files/plain-file.ts';
import { CONNECTIONS_FOLDER, readConnection, scriptMap } from '#project/read-connection.ts';

/** The scripts of a project as they lie in its folder, markers (##NAME##) standing. */
export const scriptFiles: ScriptFiles = {
  async read(project, slot) {
    const path = await pathOf(project, slot);
    if (path === null) return null;
    try {
      return await readPlainText(path);
    } catch (error) {
      throw fileFault('project-invalid', error, 'reading a script', path);
    }
  },
  async write(project, slot, text) {
    const path = await pathOf(project, slot);
    if (path === null) throw new Fault('project-invalid', `the project has no script for "${slot}"`);
    try {
      await writeFileAtomically(path, text);
    } catch (error) {
      throw fileFault('project-unwritable', error, 'writing a script', path);
    }
  },
};

/** Only scripts that the project itself reads: no links that lead out of it. */
async function pathOf(project: Project, slot: Slot): Promise<string | null> {
  if (!project.scripts.has(slot)) return null;
  const name = project.settings.connection;
  const { connection } = await readConnection(project.folder, name);
  const entry = connection === null ? undefined : scriptMap(connection).get(slot);
  if (entry === undefined) return null;
  return realpath(resolve(project.folder, CONNECTIONS_FOLDER, name, entry.source));
}
