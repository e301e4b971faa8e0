import type { DiagnosticCode } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import { NO_PIPELINE } from '#domain/pipeline/pipeline.ts';
import { Fault } from '#engine/fault.ts';
import { dependencyFindings } from '#engine/pipeline/dependency-findings.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';

/** Findings of the linter that stand in the way of a rehearsal; all others are for "userferry lint". */
const IN_THE_WAY: readonly DiagnosticCode[] = ['script.missing-module'];
const NODE_VERSION = 22;

/** Everything that can be said about a project before a trial. Settings that cannot be used are all named too. */
export async function checkProject(
  ports: Ports,
  folder: string,
): Promise<{ name: string; diagnostics: Diagnostic[] }> {
  let project: Project;
  try {
    project = await ports.projects.open(folder);
  } catch (error) {
    if (!(error instanceof Fault) || error.problems.length === 0) throw error;
    return {
      name: folder.split(/[\\/]/).findLast((part) => part !== '') ?? folder,
      diagnostics: [...error.problems],
    };
  }
  const found = await ports.checkProject(project);
  const errors = found.filter(({ severity }) => severity === 'error');
  const others = found.filter(({ severity }) => severity !== 'error');
  return {
    name: project.settings.name,
    diagnostics: [
      ...errors,
      ...modulesOf(ports, project),
      ...dependencyFindings(project.pipeline ?? NO_PIPELINE, ports.scriptModules()),
      ...others,
    ],
  };
}

function modulesOf({ linter }: Ports, project: Project): Diagnostic[] {
  const { enableScriptContext, requiresUsername, importMode } = project.connection;
  return [...project.scripts.values()].flatMap(({ slot, text }) =>
    linter
      .lint({
        slot,
        text,
        withContext: enableScriptContext,
        requiresUsername,
        importMode,
        nodeVersion: NODE_VERSION,
        configurationNames: null,
      })
      .map((finding) => finding.diagnostic)
      .filter(({ code }) => IN_THE_WAY.includes(code as DiagnosticCode)),
  );
}
