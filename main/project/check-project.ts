import type { Diagnostic, Severity } from '#domain/diagnostics/diagnostic.ts';
import { diagnostic } from '#domain/diagnostics/catalog.ts';
import { Fault } from '#engine/fault.ts';
import type { OpenLegacy } from '#engine/ports/legacy-access.ts';
import type { Project } from '#engine/ports/project-store.ts';
import { checkAssumptions } from '#project/check-assumptions.ts';
import { checkLegacy } from '#project/check-legacy.ts';
import { checkScripts } from '#project/check-scripts.ts';
import { readCredentials } from '#project/read-credentials.ts';

const ORDER: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

/**
 * Everything that can be said about a project before a trial: settings, secrets, scripts, test accounts, and
 * the legacy database as it answers now. Worst first; within a severity in the order of the files.
 */
export async function checkProject(project: Project, openLegacy: OpenLegacy): Promise<readonly Diagnostic[]> {
  const problems = [
    ...project.problems,
    ...checkAssumptions(project.settings.assumptions),
    ...checkScripts(project),
    ...(project.pipeline?.problems ?? []),
    ...(await checkCredentials(project)),
    ...(await checkLegacy(project, openLegacy)),
  ];
  return problems.toSorted((a, b) => ORDER[a.severity] - ORDER[b.severity]);
}

async function checkCredentials(project: Project): Promise<Diagnostic[]> {
  try {
    await readCredentials(project);
    return [];
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const place = { kind: 'setting', name: 'credentials' } as const;
    return [diagnostic('project.credentials-unreadable', `Test accounts: ${error.message}.`, { place })];
  }
}
