import type { ExportFormat } from '#contract/proof.ts';
import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { NamedTrial } from '#engine/exports/named-trials.ts';
import type { ScriptSource } from '#engine/ports/exports.ts';
import type { Project } from '#engine/ports/project-store.ts';

/** Markers of the deploy tool inside scripts: filled on purpose, about to be filled by accident, or never filled. */
export function markerDiagnostics(
  format: ExportFormat,
  sources: readonly ScriptSource[],
  project: Project,
): Diagnostic[] {
  const deployTool = format === 'deploy-directory' || format === 'deploy-yaml';
  return sources.flatMap(({ slot, markers }) => {
    const ran = project.scripts.get(slot)?.text ?? '';
    return markers.flatMap(({ name, line }) => {
      const place = { kind: 'script', slot, line } as const;
      const filled = !ran.includes(`##${name}##`) && !ran.includes(`@@${name}@@`);
      const message = `The ${slot} script has a marker for ${name} in line ${line}.`;
      if (deployTool) {
        return [
          diagnostic(filled ? 'export.marker-deliberate' : 'export.marker-in-script', message, { place }),
        ];
      }
      return filled ? [diagnostic('export.marker-not-filled', message, { place })] : [];
    });
  });
}

/** What the engineer should know about the exported connection before it is used. */
export function connectionWarnings(project: Project, sources: readonly ScriptSource[]): Diagnostic[] {
  const { name, enableScriptContext } = project.connection;
  const found = [
    diagnostic(
      'export.connection-name-fixed',
      `The export is for the connection "${name}", whatever its id.`,
    ),
  ];
  if (enableScriptContext) {
    const message = `Connection "${name}" switches the script context on for good.`;
    found.push(diagnostic('export.script-context', message));
  }
  if (sources.some(({ slot }) => slot === 'change_email')) {
    const message = `Connection "${name}" has a change_email script, which the dashboard deletes when it saves.`;
    found.push(
      diagnostic('export.change-email-lost', message, { place: { kind: 'script', slot: 'change_email' } }),
    );
  }
  return found;
}

/** How far the named trials carry. */
export function trialWarnings(trials: readonly NamedTrial[], withLogin: boolean): Diagnostic[] {
  const partial = trials
    .filter(({ proven }) => !proven.allRows)
    .map(({ proven }) => {
      const done = Math.max(...proven.counts.map((phase) => phase.done));
      const message = `Trial ${proven.id} covered ${done} of ${proven.legacyRows} users.`;
      return diagnostic('export.trial-partial', message);
    });
  const lazy = trials.filter(({ record }) => record.options.kind !== 'bulk');
  const proven = lazy.some(({ record }) => record.options.depth === 'proven');
  if (!withLogin || proven || !lazy.some(({ record }) => record.options.depth === 'assumed')) return partial;
  const message = 'No named trial checked a true password: the comparisons of the login script were assumed.';
  return [
    ...partial,
    diagnostic('export.login-assumed', message, { place: { kind: 'script', slot: 'login' } }),
  ];
}
