import type { ProjectOverview, ProjectSlot } from '#contract/projects.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import { SLOTS } from '#domain/migration/slots.ts';
import { Fault } from '#engine/fault.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import { legacySummary } from '#engine/projects/legacy-summary.ts';
import type { TrialsDesk } from '#engine/trials/trials-desk.ts';

/** What a project is, read from its files only. Whatever is damaged in it is told as a diagnostic. */
export async function openProject(ports: Ports, desk: TrialsDesk, given: string): Promise<ProjectOverview> {
  const { file, text, settings, diagnostics } = await ports.workbench.settings.read(given);
  const folder = file.replace(/[\\/][^\\/]*$/, '');
  const trials = await trialsOf(desk, folder);
  if (settings === null) {
    return {
      folder,
      name: nameIn(text) ?? baseName(folder),
      usable: false,
      connection: null,
      legacy: null,
      slots: SLOTS.map(noScript),
      template: null,
      trials,
      diagnostics: copies(diagnostics),
    };
  }
  const project = await openOrProblems(ports, folder);
  const slots = await ports.workbench.scripts.list(folder, settings.connection);
  const passwordMissing = project.problems.some(
    ({ code, place }) =>
      code === 'project.secret-missing' && place?.kind === 'setting' && place.name === 'legacy.password',
  );
  return {
    folder,
    name: settings.name,
    usable: project.problems.every(({ severity }) => severity !== 'error'),
    connection: settings.connection,
    legacy: legacySummary(settings, passwordMissing),
    slots: slots.map((slot) => ({ ...slot })),
    template: mostCommon(slots.flatMap(({ template }) => template ?? [])),
    trials,
    diagnostics: copies(project.problems),
  };
}

async function openOrProblems(ports: Ports, folder: string): Promise<Pick<Project, 'problems'>> {
  try {
    return await ports.projects.open(folder);
  } catch (error) {
    if (error instanceof Fault && error.problems.length > 0) return { problems: error.problems };
    throw error;
  }
}

async function trialsOf(desk: TrialsDesk, folder: string): Promise<ProjectOverview['trials']> {
  const listed = await desk.list(folder);
  const records = listed.flatMap((one) => (one.kind === 'trial' ? [one.record] : []));
  return { count: records.length, damaged: listed.length - records.length, last: records[0] ?? null };
}

function noScript(slot: ProjectSlot['slot']): ProjectSlot {
  return { slot, state: 'none', file: null, bytes: null, checksum: null, template: null };
}

/** The name that stands in settings which cannot be used otherwise. */
function nameIn(text: string): string | null {
  const name = /^\s*"name"\s*:\s*("(?:[^"\\]|\\.)*")/m.exec(text)?.[1];
  if (name === undefined) return null;
  try {
    return JSON.parse(name) as string;
  } catch {
    return null;
  }
}

export function baseName(folder: string): string {
  return folder.split(/[\\/]/).findLast((part) => part !== '') ?? folder;
}

function mostCommon(names: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

function copies(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.map((one) => ({ ...one }));
}
