import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProjectSettings } from '#contract/project-settings.ts';
import type { Slot } from '#domain/migration/slots.ts';
import type { StarterScript, StoredFormat } from '#engine/ports/workbench.ts';
import { fitRows, fitTemplate } from '#project/fit-template.ts';
import { listScriptTemplates, readScriptTemplate } from '#project/script-templates.ts';

/** Scripts for stores that no driver of the tenant reaches: a small service in front of them answers with rows. */
const SERVICE = join(import.meta.dirname, '../../templates/project/http');
const SERVED: ReadonlySet<string> = new Set(['login', 'get_user']);

/** Formats of stored passwords that belong to one framework, and the set of scripts for it. */
const FRAMEWORKS: readonly {
  readonly engine: ProjectSettings['legacy']['engine'];
  readonly formats: RegExp;
  readonly set: string;
}[] = [
  { engine: 'postgresql', formats: /^django-/, set: 'django' },
  { engine: 'postgresql', formats: /^firebase-/, set: 'firebase-scrypt' },
  { engine: 'mysql', formats: /^(phpass|wordpress)/, set: 'wordpress' },
  { engine: 'sqlserver', formats: /^aspnet-identity-/, set: 'aspnet-identity' },
  { engine: 'sqlserver', formats: /^aspnet-membership-/, set: 'aspnet-membership-universal' },
];

/** The script that a project for this store starts a slot with; `formats`: how its passwords are stored, commonest first. */
export async function starterScript(
  slot: Slot,
  { legacy, users, fields }: Pick<ProjectSettings, 'legacy' | 'users' | 'fields'>,
  formats: readonly StoredFormat[],
): Promise<StarterScript> {
  const { engine } = legacy;
  const stored = formats[0]?.format ?? '';
  const framework = FRAMEWORKS.find((one) => one.engine === engine && one.formats.test(stored));
  if (framework !== undefined) return fromSet(framework.set, slot);
  if (engine === 'postgresql' || engine === 'mysql' || engine === 'sqlserver') {
    const { text, ...set } = await fromSet(engine, slot);
    const fitted = fitTemplate(text, { dialect: engine, users, fields });
    return { ...set, text: withFormats(fitted, slot, formats), fitted: true };
  }
  if (engine === 'oracle') return fromSet('oracle-http', slot);
  if (!SERVED.has(slot)) return fromSet('web-service-fetch', slot);
  const text = fitRows(await readFile(join(SERVICE, `${slot}.js`), 'utf8'), fields);
  return {
    name: null,
    title: 'Lookup service in front of the file',
    text: withFormats(text, slot, formats),
    fitted: true,
  };
}

async function fromSet(name: string, slot: Slot): Promise<StarterScript> {
  const title = listScriptTemplates().find((one) => one.name === name)?.title ?? name;
  return { name, title, text: await readScriptTemplate(name, slot), fitted: false };
}

/** Says in `login` which stored passwords it cannot check yet. */
function withFormats(text: string, slot: Slot, formats: readonly StoredFormat[]): string {
  const others = formats.filter(({ format }) => !/^bcrypt-2[abxy]?$/.test(format) && format !== 'none');
  if (slot !== 'login' || others.length === 0) return text;
  const told = others
    .slice(0, 4)
    .map(({ format, users }) => `${format} (${users})`)
    .join(', ');
  const looked = formats.reduce((sum, { users }) => sum + users, 0);
  const line = `  // Of the first ${looked} users some have other hashes than bcrypt, which still need a check of their own: ${told}.\n`;
  return text.replace('\n', `\n${line}`);
}
