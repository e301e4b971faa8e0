import type { TrialRecord } from '#contract/trial-record.ts';
import { Fault } from '#engine/fault.ts';
import type { LegacyAccess } from '#engine/ports/legacy-access.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import type { Replica } from '#engine/ports/replica.ts';
import type { ScriptRunner } from '#engine/ports/script-runner.ts';

/** What a running trial holds open. `close` gives everything back, in the reverse order, whatever fails. */
export interface OpenTrial {
  readonly legacy: LegacyAccess;
  readonly replica: Replica;
  /** Null where the kind of the trial runs no script. */
  readonly runner: ScriptRunner | null;
  close(): Promise<void>;
}

export async function openTrial(ports: Ports, project: Project, record: TrialRecord): Promise<OpenTrial> {
  const closers: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.toReversed()) await closer();
  };
  try {
    const lock = await ports.lockProject(project.folder);
    closers.push(() => lock.release());
    const runsScripts = record.options.kind !== 'bulk';
    const { where } = record.options.filter;
    const legacy = await ports.openLegacy(project, {
      forScripts: runsScripts,
      ...(where === undefined ? {} : { where }),
    });
    closers.push(() => legacy.close());
    const replica = ports.replicas.open(ports.trialFolders.replicaPath(project.folder, record.id));
    closers.push(() => replica.close());
    const runner = runsScripts ? await startRunner(ports, project, legacy, record) : null;
    if (runner !== null) closers.push(() => runner.close());
    return { legacy, replica, runner, close };
  } catch (trouble) {
    await close();
    throw trouble;
  }
}

async function startRunner(
  ports: Ports,
  project: Project,
  legacy: LegacyAccess,
  record: TrialRecord,
): Promise<ScriptRunner> {
  for (const slot of ['login', 'get_user'] as const) {
    if (!project.scripts.has(slot)) {
      throw new Fault(
        'project-invalid',
        `a lazy migration needs the ${slot} script, and the connection has none`,
        {
          where: `database-connections/${project.settings.connection}`,
          help: 'Add the script and its entry in customScripts of database.json; "userferry check" lists what is missing.',
        },
      );
    }
  }
  return ports.createScriptRunner({
    workers: record.options.workers ?? ports.defaultWorkers,
    egress: [
      ...legacy.egress,
      ...project.settings.egress.map((rule) => ({ ...rule, because: 'egress in userferry.json' })),
    ],
  });
}
