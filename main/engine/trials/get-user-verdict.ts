import type { UserFinding } from '#domain/migration/outcome.ts';
import { profileRules } from '#domain/migration/flow.ts';
import { compareProfiles, mappedAttributes } from '#domain/profile/compare-profiles.ts';
import type { LegacyUser } from '#domain/profile/legacy-user.ts';
import { type NormalizedProfile, profileFromLegacyUser } from '#domain/profile/normalized-profile.ts';
import { profileFromScript } from '#domain/profile/profile-from-script.ts';
import { validateProfile } from '#domain/profile/validate-profile.ts';
import type { ScriptRun } from '#engine/ports/script-runner.ts';
import { flowOptions } from '#engine/trials/flow-options.ts';
import type { Cause } from '#engine/trials/outcomes.ts';
import type { LazyContext } from '#engine/trials/phase-context.ts';
import { runFailure, scriptFindings } from '#engine/trials/script-findings.ts';

export interface GetUserVerdict {
  readonly cause: Cause | null;
  readonly findings: readonly UserFinding[];
  /** The id that get_user gives this person; null where it gave none. */
  readonly userId: string | null;
}

/** Whether get_user finds the person, gives a profile the store takes, and agrees with the legacy row. */
export function getUserVerdict(context: LazyContext, user: LegacyUser, run: ScriptRun): GetUserVerdict {
  const noticed = scriptFindings('get_user', run);
  const failure = runFailure('get_user', run);
  if (failure !== null) return { cause: failure, findings: noticed, userId: null };
  if (run.value === null) {
    const cause = { status: 'failed', code: 'trial.get-user-finds-nobody', detail: 'get_user' } as const;
    return { cause, findings: noticed, userId: null };
  }
  const read = profileFromScript(run.value, context.assumptions);
  if (read.profile === null) {
    const cause = { status: 'failed', code: 'profile.not-an-object', detail: 'get_user' } as const;
    return { cause, findings: [...noticed, ...read.findings], userId: null };
  }
  const rules = profileRules(flowOptions(context.project), context.assumptions);
  const { findings: broken, refusal } = validateProfile(read.profile, rules);
  return {
    cause: refusal === null ? null : { status: 'failed', code: refusal, detail: 'get_user' },
    findings: [...noticed, ...read.findings, ...broken, ...rowDifferences(context, user, read.profile)],
    userId: read.profile.userId,
  };
}

/** Scripts may build ids of their own from the row's; what else the row and the profile disagree on is told. */
function rowDifferences(
  context: LazyContext,
  user: LegacyUser,
  profile: NormalizedProfile,
): readonly UserFinding[] {
  const row = profileFromLegacyUser(user);
  const { findings } = compareProfiles(
    {
      name: 'the row',
      profile: { ...row, userId: profile.userId },
      knows: mappedAttributes(context.project.settings.fields),
    },
    { name: 'get_user', profile },
  );
  return findings;
}
