import type { z } from 'zod';
import type { pipeline as contract, PipelineRun } from '#contract/pipeline.ts';
import { type Assumptions, resolveAssumptions } from '#domain/assumptions.ts';
import type { PipelineUser } from '#domain/pipeline/pipeline-user.ts';
import { profileFromLegacyUser } from '#domain/profile/normalized-profile.ts';
import { storedProfile } from '#domain/profile/stored-profile.ts';
import { Fault } from '#engine/fault.ts';
import { findRow } from '#engine/flows/find-row.ts';
import { pipelineHost, surroundingsOf } from '#engine/pipeline/pipeline-host.ts';
import { pipelineView } from '#engine/pipeline/pipeline-view.ts';
import { fire, passOf } from '#engine/pipeline/transaction.ts';
import type { LegacyAccess } from '#engine/ports/legacy-access.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';

export type RunTriggerRequest = z.output<NonNullable<(typeof contract.run)['~orpc']['inputSchema']>>;

/**
 * Runs one trigger by itself, for a legacy user as the store would know them, or for a client. Faults:
 * `input-invalid`, `project-invalid`.
 */
export async function runOneTrigger(ports: Ports, request: RunTriggerRequest): Promise<PipelineRun> {
  const project = await ports.projects.open(request.project);
  const { trigger, mode } = request;
  if (project.pipeline === undefined) {
    throw new Fault('input-invalid', 'the project has no Actions, Rules or Hooks', {
      help: 'Put the folders that the deploy tool exports beside database-connections.',
    });
  }
  const { assumptions } = resolveAssumptions(project.settings.assumptions);
  const legacy = await ports.openLegacy(project, { forScripts: true });
  try {
    const user =
      trigger === 'credentials-exchange' ? null : await userOf(ports, project, legacy, request, assumptions);
    const runner = await ports.createScriptRunner({
      workers: 1,
      keepWorkers: true,
      egress: [
        ...legacy.egress,
        ...project.settings.egress.map((rule) => ({ ...rule, because: 'egress in userferry.json' })),
      ],
    });
    try {
      const { timeLimitMs, roles } = request;
      const host = pipelineHost(project, ports.identity, { mode, runner, assumptions, timeLimitMs, roles })!;
      const around = surroundingsOf(host.connection, ports.clock.now(), {
        returns: request.returns,
        body: request.body,
        ...(request.scopes === undefined ? {} : { scopes: request.scopes }),
        ...(request.audience === undefined ? {} : { audience: request.audience }),
        ...(request.protocol === undefined ? {} : { protocol: request.protocol }),
        ...(request.prompt === undefined ? {} : { prompt: request.prompt }),
      });
      const fired = await fire(host, trigger, 'asked for', around, user);
      return pipelineView(passOf(host, around, [fired], user), []);
    } finally {
      await runner.close();
    }
  } finally {
    await legacy.close();
  }
}

async function userOf(
  ports: Ports,
  project: Project,
  legacy: LegacyAccess,
  { identifier, trigger }: RunTriggerRequest,
  assumptions: Assumptions,
): Promise<PipelineUser> {
  if (identifier === undefined) {
    throw new Fault('input-invalid', `${trigger} is about a user`, {
      help: 'Name one by e-mail address or username (--identifier).',
    });
  }
  const nowMs = ports.clock.now();
  const row = await findRow(project, legacy.store, identifier, nowMs);
  if (row?.user == null) {
    throw new Fault('input-invalid', `the users query gives nobody called ${identifier}`, {
      help: 'Name a legacy user by e-mail address or username.',
    });
  }
  const profile = storedProfile(profileFromLegacyUser(row.user), project.connection.importMode, assumptions);
  const logins = assumptions['logins-count-at-first-login'] === '0' ? 0 : 1;
  const passwordResetMs = trigger === 'post-change-password' ? nowMs : null;
  return {
    profile,
    other: {},
    connection: project.settings.connection,
    logins,
    createdMs: nowMs,
    passwordResetMs,
  };
}
