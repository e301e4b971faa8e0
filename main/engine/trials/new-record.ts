import type { PhaseRecord, TrialOptions, TrialRecord } from '#contract/trial-record.ts';
import type { trialRequestSchema } from '#contract/trials.ts';
import type { Assumptions } from '#domain/assumptions.ts';
import { Fault } from '#engine/fault.ts';
import type { LegacyStore } from '#engine/ports/legacy-store.ts';
import { pipelineChecksum } from '#engine/pipeline/pipeline-checksum.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import type { z } from 'zod';

export type TrialRequest = z.infer<typeof trialRequestSchema>;

export function optionsOf(request: TrialRequest): TrialOptions {
  const { project: _project, ...options } = request;
  return options;
}

export function phasesOf(options: TrialOptions): readonly ('lazy' | 'bulk')[] {
  if (options.kind !== 'mixed') return [options.kind];
  return options.order === 'lazy-first' ? ['lazy', 'bulk'] : ['bulk', 'lazy'];
}

export async function newRecord(
  ports: Ports,
  project: Project,
  options: TrialOptions,
  assumptions: Assumptions,
  store: LegacyStore,
  expected: number,
): Promise<TrialRecord> {
  const nowMs = ports.clock.now();
  const now = new Date(nowMs).toISOString();
  return {
    version: 1,
    id: ports.identity.trialId(nowMs),
    project: project.settings.name,
    status: 'running',
    options,
    createdAt: now,
    updatedAt: now,
    inputs: {
      ...inputChecksums(ports, project),
      ...pipelineInput(ports, project, options),
      legacyEngine: store.engine,
      legacyVersion: await store.version(),
      legacyReadOnly: store.readOnly.enforced ? store.readOnly.how : 'not enforced by the database',
      legacyRows: await store.count(),
    },
    versions: { ...ports.versions },
    assumptions: { ...assumptions },
    phases: phasesOf(options).map((phase) => emptyPhase(phase, expected)),
    fault: null,
  };
}

function emptyPhase(phase: 'lazy' | 'bulk', expected: number): PhaseRecord {
  return { phase, expected, done: 0, ok: 0, failed: 0, skipped: 0, finished: false, seconds: 0 };
}

/** Of what decides a rehearsal besides its data: settings with the connection's options, and every script. */
export function inputChecksums(
  ports: Ports,
  project: Project,
): { settings: string; scripts: Record<string, string> } {
  return {
    settings: ports.identity.checksum(JSON.stringify([project.settings, project.connection])),
    scripts: Object.fromEntries([...project.scripts].map(([slot, script]) => [slot, script.checksum])),
  };
}

function pipelineInput(
  { identity }: Ports,
  { pipeline }: Project,
  options: TrialOptions,
): { readonly pipeline?: string } {
  const mode = options.pipeline ?? 'off';
  if (mode === 'off' || pipeline === undefined) return {};
  return { pipeline: pipelineChecksum(pipeline, mode, identity) };
}

/** A resumed trial must mean the same as one that ran through: with other inputs it would be two halves. */
export function assertSameInputs(ports: Ports, project: Project, record: TrialRecord): void {
  const now = inputChecksums(ports, project);
  const changed = [
    ...(now.settings === record.inputs.settings ? [] : ['userferry.json or database.json']),
    ...[...new Set([...Object.keys(now.scripts), ...Object.keys(record.inputs.scripts)])]
      .filter((slot) => now.scripts[slot] !== record.inputs.scripts[slot])
      .map((slot) => `the ${slot} script`),
    ...(pipelineInput(ports, project, record.options).pipeline === record.inputs.pipeline
      ? []
      : ['the Actions, Rules or Hooks']),
  ];
  if (changed.length === 0) return;
  throw new Fault(
    'trial-changed',
    `trial ${record.id} cannot go on: ${changed.join(', ')} changed since it began`,
    {
      help: 'Put the old text back to resume, or start a new trial and compare the two.',
    },
  );
}
