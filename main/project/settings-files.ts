import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { applyEdits, modify, parse } from 'jsonc-parser';
import { Fault } from '#engine/fault.ts';
import type { SettingAt, SettingsFiles, SettingsText } from '#engine/ports/workbench.ts';
import { writeFileAtomically } from '#project/atomic-file.ts';
import { jsonFormat } from '#project/edit-settings.ts';
import { errorCode, fileFault } from '#project/file-fault.ts';
import { inTurn } from '#project/in-turn.ts';
import { readPlainText } from '#files/plain-file.ts';
import { readSettings, SETTINGS_FILE } from '#project/read-settings.ts';

const DOING = 'saving the settings';

/** `userferry.json` for an editor: guarded by the checksum of what was read, and never left invalid. */
export const settingsFiles: SettingsFiles = {
  read: (folder) => readAt(pathIn(folder)),
  save: (folder, text, checksum) => write(folder, checksum, () => text),
  change: (folder, changes, checksum) => write(folder, checksum, (text) => changedText(text, changes)),
};

const pathIn = (folder: string) => join(resolve(folder), SETTINGS_FILE);

async function readAt(file: string): Promise<SettingsText> {
  let text: string;
  try {
    text = await readPlainText(file);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ENOTDIR') {
      throw fileFault('project-missing', error, `reading ${SETTINGS_FILE}`, file);
    }
    throw new Fault('project-missing', `there is no ${SETTINGS_FILE} in this folder`, {
      doing: 'reading the settings',
      where: file,
      help: 'Choose a project folder, or make one.',
    });
  }
  return described(file, text);
}

function described(file: string, text: string): SettingsText {
  const { settings, problems } = readSettings(text);
  return { file, text, checksum: checksumOf(text), settings, diagnostics: problems };
}

const checksumOf = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

function write(
  folder: string,
  checksum: string | null,
  edit: (text: string) => string,
): Promise<SettingsText> {
  const file = pathIn(folder);
  return inTurn(file, async () => {
    const before = await readAt(file);
    if (checksum !== null && before.checksum !== checksum) {
      throw new Fault('file-changed', 'the settings have changed on the disk; nothing was written', {
        doing: DOING,
        where: file,
        help: 'Read them again, look at the difference, and save once more.',
      });
    }
    const after = described(file, edit(before.text));
    if (after.settings === null) throw unusable(file, after);
    if (after.text === before.text) return after;
    try {
      await writeFileAtomically(file, after.text);
    } catch (error) {
      throw fileFault('project-unwritable', error, DOING, file);
    }
    return after;
  });
}

function unusable(file: string, { diagnostics }: SettingsText): Fault {
  const [first] = diagnostics;
  const more = diagnostics.length > 1 ? ` (and ${diagnostics.length - 1} more)` : '';
  const place = first?.place;
  const line = place?.kind === 'file' && place.line !== undefined ? `:${place.line}:${place.column}` : '';
  return new Fault(
    'project-invalid',
    `${(first?.message ?? 'unusable settings').replace(/\.$/, '')}${more}`,
    {
      doing: DOING,
      where: `${file}${line}`,
      help: first?.help ?? 'Correct the settings; the file is as it was.',
      problems: diagnostics,
    },
  );
}

/** All changes in one text, what is not changed left exactly as it is. Throws for a text that is no JSON object. */
function changedText(text: string, changes: readonly SettingAt[]): string {
  const value: unknown = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Fault('project-invalid', `${SETTINGS_FILE} is not a JSON object, so nothing in it can be set`, {
      doing: DOING,
      where: SETTINGS_FILE,
      help: 'Correct the text of the file first.',
    });
  }
  const options = { formattingOptions: jsonFormat(text) };
  return changes.reduce((edited, { path, to }) => {
    const gone = to === null && valueAt(parse(edited), path) === undefined;
    if (gone) return edited;
    try {
      return applyEdits(edited, modify(edited, [...path], to ?? undefined, options));
    } catch (error) {
      // The library refuses a path through a text or a number.
      throw new Fault('input-invalid', `there is no setting "${path.join('.')}"`, {
        doing: DOING,
        where: SETTINGS_FILE,
        cause: error,
      });
    }
  }, text);
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, part) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, part) ? Reflect.get(at, part) : undefined,
    value,
  );
}
