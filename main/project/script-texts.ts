import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { applyEdits, modify } from 'jsonc-parser';
import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import { type Slot, SLOTS } from '#domain/migration/slots.ts';
import { Fault } from '#engine/fault.ts';
import type { SecretVault } from '#engine/ports/secret-vault.ts';
import type { ScriptText, ScriptTexts, SlotFile } from '#engine/ports/workbench.ts';
import { writeFileAtomically } from '#project/atomic-file.ts';
import type { ConnectionFile } from '#project/connection-schema.ts';
import { jsonFormat } from '#project/edit-settings.ts';
import { errorCode, fileFault } from '#project/file-fault.ts';
import { inTurn } from '#project/in-turn.ts';
import { blankJsonMarkers, fillPlaceholders } from '#project/placeholders.ts';
import { readPlainText } from '#files/plain-file.ts';
import { readSettingsOf } from '#project/project-store.ts';
import { CONNECTIONS_FOLDER, readConnection, scriptMap } from '#project/read-connection.ts';
import { isOutside, textProblems } from '#project/read-scripts.ts';
import { type Environment, readSecrets } from '#project/secrets.ts';
import { templateOf } from '#project/template-of.ts';

/** Scripts for an editor: as they are on the disk, whether they can be used or not. */
export function createScriptTexts(environment: Environment, vault: SecretVault | null = null): ScriptTexts {
  return {
    list: async (folder, connection) => {
      const root = resolve(folder);
      const { connection: file } = await readConnection(root, connection);
      return Promise.all(SLOTS.map((slot) => slotFile(root, connection, file, slot)));
    },
    read: async (folder, slot) => readText(await placeOf(resolve(folder), slot)),
    save: async (folder, slot, text, checksum) => {
      const place = await placeOf(resolve(folder), slot);
      return inTurn(place.file, () => save(place, text, checksum));
    },
    fill: async (folder, text) => {
      const secrets = await readSecrets(resolve(folder), environment, vault);
      return fillPlaceholders(text, (name) => secrets.get(name), 'script').text;
    },
  };
}

/** Where the script of a slot is, or would be. */
interface Place {
  readonly root: string;
  readonly connection: string;
  readonly slot: Slot;
  readonly file: string;
  readonly listed: boolean;
}

async function placeOf(root: string, slot: Slot): Promise<Place> {
  const { settings, problems } = await readSettingsOf(root);
  if (settings === null) {
    throw new Fault('project-invalid', 'the settings do not say which connection the scripts belong to', {
      doing: 'looking for a script',
      where: root,
      help: 'Correct userferry.json first.',
      problems,
    });
  }
  const { connection } = settings;
  const { connection: file } = await readConnection(root, connection);
  const source = file === null ? undefined : scriptMap(file).get(slot)?.source;
  const path = resolve(root, CONNECTIONS_FOLDER, connection, source ?? `${slot}.js`);
  return { root, connection, slot, file: path, listed: source !== undefined };
}

async function slotFile(
  root: string,
  connection: string,
  listing: ConnectionFile | null,
  slot: Slot,
): Promise<SlotFile> {
  const source = listing === null ? undefined : scriptMap(listing).get(slot)?.source;
  if (source === undefined) {
    return { slot, state: 'none', file: null, bytes: null, checksum: null, template: null };
  }
  const file = resolve(root, CONNECTIONS_FOLDER, connection, source);
  try {
    const text = await textAt(root, file);
    if (text === null) throw new Error('gone');
    const checksum = checksumOf(text);
    const bytes = Buffer.byteLength(text, 'utf8');
    return { slot, state: 'there', file, bytes, checksum, template: await templateOf(slot, checksum) };
  } catch {
    return { slot, state: 'missing', file, bytes: null, checksum: null, template: null };
  }
}

/** Null where there is no file. Faults: `project-invalid` for one outside the project or one that cannot be read. */
async function textAt(root: string, file: string): Promise<string | null> {
  try {
    const real = await realpath(file);
    if (isOutside(await realpath(root), real)) throw outside(file);
    return await readPlainText(real);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw fileFault('project-invalid', error, 'reading a script', file);
  }
}

function outside(file: string): Fault {
  return new Fault('project-invalid', 'the script lies outside the project', {
    doing: 'reading a script',
    where: file,
    help: 'Copy it into the project, and name the copy in customScripts of database.json.',
  });
}

const checksumOf = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

async function readText(place: Place): Promise<ScriptText> {
  return described(place, await textAt(place.root, place.file));
}

function described(place: Place, text: string | null): ScriptText {
  const { slot, file } = place;
  if (text === null) return { slot, file, text, checksum: null, bytes: 0, diagnostics: missing(place) };
  const diagnostics = [...unlisted(place), ...textProblems(slot, text)];
  return {
    slot,
    file,
    text,
    checksum: checksumOf(text),
    bytes: Buffer.byteLength(text, 'utf8'),
    diagnostics,
  };
}

function missing({ slot, listed }: Place): Diagnostic[] {
  if (!listed) return [];
  const message = `database.json lists a script for "${slot}", and its file is not there.`;
  return [diagnostic('project.script-missing', message, { place: { kind: 'script', slot } })];
}

function unlisted({ slot, listed }: Place): Diagnostic[] {
  if (listed) return [];
  const message = `${slot}.js lies beside database.json, which does not list it: the deploy tool does not send it.`;
  return [diagnostic('project.script-not-listed', message, { place: { kind: 'script', slot } })];
}

async function save(place: Place, text: string, checksum: string | null): Promise<ScriptText> {
  const { root, file, slot } = place;
  const before = await textAt(root, file);
  const now = before === null ? null : checksumOf(before);
  if (now !== checksum) {
    throw new Fault('file-changed', `the ${slot} script has changed on the disk; nothing was written`, {
      doing: 'saving a script',
      where: file,
      help: 'Read it again, look at the difference, and save once more.',
    });
  }
  try {
    if (before === null && isOutside(await realpath(root), await realpath(dirname(file))))
      throw outside(file);
    // Through a link the file it leads to is written; the link stays.
    if (text !== before) await writeFileAtomically(before === null ? file : await realpath(file), text);
  } catch (error) {
    throw fileFault('project-unwritable', error, 'saving a script', file);
  }
  if (!place.listed) await list(place);
  return described({ ...place, listed: true }, text);
}

/** Adds the slot to `customScripts`, where the deploy tool looks. Everything else of the file stays as it is. */
async function list({ root, connection, slot }: Place): Promise<void> {
  const file = join(root, CONNECTIONS_FOLDER, connection, 'database.json');
  await inTurn(file, async () => {
    try {
      const text = await readPlainText(file);
      // Of the same length, so that the places of the edits are those of the text with its markers.
      const json = blankJsonMarkers(text);
      const atTop = Object.hasOwn(JSON.parse(json) as object, 'customScripts');
      const path = [...(atTop ? [] : ['options']), 'customScripts', slot];
      const edits = modify(json, path, `./${slot}.js`, { formattingOptions: jsonFormat(text) });
      await writeFileAtomically(file, applyEdits(text, edits));
    } catch (error) {
      if (error instanceof SyntaxError) {
        throw new Fault('project-invalid', 'the script is saved, but database.json is no JSON', {
          doing: 'listing a script',
          where: file,
          help: `Correct it, and add "${slot}": "./${slot}.js" to options.customScripts.`,
        });
      }
      throw fileFault('project-unwritable', error, 'listing a script', file);
    }
  });
}
