import type { UsedTrial } from '#contract/plan.ts';
import type { TrialRecord } from '#contract/trial-record.ts';
import { Fault } from '#engine/fault.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import type { Replica } from '#engine/ports/replica.ts';
import { inputChecksums } from '#engine/trials/new-record.ts';

/** Finished trials that a plan rests on. A mixed trial's first phase is as good as a trial of its own. */
export interface TrialEvidence {
  readonly bulk: UsedTrial | null;
  readonly lazy: UsedTrial | null;
  readonly mixed: readonly UsedTrial[];
}

/** The newest of each kind, or the newest among those named. Faults: `trial-missing`, `input-invalid`. */
export async function chooseTrials(
  ports: Ports,
  project: Project,
  named: readonly string[],
  rows: number,
): Promise<TrialEvidence> {
  const records = named.length === 0 ? await finished(ports, project) : await byName(ports, project, named);
  const used = records.map((record) => usedTrial(ports, project, record, rows));
  const first = (fits: (one: UsedTrial) => boolean): UsedTrial | null => used.find(fits) ?? null;
  const mixed = (order: UsedTrial['order']) => first((one) => one.kind === 'mixed' && one.order === order);
  return {
    bulk: first(({ kind }) => kind === 'bulk') ?? mixed('bulk-first'),
    lazy: first(({ kind }) => kind === 'lazy') ?? mixed('lazy-first'),
    mixed: [mixed('lazy-first'), mixed('bulk-first')].filter((one) => one !== null),
  };
}

async function finished({ trialFolders }: Ports, { folder }: Project): Promise<readonly TrialRecord[]> {
  const listed = await trialFolders.list(folder);
  return listed.flatMap((one) =>
    one.kind === 'trial' && one.record.status === 'finished' ? [one.record] : [],
  );
}

async function byName(
  { trialFolders }: Ports,
  { folder }: Project,
  named: readonly string[],
): Promise<readonly TrialRecord[]> {
  const records = await Promise.all(named.map((trial) => trialFolders.readRecord(folder, trial)));
  const open = records.find(({ status }) => status !== 'finished');
  if (open === undefined) return records.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  throw new Fault('input-invalid', `trial ${open.id} is not finished`, {
    help: 'Finish it with userferry trial resume, or name another one.',
  });
}

function usedTrial(ports: Ports, project: Project, record: TrialRecord, rows: number): UsedTrial {
  const now = inputChecksums(ports, project);
  const { kind, depth, order, filter } = record.options;
  const scripts = kind === 'bulk' ? [] : (['login', 'get_user'] as const);
  return {
    trial: record.id,
    kind,
    depth,
    order,
    createdAt: record.createdAt,
    users: record.phases[0]?.done ?? 0,
    outdated:
      now.settings !== record.inputs.settings ||
      scripts.some((slot) => now.scripts[slot] !== record.inputs.scripts[slot]),
    partly:
      (filter.limit ?? record.inputs.legacyRows) < record.inputs.legacyRows ||
      filter.where !== undefined ||
      filter.only !== undefined ||
      record.inputs.legacyRows !== rows,
  };
}

/** Opens the replica of a trial for as long as `work` needs it. */
export function withReplica<T>(
  ports: Ports,
  { folder }: Project,
  { trial }: UsedTrial,
  work: (replica: Replica) => T,
): T {
  const replica = ports.replicas.openReadOnly(ports.trialFolders.replicaPath(folder, trial));
  try {
    return work(replica);
  } finally {
    replica.close();
  }
}
