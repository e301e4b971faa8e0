import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Slot, SLOTS } from '#domain/migration/slots.ts';
import { Fault } from '#engine/fault.ts';
import { SCRIPT_TEMPLATES } from '#project/script-template-list.ts';

/** A set of database action scripts that a connection can start from: one script for each slot. */
export interface ScriptTemplate {
  /** Its folder below `templates/scripts`. */
  readonly name: string;
  readonly title: string;
  /** What the scripts talk to. */
  readonly engine: 'postgresql' | 'mysql' | 'sqlserver' | 'mongodb' | 'ldap' | 'http' | 'none';
  /** Notations of stored passwords that `login` can check; none where another system checks them. */
  readonly hashes: readonly string[];
  /** Whether users can be found by a username too. */
  readonly usernames: boolean;
  /** Names that the scripts read from `configuration`. */
  readonly configuration: readonly string[];
  /** Slots that do their work; the scripts of the others call back an error that says why not. */
  readonly slots: readonly Slot[];
  readonly testedAgainst: string;
}

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
