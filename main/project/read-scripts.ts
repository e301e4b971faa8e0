import { createHash } from 'node:crypto';
import { readdir, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic, Place } from '#domain/diagnostics/diagnostic.ts';
import { type Slot, SLOTS } from '#domain/migration/slots.ts';
import type { Script } from '#engine/ports/script-runner.ts';
import type { ConnectionFile } from '#project/connection-schema.ts';
import { errorCode } from '#project/file-fault.ts';
import type { JsonText } from '#project/json-text.ts';
import { isParseError, parseScript, syntaxDiagnostic } from '#project/parse-script.ts';
import { fillPlaceholders } from '#project/placeholders.ts';
import { readPlainText } from '#files/plain-file.ts';
import { CONNECTIONS_FOLDER, type ListedScript, scriptMap } from '#project/read-connection.ts';
import type { Secrets } from '#project/secrets.ts';

export interface ReadScripts {
  readonly scripts: ReadonlyMap<Slot, Script>;
  readonly problems: readonly Diagnostic[];
}

/** Largest script the tenant takes, bytes of UTF-8. */
const MAX_SCRIPT_BYTES = 100 * 1024;

/** Reads the scripts that `database.json` lists, markers filled in, and names the ones it forgot. */
export async function readScripts(
  project: string,
  name: string,
  connection: ConnectionFile,
  json: JsonText,
  secrets: Secrets,
): Promise<ReadScripts> {
  const scripts = new Map<Slot, Script>();
  const problems: Diagnostic[] = [];
  const folder = join(project, CONNECTIONS_FOLDER, name);
  const listed = scriptMap(connection);
  for (const slot of SLOTS) {
    const entry = listed.get(slot);
    if (entry === undefined) continue;
    const read = await readScript(project, folder, slot, entry, json.place(entry.path));
    problems.push(...read.problems);
    if (read.text === null) continue;
    const { text, missing } = fillPlaceholders(read.text, (wanted) => secrets.get(wanted), 'script');
    problems.push(...missing.map((wanted) => missingInScript(slot, wanted, read.text!)));
    scripts.set(slot, { slot, text, checksum: createHash('sha256').update(text, 'utf8').digest('hex') });
  }
  problems.push(...(await forgottenScripts(folder, listed, json)));
  return { scripts, problems };
}

interface ReadScript {
  readonly text: string | null;
  readonly problems: readonly Diagnostic[];
}

async function readScript(
  project: string,
  folder: string,
  slot: Slot,
  { source }: ListedScript,
  place: Place,
): Promise<ReadScript> {
  const path = resolve(folder, source);
  try {
    // A link must not carry text from elsewhere on this machine into a script.
    const [root, real] = [await realpath(project), await realpath(path)];
    if (isOutside(root, real)) {
      const message = `The script of "${slot}" lies outside the project: it is not read.`;
      return { text: null, problems: [diagnostic('project.script-outside', message, { place })] };
    }
    const text = await readPlainText(real);
    return { text, problems: textProblems(slot, text) };
  } catch (error) {
    const message =
      errorCode(error) === 'ENOENT'
        ? `The script of "${slot}" is missing: there is no file ${source} beside database.json.`
        : `The script of "${slot}", ${source}, cannot be read (${errorCode(error)}).`;
    return { text: null, problems: [diagnostic('project.script-missing', message, { place })] };
  }
}

/** What is wrong with a script as a text, whoever wrote it. */
export function textProblems(slot: Slot, text: string): Diagnostic[] {
  return [...sizeProblem(slot, text), ...syntaxProblem(slot, text)];
}

export function isOutside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
}

function sizeProblem(slot: Slot, text: string): Diagnostic[] {
  const bytes = Buffer.byteLength(text, 'utf8');
  if (bytes <= MAX_SCRIPT_BYTES) return [];
  const message = `The script of "${slot}" has ${Math.ceil(bytes / 1024)} KB; the tenant takes 100 KB.`;
  return [diagnostic('project.script-too-large', message, { place: { kind: 'script', slot } })];
}

/** A script that no user can get through: a trial would only count every one of them as failed. */
function syntaxProblem(slot: Slot, text: string): Diagnostic[] {
  // Markers may stand for anything, so only the filled-in text could tell.
  if (/##\w+##|@@\w+@@/.test(text)) return [];
  const parsed = parseScript(text);
  return isParseError(parsed) ? [syntaxDiagnostic(slot, parsed)] : [];
}

function missingInScript(slot: Slot, name: string, text: string): Diagnostic {
  const at = text.search(new RegExp(`##${name}##|@@${name}@@`));
  const line = text.slice(0, at).split('\n').length;
  const message = `The script of "${slot}" needs ${name}, which neither the environment nor the secrets file has.`;
  return diagnostic('project.secret-missing', message, { place: { kind: 'script', slot, line } });
}

/** Files named like slots that the map leaves out: the deploy tool does not send them. */
async function forgottenScripts(
  folder: string,
  listed: ReadonlyMap<string, ListedScript>,
  json: JsonText,
): Promise<Diagnostic[]> {
  const names = await readdir(folder).catch(() => [] as string[]);
  const used = new Set([...listed.values()].map(({ source }) => resolve(folder, source)));
  return SLOTS.filter((slot) => names.includes(`${slot}.js`) && !used.has(join(folder, `${slot}.js`))).map(
    (slot) => {
      const message = `${slot}.js lies beside ${json.file}, which does not list it: the deploy tool does not send it.`;
      const place = json.place(['options', 'customScripts']);
      return diagnostic('project.script-not-listed', message, { place });
    },
  );
}
