import type { Trace, TraceRequest } from '#contract/traces.ts';
import type { TrialRecord } from '#contract/trial-record.ts';
import { resolveAssumptions } from '#domain/assumptions.ts';
import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import { accountSteps } from '#engine/traces/account-steps.ts';
import { findSubject } from '#engine/traces/find-subject.ts';
import { legacySteps } from '#engine/traces/legacy-steps.ts';
import { nextLoginStep } from '#engine/traces/next-login.ts';
import { phaseSteps } from '#engine/traces/phase-steps.ts';
import { runAgain } from '#engine/traces/run-again.ts';
import { personalAs } from '#engine/traces/step.ts';
import type { Subject, TraceContext } from '#engine/traces/subject.ts';
import { inputChecksums } from '#engine/trials/new-record.ts';

/** One person's way from the legacy row through a trial to the next login. */
export async function tracePerson(ports: Ports, request: TraceRequest): Promise<Trace> {
  const project = await ports.projects.open(request.project);
  const record = await recordOf(ports, project, request.trial);
  const replica =
    record === null
      ? null
      : ports.replicas.openReadOnly(ports.trialFolders.replicaPath(project.folder, record.id));
  try {
    const context: TraceContext = {
      ports,
      request,
      project,
      assumptions: resolveAssumptions(record?.assumptions ?? project.settings.assumptions).assumptions,
      record,
      replica,
      personal: personalAs(request.personalData),
    };
    const { subject, matches, diagnostics } = await findSubject(context);
    return {
      trial: record?.id ?? null,
      key: subject === null ? null : [...subject.key],
      legacyId: subject?.legacyId ?? null,
      position: subject?.outcomes[0]?.position ?? null,
      matches,
      diagnostics: structuredClone([...diagnostics, ...changedInputs(context)]),
      steps: subject === null ? [] : await stepsOf(context, subject),
      personalData: request.personalData ? 'shown' : 'masked',
    };
  } finally {
    replica?.close();
  }
}

/** The trial that was named, else the newest; null where the project has none. */
async function recordOf(
  ports: Ports,
  { folder }: Project,
  trial: string | undefined,
): Promise<TrialRecord | null> {
  if (trial !== undefined) return ports.trialFolders.readRecord(folder, trial);
  const newest = (await ports.trialFolders.list(folder)).find((one) => one.kind === 'trial');
  return newest?.record ?? null;
}

async function stepsOf(context: TraceContext, subject: Subject): Promise<Trace['steps']> {
  const { replica, personal, request } = context;
  const { outcomes } = subject;
  return [
    ...legacySteps(context, subject),
    ...(replica === null ? [] : outcomes.flatMap((outcome) => phaseSteps(replica, outcome))),
    ...(replica === null ? [] : accountSteps(replica, subject, personal)),
    nextLoginStep(context, subject),
    ...(request.runScripts ? await runAgain(context, subject) : []),
  ];
}

function changedInputs({ ports, project, record }: TraceContext): Diagnostic[] {
  if (record === null) return [];
  const now = inputChecksums(ports, project);
  const slots = [...new Set([...Object.keys(now.scripts), ...Object.keys(record.inputs.scripts)])];
  const changed = [
    ...slots.filter((slot) => now.scripts[slot] !== record.inputs.scripts[slot]),
    ...(now.settings === record.inputs.settings ? [] : ['settings']),
  ];
  if (changed.length === 0) return [];
  return [diagnostic('trace.scripts-changed', `changed since trial ${record.id}: ${changed.join(', ')}`)];
}
