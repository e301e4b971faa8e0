import type { z } from 'zod';
import type { slotSchema } from '#contract/slot.ts';
import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic, Severity } from '#domain/diagnostics/diagnostic.ts';
import type { Slot } from '#domain/migration/slots.ts';
import { Fault } from '#engine/fault.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import type { LintFinding, LintInput } from '#engine/ports/script-linter.ts';

export type LintRequest = {
  readonly nodeVersion: LintInput['nodeVersion'];
  readonly from:
    | { readonly kind: 'project'; readonly project: string; readonly slots: readonly Slot[] }
    | { readonly kind: 'draft'; readonly project: string; readonly slot: Slot; readonly text: string }
    | ({ readonly kind: 'text' } & Pick<
        LintInput,
        'slot' | 'text' | 'withContext' | 'importMode' | 'requiresUsername'
      >);
};

interface LintReply {
  slots: z.infer<typeof slotSchema>[];
  findings: { diagnostic: Mutable; source: string | null }[];
}
type Mutable = Omit<Diagnostic, 'severity'> & { severity: Severity };

/** Reads scripts without running them, in the order of their slots. */
export async function lintScripts(ports: Ports, { from, nodeVersion }: LintRequest): Promise<LintReply> {
  if (from.kind === 'text') {
    const { kind: _, ...script } = from;
    const findings = ports.linter.lint({ ...script, nodeVersion, configurationNames: null });
    return { slots: [from.slot], findings: copies(findings) };
  }
  const project = await ports.projects.open(from.project);
  if (from.kind === 'draft') {
    const findings = lintOf(ports, project, from.slot, from.text, nodeVersion);
    return { slots: [from.slot], findings: copies(findings) };
  }
  const slots = from.slots.length > 0 ? [...from.slots] : [...project.scripts.keys()];
  const findings = slots.flatMap((slot) => lintOf(ports, project, slot, textOf(project, slot), nodeVersion));
  const unused = from.slots.length > 0 ? [] : unusedConfiguration(ports, project);
  const old = from.slots.length > 0 ? [] : oldCode(ports, project);
  return { slots, findings: copies([...findings, ...unused, ...old]) };
}

function lintOf(
  { linter }: Ports,
  project: Project,
  slot: Slot,
  text: string,
  nodeVersion: LintInput['nodeVersion'],
): readonly LintFinding[] {
  const { enableScriptContext, requiresUsername, importMode } = project.connection;
  return linter.lint({
    slot,
    text,
    withContext: enableScriptContext,
    requiresUsername,
    importMode,
    nodeVersion,
    configurationNames: project.configurationNames ?? Object.keys(project.configuration),
  });
}

function copies(findings: readonly LintFinding[]): LintReply['findings'] {
  return findings.map(({ diagnostic: found, source }) => ({ diagnostic: { ...found }, source }));
}

function textOf(project: Project, slot: Slot): string {
  const script = project.scripts.get(slot);
  if (script !== undefined) return script.text;
  throw new Fault('project-invalid', `the connection has no ${slot} script`, {
    where: `database-connections/${project.settings.connection}`,
    help: 'Add the script and its entry in customScripts of database.json.',
  });
}

/** Rules and Hooks are read for what replaces them: no tenant runs them any more. */
function oldCode({ linter }: Ports, { pipeline }: Project): readonly LintFinding[] {
  if (pipeline === undefined) return [];
  const rules = pipeline.rules.map(({ path, text }) => ({ kind: 'rule', path, text }) as const);
  const hooks = [...pipeline.hooks.values()].map(({ point, path, text }) => ({ kind: point, path, text }));
  return [...rules, ...hooks].flatMap((code) => linter.oldCode(code));
}

/** Only all scripts together show what none of them reads. */
function unusedConfiguration(ports: Ports, project: Project): readonly LintFinding[] {
  if (project.scripts.size === 0) return [];
  const texts = [...project.scripts.values()].map(({ text }) => text);
  const names = project.configurationNames ?? Object.keys(project.configuration);
  return ports.linter.unusedConfiguration(texts, names).map((name) => ({
    diagnostic: diagnostic('lint.configuration-unused', `No script reads configuration.${name}.`, {
      place: { kind: 'setting', name: `configuration.${name}` },
    }),
    source: null,
  }));
}
