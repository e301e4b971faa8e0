import { daysSinceLogin } from '#domain/projections/cohorts.ts';
import type { PhaseContext } from '#engine/trials/phase-context.ts';
import type { PreparedUser } from '#engine/trials/prepare-user.ts';

/** Why a user takes no part in the lazy phase, as a catalog code; null where the user does. */
export function leftOut(context: PhaseContext, { user }: PreparedUser): string | null {
  if (user === null || context.options.kind !== 'mixed') return null;
  const days = daysSinceLogin(user.lastLogin, context.createdAtMs);
  return days !== null && days <= context.options.lazyDays ? null : 'trial.outside-lazy-window';
}
