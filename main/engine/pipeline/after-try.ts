import type { PipelineRun } from '#contract/pipeline.ts';
import { resolveAssumptions } from '#domain/assumptions.ts';
import type { Json } from '#domain/json.ts';
import type { PipelineMode } from '#domain/pipeline/pipeline.ts';
import { profileFromScript } from '#domain/profile/profile-from-script.ts';
import { storedProfile } from '#domain/profile/stored-profile.ts';
import { compareLogins } from '#engine/pipeline/login-passes.ts';
import { pipelineHost, surroundingsOf } from '#engine/pipeline/pipeline-host.ts';
import { pipelineView } from '#engine/pipeline/pipeline-view.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { Project } from '#engine/ports/project-store.ts';
import type { ScriptRunner } from '#engine/ports/script-runner.ts';

/** The first login that would follow this answer of `login`, compared with one under import off; null for no profile. */
export async function pipelineAfterTry(
  ports: Ports,
  project: Project,
  runner: ScriptRunner,
  mode: PipelineMode,
  answer: Json,
): Promise<PipelineRun | null> {
  const { assumptions } = resolveAssumptions(project.settings.assumptions);
  const host = pipelineHost(project, ports.identity, { mode, runner, assumptions });
  const read = profileFromScript(answer, assumptions).profile;
  if (host === null || read === null) return null;
  const nowMs = ports.clock.now();
  const known = {
    connection: host.connection,
    logins: assumptions['logins-count-at-first-login'] === '0' ? 0 : 1,
    createdMs: nowMs,
    passwordResetMs: null,
  };
  const { importMode } = project.connection;
  const legacy = { profile: storedProfile(read, false, assumptions), other: read.other, ...known };
  const user = importMode ? { profile: storedProfile(read, true, assumptions), other: {}, ...known } : legacy;
  const because = importMode ? 'login that migrates' : 'login, import off';
  const { after, differences } = await compareLogins(
    host,
    surroundingsOf(host.connection, nowMs),
    legacy,
    user,
    because,
  );
  return pipelineView(after, differences);
}
