import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Slot, SLOTS } from '#domain/migration/slots.ts';
import { Fault } from '#engine/fault.ts';
import type { ScriptTemplate } from '#project/script-template.ts';
import { SCRIPT_TEMPLATES } from '#project/script-template-list.ts';

const FOLDER = join(import.meta.dirname, '../../templates/scripts');

export function listScriptTemplates(): readonly ScriptTemplate[] {
  return SCRIPT_TEMPLATES;
}

/** The text of one script; every template has one for every slot. Fault: `input-invalid` for an unknown name. */
export async function readScriptTemplate(name: string, slot: Slot): Promise<string> {
  const template = SCRIPT_TEMPLATES.find((known) => known.name === name);
  if (template === undefined || !SLOTS.includes(slot)) {
    throw new Fault('input-invalid', `there is no template "${name}" with a ${slot} script`, {
      doing: 'reading a script template',
      help: `Choose one of ${SCRIPT_TEMPLATES.map((known) => known.name).join(', ')}.`,
    });
  }
  return readFile(join(FOLDER, template.name, `${slot}.js`), 'utf8');
}
