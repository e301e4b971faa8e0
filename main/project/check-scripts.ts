import { type Expression, isParseError, parseScript, syntaxDiagnostic } from '#project/parse-script.ts';
import { type ConfigurationUse, configurationUses } from '#project/configuration-uses.ts';
import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { Slot } from '#domain/migration/slots.ts';
import type { Project } from '#engine/ports/project-store.ts';
import { didYouMean } from '#project/did-you-mean.ts';

/** The slots that the connection's mode needs, the scripts' syntax, and the configuration they read. */
export function checkScripts(project: Project): Diagnostic[] {
  const problems: Diagnostic[] = slotProblems(project);
  const used = new Map<string, ConfigurationUse & { readonly slot: Slot }>();
  let everyUseKnown = true;
  for (const [slot, script] of project.scripts) {
    const parsed = parseScript(script.text);
    if (isParseError(parsed)) {
      const found = syntaxDiagnostic(slot, parsed);
      if (!project.problems.some(({ code, message }) => code === found.code && message === found.message))
        problems.push(found);
      everyUseKnown = false;
      continue;
    }
    problems.push(...bareProblem(slot, script.text));
    const uses = configurationUses(parsed satisfies Expression);
    everyUseKnown &&= uses.complete;
    for (const use of uses.names) if (!used.has(use.name)) used.set(use.name, { ...use, slot });
  }
  const defined = project.configurationNames ?? Object.keys(project.configuration);
  problems.push(...undefinedNames([...used.values()], defined));
  if (everyUseKnown) problems.push(...unusedNames(project, used, defined));
  return problems;
}

function slotProblems(project: Project): Diagnostic[] {
  // Without a readable database.json nothing is known about slots; that finding stands alone.
  if (project.problems.some(({ code }) => WITHOUT_SLOTS.has(code))) return [];
  const { importMode, name } = project.connection;
  const missing = (importMode ? (['login', 'get_user'] as const) : (['login'] as const)).filter(
    (slot) => !project.scripts.has(slot) && !isUnreadable(project, slot),
  );
  const mode = importMode ? 'on' : 'off';
  const found = missing.map((slot) =>
    diagnostic(
      'project.slot-missing',
      `Connection "${name}" has import ${mode} and no script for "${slot}".`,
      {
        place: { kind: 'script', slot },
      },
    ),
  );
  if (!importMode && !project.scripts.has('get_user')) {
    const message = `Connection "${name}" has import off and no script for "get_user".`;
    found.push(
      diagnostic('project.slot-recommended', message, { place: { kind: 'script', slot: 'get_user' } }),
    );
  }
  return found;
}

const WITHOUT_SLOTS = new Set(['project.connection-missing']);

/** Listed, but the file could not be read: already reported as that. */
function isUnreadable(project: Project, slot: Slot): boolean {
  return project.problems.some(
    ({ code, message }) =>
      (code === 'project.script-missing' || code === 'project.script-outside') &&
      message.includes(`"${slot}"`),
  );
}

/** The text that the dashboard puts into every slot nobody has filled. */
const BARE = /Please implement the .{1,60} script for this database connection/;

function bareProblem(slot: Slot, text: string): Diagnostic[] {
  const at = text.search(BARE);
  if (at < 0) return [];
  const line = text.slice(0, at).split('\n').length;
  const message = `The script of "${slot}" only says that somebody should implement it.`;
  return [diagnostic('project.slot-bare', message, { place: { kind: 'script', slot, line } })];
}

function undefinedNames(
  uses: readonly (ConfigurationUse & { readonly slot: Slot })[],
  defined: readonly string[],
): Diagnostic[] {
  return uses
    .filter(({ name }) => !defined.includes(name))
    .map(({ name, slot, line, column }) => {
      const message = `The script of "${slot}" reads configuration.${name}, which is not defined.${didYouMean(name, defined)}`;
      return diagnostic('project.configuration-undefined', message, {
        place: { kind: 'script', slot, line, column },
      });
    });
}

function unusedNames(
  project: Project,
  used: ReadonlyMap<string, unknown>,
  defined: readonly string[],
): Diagnostic[] {
  if (project.scripts.size === 0) return [];
  return defined
    .filter((name) => !used.has(name))
    .map((name) =>
      diagnostic('project.configuration-unused', `No script reads configuration.${name}.`, {
        place: { kind: 'setting', name: `configuration.${name}` },
      }),
    );
}
