import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { applyEdits, modify, parse } from 'jsonc-parser';
import { Fault } from '#engine/fault.ts';
import type { SettingEdit } from '#engine/ports/legacy-inspection.ts';
import { writeFileAtomically } from '#project/atomic-file.ts';
import { fileFault } from '#project/file-fault.ts';
import { lockProject } from '#project/project-lock.ts';
import { readSettings, SETTINGS_FILE } from '#project/read-settings.ts';

const DOING = 'changing the settings';

/** Edits `userferry.json` in place. Order, spacing and everything that is not edited stay as they are. */
export async function editSettings(folder: string, edits: readonly SettingEdit[]): Promise<string> {
  const path = join(resolve(folder), SETTINGS_FILE);
  const lock = await lockProject(resolve(folder));
  try {
    const text = await readFile(path, 'utf8');
    const edited = editedText(text, edits);
    const { problems } = readSettings(edited);
    if (problems.length > 0) {
      throw new Fault('input-invalid', `the settings would not be valid: ${problems[0]!.message}`, {
        doing: DOING,
        where: SETTINGS_FILE,
        problems,
      });
    }
    await writeFileAtomically(path, edited);
    return path;
  } catch (error) {
    throw fileFault('project-unwritable', error, DOING, path);
  } finally {
    await lock.release();
  }
}

/** The text with all edits made. Pure. Throws where a setting has another value than the edit expects. */
export function editedText(text: string, edits: readonly SettingEdit[]): string {
  const before: unknown = parse(text);
  const formattingOptions = jsonFormat(text);
  return edits.reduce((edited, { setting, from, to }) => {
    const path = setting.split('.');
    if (JSON.stringify(valueAt(before, path) ?? null) !== JSON.stringify(from)) {
      throw new Fault('input-invalid', `"${setting}" has changed meanwhile; nothing was written`, {
        doing: DOING,
        where: SETTINGS_FILE,
        help: 'Look at the proposal again.',
      });
    }
    return applyEdits(edited, modify(edited, path, to ?? undefined, { formattingOptions }));
  }, text);
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, part) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, part) ? Reflect.get(at, part) : undefined,
    value,
  );
}

/** How a JSON text is written, so that what is edited in it looks like the rest. */
export function jsonFormat(text: string) {
  return { insertSpaces: true, tabSize: indentOf(text), eol: eolOf(text) } as const;
}

function indentOf(text: string): number {
  return /^( +)"/m.exec(text)?.[1]!.length ?? 2;
}

function eolOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
