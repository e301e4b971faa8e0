import { finding, type UserFinding } from '#domain/diagnostics/user-finding.ts';
import { catalogEntry } from '#domain/diagnostics/catalog.ts';
import type { Account } from '#domain/migration/account.ts';
import { firing } from '#domain/pipeline/flow-triggers.ts';
import { type PipelineUser, userOfAccount } from '#domain/pipeline/pipeline-user.ts';
import type { Surroundings } from '#domain/pipeline/surroundings.ts';
import { pipelineFindings } from '#domain/pipeline/trial-findings.ts';
import type { NormalizedProfile } from '#domain/profile/normalized-profile.ts';
import { profileFromScript } from '#domain/profile/profile-from-script.ts';
import { storedProfile } from '#domain/profile/stored-profile.ts';
import { fire } from '#engine/pipeline/transaction.ts';
import { compareLogins } from '#engine/pipeline/login-passes.ts';
import { type PipelineHost, surroundingsOf } from '#engine/pipeline/pipeline-host.ts';
import { mapInFlight } from '#engine/trials/in-flight.ts';
import type { LazyRuns } from '#engine/trials/lazy-runs.ts';
import type { Cause } from '#engine/trials/outcomes.ts';
import type { LazyContext } from '#engine/trials/phase-context.ts';
import type { PreparedUser } from '#engine/trials/prepare-user.ts';

/**
 * What Actions and Rules do at the login of each user of a batch, by index; null where no login gets that far. The
 * login after the migration is compared with the one of today, with import off.
 */
export async function runPipelines(
  context: LazyContext,
  users: readonly PreparedUser[],
  runs: readonly (LazyRuns | null)[],
): Promise<readonly (readonly UserFinding[] | null)[]> {
  const { pipeline } = context;
  if (pipeline === null) return [];
  return mapInFlight(users, context.runner.concurrency, async (_prepared, index) => {
    const found = runs[index] ?? null;
    return found === null || context.signal.aborted ? null : findingsOf(context, pipeline, found);
  });
}

async function findingsOf(
  context: LazyContext,
  host: PipelineHost,
  runs: LazyRuns,
): Promise<readonly UserFinding[] | null> {
  const { assumptions, createdAtMs } = context;
  // Without a login run the profile of get_user stands for the one that login would return.
  const answer = runs.login ?? runs.getUser;
  if (answer.ending !== 'called-back' || answer.value === null) return null;
  const read = profileFromScript(answer.value, assumptions).profile;
  if (read?.userId == null) return null;
  const known = {
    connection: host.connection,
    logins: assumptions['logins-count-at-first-login'] === '0' ? 0 : 1,
    createdMs: createdAtMs,
    passwordResetMs: null,
  };
  const legacy: PipelineUser = {
    profile: storedProfile(read, false, assumptions),
    other: read.other,
    ...known,
  };
  const account = accountBefore(context, read);
  const migrated =
    account === null
      ? {
          profile: storedProfile(read, context.project.connection.importMode, assumptions),
          other: {},
          ...known,
        }
      : userOfAccount(account, known);
  const around = surroundingsOf(host.connection, createdAtMs);
  const refused = account === null ? await refusedAtRegistration(host, around, migrated) : [];
  if (refused.length > 0) return refused;
  const { after, differences } = await compareLogins(host, around, legacy, migrated, 'first login');
  return pipelineFindings(differences, after.notices);
}

/** Where the assumption says so, the registration Actions run for whom a login migrates, and can refuse them. */
async function refusedAtRegistration(
  host: PipelineHost,
  around: Surroundings,
  user: PipelineUser,
): Promise<readonly UserFinding[]> {
  const flow = 'login that migrates';
  if (!firing(flow, 'pre-user-registration', host.assumptions).runs) return [];
  const newcomer = { ...user, profile: { ...user.profile, userId: null } };
  const { run } = await fire(host, 'pre-user-registration', flow, around, newcomer);
  const { denied, notices } = run.effects;
  if (denied !== null)
    return [finding('pipeline.registration-denied', denied.by), ...pipelineFindings([], notices)];
  if (run.failed !== null) return [finding('pipeline.registration-denied', run.failed.detail)];
  await fire(host, 'post-user-registration', flow, around, user);
  return [];
}

/** Somebody whom an earlier phase has imported logs in as the store knows them, not as the script does. */
function accountBefore(context: LazyContext, { userId }: NormalizedProfile): Account | null {
  if (!context.afterOtherPhase || userId === null) return null;
  return context.replica.byUserId(userId);
}

/** A finding that stops the login, as the reason of an outcome. */
export function pipelineCause(findings: readonly UserFinding[]): Cause | null {
  const found = findings.find(({ code }) => catalogEntry(code)?.severity === 'error');
  if (found === undefined) return null;
  const { code, detail, line } = found;
  return { status: 'failed', code, detail, ...(line === undefined ? {} : { line }) };
}
