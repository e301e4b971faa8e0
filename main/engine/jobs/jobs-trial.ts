import type { TrialRecord } from '#contract/trial-record.ts';
import { trialRequestSchema } from '#contract/trials.ts';
import { resolveAssumptions } from '#domain/assumptions.ts';
import { Fault } from '#engine/fault.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import { inputChecksums, optionsOf } from '#engine/trials/new-record.ts';

/** The trial that jobs go into: a finished one, or a new one that nothing has been rehearsed in. */
export async function trialForJobs(
  ports: Ports,
  project: Project,
  trial: string | undefined,
): Promise<TrialRecord> {
  if (trial === undefined) {
    const record = emptyTrial(ports, project);
    await ports.trialFolders.create(project.folder, record);
    return record;
  }
  const record = await ports.trialFolders.readRecord(project.folder, trial);
  if (record.status === 'finished') return record;
  throw new Fault(
    'input-invalid',
    `trial ${trial} is not finished, and jobs in between would mix two rehearsals`,
    {
      help: 'Resume it to its end first, or leave the trial out to have a new one made for these files.',
    },
  );
}

/** A bulk trial without a phase: its jobs come from files, and no legacy user is read for it. */
function emptyTrial(ports: Ports, project: Project): TrialRecord {
  const nowMs = ports.clock.now();
  const now = new Date(nowMs).toISOString();
  return {
    version: 1,
    id: ports.identity.trialId(nowMs),
    project: project.settings.name,
    status: 'finished',
    options: optionsOf(trialRequestSchema.parse({ project: project.folder, kind: 'bulk' })),
    createdAt: now,
    updatedAt: now,
    inputs: {
      ...inputChecksums(ports, project),
      legacyEngine: project.settings.legacy.engine,
      legacyVersion: 'not opened',
      legacyReadOnly: 'not opened',
      legacyRows: 0,
    },
    versions: { ...ports.versions },
    assumptions: { ...resolveAssumptions(project.settings.assumptions).assumptions },
    phases: [],
    fault: null,
  };
}
