import { realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { JsonObject } from '#domain/json.ts';
import { SLOTS } from '#domain/migration/slots.ts';
import { Fault } from '#engine/fault.ts';
import type { ConnectionSource, ScriptMarker, ScriptSource } from '#engine/ports/exports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import { fileFault } from '#project/file-fault.ts';
import { readPlainFile } from '#files/plain-file.ts';
import { placeholderNames } from '#project/placeholders.ts';
import { CONNECTIONS_FOLDER, readConnection, scriptMap } from '#project/read-connection.ts';

const DOING = 'reading the connection to export';

/**
 * The connection's files as they are, markers standing: what is exported must be what lies in the project. The
 * project was opened before, so whatever is wrong with the files is among its problems already.
 */
export async function readConnectionSource(project: Project): Promise<ConnectionSource> {
  const { file, connection, json } = await readConnection(project.folder, project.settings.connection);
  if (connection === null || json === null) {
    throw new Fault('project-invalid', `${file} cannot be understood`, {
      doing: DOING,
      where: file,
      help: 'Run "userferry check" to see what is wrong with it.',
    });
  }
  const listed = scriptMap(connection);
  const scripts: ScriptSource[] = [];
  for (const slot of SLOTS) {
    const entry = listed.get(slot);
    // Left out by the project as well: links that lead out of it, files that cannot be read.
    if (entry === undefined || !project.scripts.has(slot)) continue;
    const path = resolve(project.folder, CONNECTIONS_FOLDER, project.settings.connection, entry.source);
    const text = await exactText(path);
    scripts.push({ slot, text, markers: markersOf(text) });
  }
  return { file: withoutScripts(json.value as JsonObject), scripts };
}

/** Bytes that are no UTF-8 would come back as other bytes: such a file cannot be exported unchanged. */
async function exactText(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readPlainFile(await realpath(path));
  } catch (error) {
    throw fileFault('project-invalid', error, DOING, path);
  }
  const text = bytes.toString('utf8');
  if (Buffer.from(text, 'utf8').equals(bytes)) return text;
  throw new Fault('project-invalid', 'the script is not written in UTF-8', {
    doing: DOING,
    where: join(path),
    help: 'Save the file as UTF-8 and rehearse it again.',
  });
}

function markersOf(text: string): readonly ScriptMarker[] {
  return placeholderNames(text).map((name) => {
    const at = Math.min(
      ...[`##${name}##`, `@@${name}@@`].map((marker) => text.indexOf(marker)).filter((index) => index >= 0),
    );
    return { name, line: text.slice(0, at).split('\n').length };
  });
}

function withoutScripts(file: JsonObject): JsonObject {
  const { customScripts: _top, options, ...rest } = file;
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return rest;
  const { customScripts: _inner, ...kept } = options as JsonObject;
  return { ...rest, options: kept };
}
