import { type Difference, compareRuns } from '#domain/pipeline/compare-runs.ts';
import { type PipelineUser, ruleUser } from '#domain/pipeline/pipeline-user.ts';
import type { Surroundings } from '#domain/pipeline/surroundings.ts';
import { sameJson } from '#domain/profile/compare-profiles.ts';
import type { PipelineHost } from '#engine/pipeline/pipeline-host.ts';
import { comparedOf, fire, passOf, type PipelinePass, seenUser } from '#engine/pipeline/transaction.ts';

/** Rules and post-login Actions for one login. */
export async function loginPass(
  host: PipelineHost,
  around: Surroundings,
  user: PipelineUser,
  because: string,
): Promise<PipelinePass> {
  return passOf(host, around, [await fire(host, 'post-login', because, around, user)], user);
}

export interface BothPasses {
  readonly after: PipelinePass;
  readonly differences: readonly Difference[];
}

/** The same person as they are with import off and as they are after the migration. */
export async function compareLogins(
  host: PipelineHost,
  around: Surroundings,
  legacy: PipelineUser,
  migrated: PipelineUser,
  because: string,
): Promise<BothPasses> {
  const after = await loginPass(host, around, migrated, because);
  return { after, differences: await differencesToLegacy(host, around, legacy, after) };
}

/** Runs the steps a second time only for somebody whom they would see as another. */
export async function differencesToLegacy(
  host: PipelineHost,
  around: Surroundings,
  legacy: PipelineUser,
  after: PipelinePass,
): Promise<readonly Difference[]> {
  const migrated = after.user;
  const alike =
    migrated !== null &&
    sameJson(seenUser(host, legacy), seenUser(host, migrated)) &&
    (host.mode === 'actions' || sameJson(ruleUser(legacy), ruleUser(migrated)));
  if (alike) return compareRuns(comparedOf(after), comparedOf(after));
  const before = await loginPass(host, around, legacy, 'as with import off');
  return compareRuns(comparedOf(before), comparedOf(after));
}
