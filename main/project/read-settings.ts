import { PROJECT_VERSION, type ProjectSettings, projectSettingsSchema } from '#contract/project-settings.ts';
import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import { Fault } from '#engine/fault.ts';
import { readJsonText } from '#project/json-text.ts';
import { schemaProblems } from '#project/schema-problems.ts';

export const SETTINGS_FILE = 'userferry.json';

export interface ReadSettings {
  /** Null where the problems stand in the way. */
  readonly settings: ProjectSettings | null;
  readonly problems: readonly Diagnostic[];
}

/** Reads the text of `userferry.json`. Throws `project-newer` for a format this version does not know. */
export function readSettings(text: string): ReadSettings {
  const json = readJsonText(SETTINGS_FILE, text);
  if (json.syntaxError !== null) {
    const { message, place } = json.syntaxError;
    return {
      settings: null,
      problems: [diagnostic('project.json-syntax', `${SETTINGS_FILE}: ${message}.`, { place })],
    };
  }
  refuseNewer(json.value);
  const parsed = projectSettingsSchema.safeParse(json.value);
  if (parsed.success) return { settings: parsed.data, problems: [] };
  return { settings: null, problems: schemaProblems(projectSettingsSchema, json, parsed.error.issues) };
}

function refuseNewer(value: unknown): void {
  const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : null;
  if (typeof version !== 'number' || version <= PROJECT_VERSION) return;
  throw new Fault(
    'project-newer',
    `the project has format ${version}; this version of Userferry reads up to ${PROJECT_VERSION}`,
    { doing: 'opening the project', where: SETTINGS_FILE, help: 'Use a newer Userferry.' },
  );
}
