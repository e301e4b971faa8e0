import type { ProjectSettings } from '#contract/project-settings.ts';
import type { TrialOptions } from '#contract/trial-record.ts';
import type { TrialKind } from '#domain/migration/depth.ts';
import { Fault } from '#engine/fault.ts';
import { assertUsable } from '#engine/pipeline/pipeline-host.ts';
import type { LegacyStore } from '#engine/ports/legacy-store.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import type { UserSource } from '#engine/trials/user-source.ts';

const HELP = 'Run "userferry check" to see everything that is in the way, with its fixes.';

/** A project that nothing known about its files keeps from being rehearsed. Fault: `project-invalid`. */
export async function openUsable({ projects }: Ports, folder: string): Promise<Project> {
  const project = await projects.open(folder);
  const errors = project.problems.filter((problem) => problem.severity === 'error');
  const [first] = errors;
  if (first === undefined) return project;
  const more = errors.length === 1 ? '' : ` (and ${errors.length - 1} more)`;
  throw new Fault('project-invalid', `${first.message.replace(/\.$/, '')}${more}`, {
    doing: 'opening the project for a trial',
    where: placeOf(first) ?? folder,
    help: HELP,
    problems: errors,
  });
}

function placeOf({ place }: Project['problems'][number]): string | null {
  if (place === undefined || place.kind === 'row') return null;
  if (place.kind === 'setting') return `${place.name} in userferry.json`;
  const file = place.kind === 'script' ? `${place.slot}.js` : place.path;
  return place.line === undefined ? file : `${file}:${place.line}:${place.column ?? 1}`;
}

/**
 * What every user would fail for is told before the first of them is counted: a column that the mapping names and
 * the query does not give, a key that does not page. Faults: `project-invalid`, `legacy-query`, `input-invalid`.
 */
export async function assertReadable(
  { fields }: ProjectSettings,
  store: LegacyStore,
  source: UserSource,
): Promise<void> {
  const columns = await store.columns();
  for (const [field, mapped] of Object.entries(fields)) {
    const missing = [mapped].flat().find((name) => name !== undefined && !columns.includes(name));
    if (missing === undefined) continue;
    throw new Fault(
      'project-invalid',
      `"fields.${field}" names column "${missing}", which the users query does not give`,
      {
        doing: 'reading the columns of the users query',
        where: `fields.${field} in userferry.json`,
        help: HELP,
      },
    );
  }
  await source.page(null, 0, 1);
}

/** What is to run after the scripts must be there, and whole. Faults: `input-invalid`, `project-invalid`. */
export function assertHasPipeline(
  { pipeline }: Project,
  { pipeline: mode, kind }: Pick<TrialOptions, 'pipeline' | 'kind'>,
): void {
  if (mode === undefined || mode === 'off') return;
  if (kind === 'bulk') {
    throw new Fault('input-invalid', 'a bulk trial has no logins for Actions and Rules to run at', {
      help: 'Use a lazy or a mixed trial, or leave out --pipeline.',
    });
  }
  if (pipeline === undefined) {
    throw new Fault('input-invalid', 'the project has no Actions, Rules or Hooks', {
      help: 'Put the folders that the deploy tool exports (actions, triggers, rules, hooks) beside database-connections.',
    });
  }
  assertUsable(pipeline);
}

/** A connection that keeps its users elsewhere takes no import jobs, as the tenant says. Fault: `input-invalid`. */
export function assertTakesImports({ connection }: Project, kind: TrialKind): void {
  if (kind === 'lazy' || connection.importMode) return;
  throw new Fault('input-invalid', 'Custom Database Connections without import mode are not allowed.', {
    doing: `starting a ${kind} trial`,
    where: `import_mode in database-connections/${connection.name}/database.json`,
    help: 'Switch "Import Users to Auth0" on (import_mode: true), or rehearse lazy logins only.',
  });
}
