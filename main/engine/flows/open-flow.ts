import type { PipelineMode } from '#domain/pipeline/pipeline.ts';
import type { TrackedAssumptions } from '#domain/tracked-assumptions.ts';
import { Fault } from '#engine/fault.ts';
import { flowPasswords } from '#engine/flows/flow-passwords.ts';
import type { FlowSession } from '#engine/flows/flow-session.ts';
import { overlayAccounts } from '#engine/flows/overlay-accounts.ts';
import type { FlowRequest } from '#engine/flows/flow-request.ts';
import { findRow } from '#engine/flows/find-row.ts';
import { pipelineHost } from '#engine/pipeline/pipeline-host.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import type { Replica } from '#engine/ports/replica.ts';
import type { PreparedUser } from '#engine/trials/prepare-user.ts';

export interface OpenFlow {
  readonly session: FlowSession;
  /** Null where the story starts from an empty store. */
  readonly replica: Replica | null;
  close(): Promise<void>;
}

/** Opens what a story needs; `close` gives everything back in the reverse order. */
export async function openFlow(
  ports: Ports,
  project: Project,
  request: FlowRequest,
  tracked: TrackedAssumptions,
): Promise<OpenFlow> {
  const closers: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.toReversed()) await closer();
  };
  try {
    const replica = await openStore(ports, project, request, closers);
    const legacy = await ports.openLegacy(project, { forScripts: true });
    closers.push(() => legacy.close());
    const runner = await ports.createScriptRunner({
      workers: 1,
      egress: [
        ...legacy.egress,
        ...project.settings.egress.map((rule) => ({ ...rule, because: 'egress in userferry.json' })),
      ],
    });
    closers.push(() => runner.close());
    const legacyUser = await findRow(project, legacy.store, request.identifier, ports.clock.now());
    const known = (await ports.credentials(project)).get(request.identifier.toLowerCase());
    const digest = legacyUser?.recognised?.digest ?? null;
    const session: FlowSession = {
      ports,
      project,
      runner,
      configuration: { ...project.configuration, ...legacy.configuration },
      assumptions: tracked.assumptions,
      accounts: overlayAccounts(replica),
      passwords: flowPasswords(ports.identity, {
        typed: request.password,
        typedNew: request.newPassword,
        known,
        storedDigests: digest === null ? [] : [digest],
      }),
      identifier: request.identifier,
      newEmail: request.newEmail ?? `changed-${request.identifier.replace(/@.*$/, '')}@example.com`,
      username: request.username ?? ownUsername(project, legacyUser),
      legacyUser,
      importMode: request.importMode,
      allowLegacyWrites: request.allowLegacyWrites,
      timeLimitMs: request.timeLimitMs,
      histories: new Map(),
      happened: [],
      ownCredentials: new Set(),
      pipeline: pipelineHost(project, ports.identity, {
        mode: modeOf(project, request),
        runner,
        assumptions: tracked.assumptions,
      }),
      pipelineUnusable: request.pipeline === undefined && modeOf(project, request) === 'off',
      logins: new Map(),
      firstSeen: new Map(),
      legacyPass: null,
      userId: null,
    };
    return { session, replica, close };
  } catch (trouble) {
    await close();
    throw trouble;
  }
}

/** Files that cannot be used stop a story only if somebody asked for them. */
function modeOf({ pipeline }: Project, request: FlowRequest): PipelineMode {
  if (request.pipeline !== undefined) return request.pipeline;
  return pipeline?.problems.some(({ severity }) => severity === 'error') === true ? 'off' : 'actions';
}

async function openStore(
  ports: Ports,
  project: Project,
  { trial, keep }: FlowRequest,
  closers: (() => Promise<void> | void)[],
): Promise<Replica | null> {
  if (trial === undefined) {
    if (!keep) return null;
    throw new Fault('input-invalid', 'there is nothing to keep: the story starts from an empty user store', {
      help: 'Name the trial whose user store is to change.',
    });
  }
  const path = ports.trialFolders.replicaPath(project.folder, trial);
  const record = await ports.trialFolders.readRecord(project.folder, trial);
  if (!keep) {
    const replica = ports.replicas.openReadOnly(path);
    closers.push(() => replica.close());
    return replica;
  }
  if (record.status !== 'finished') {
    throw new Fault(
      'input-invalid',
      `trial ${trial} is not finished, and going on with it would mix two stories`,
      {
        help: 'Resume it to its end first, or leave its user store as it is.',
      },
    );
  }
  const lock = await ports.lockProject(project.folder);
  closers.push(() => lock.release());
  const replica = ports.replicas.open(path);
  closers.push(() => replica.close());
  return replica;
}

/** Who has to sign up with a username takes the own one of the legacy store, if nothing else is said. */
function ownUsername({ connection }: Project, legacyUser: PreparedUser | null): string | null {
  return connection.requiresUsername ? (legacyUser?.user?.username ?? null) : null;
}
