import type { PlanEstimate, PlanForecast, PlanResult } from '#contract/plan.ts';

type Counted = Pick<
  PlanResult,
  'legacy' | 'import' | 'fates' | 'resets' | 'accessLog' | 'forecasts' | 'orders'
>;

/** Throws when the totals of a plan do not add up: a number that is wrong must never be printed. */
export function assertPlanBalanced(plan: Counted): void {
  const { legacy, fates, resets, accessLog } = plan;
  const add = (of: readonly { readonly users: number }[]) => of.reduce((sum, { users }) => sum + users, 0);
  const needing = (names: readonly string[]) => add(resets.needs.filter(({ need }) => names.includes(need)));
  const inNeed = resets.needs.filter(({ need }) => need !== 'nothing');
  same('legacy rows', legacy.rows, legacy.users + legacy.unreadable + legacy.withoutId);
  same('legacy users by fate', legacy.users, add(fates));
  same('legacy users by need', legacy.users, add(resets.needs));
  same('records', legacy.users, plan.import.records.value + plan.import.keptOut.value);
  same('users without a password', needing(['reset', 'reset-unless-login']), fatesOf(fates, 'no-password'));
  same('refused users', needing(['left', 'left-unless-login']), fatesOf(fates, 'refused'));
  for (const { need, users } of inNeed) {
    const causes = resets.causes.filter((cause) => cause.need === need);
    same(
      `users under "${need}"`,
      users,
      causes.reduce((sum, cause) => sum + cause.users.value, 0),
    );
  }
  if (resets.listed !== null) same('people of the list', add(inNeed), resets.listed);
  if (accessLog !== null) {
    const { lines, used, elsewhere, filtered, future, broken } = accessLog;
    same('lines of the log', lines, used + elsewhere + filtered + future + broken);
  }
  for (const order of plan.orders) assertOrdered(order.harmed, legacy.users);
  for (const forecast of [plan.forecasts.lastLogin, plan.forecasts.accessLog]) assertForecast(forecast);
}

function fatesOf(fates: PlanResult['fates'], bulk: PlanResult['fates'][number]['bulk']): number {
  return fates.reduce((sum, one) => sum + (one.bulk === bulk ? one.users : 0), 0);
}

function same(what: string, left: number, right: number): void {
  if (left !== right)
    throw new Error(`totals of the plan do not balance: ${left} ${what}, ${right} by parts`);
}

function assertOrdered({ expected, lower, upper }: PlanEstimate, most: number): void {
  const middle = expected ?? lower;
  if (lower <= middle && middle <= upper && upper <= most) return;
  throw new Error(`an estimate of the plan is out of order: ${lower}, ${expected}, ${upper} of ${most}`);
}

function assertForecast(forecast: PlanForecast | null): void {
  if (forecast?.kind !== 'made') return;
  // A sample stands for a few users more or less than there are.
  const most = forecast.data.users;
  let before = 0;
  for (const point of forecast.curve) {
    assertOrdered({ ...point, from: [] }, most);
    if (point.expected < before) throw new Error(`the curve of the plan falls on day ${point.day}`);
    before = point.expected;
  }
  for (const test of forecast.backTests) {
    const inside = test.actual >= test.lower && test.actual <= test.upper;
    if (inside !== test.inside)
      throw new Error(`a back-test of the plan contradicts itself: ${test.fromDate}`);
  }
  const inside = forecast.backTests.filter((test) => test.inside).length;
  same('back-tests inside', forecast.insideOf.inside, inside);
  same('back-tests', forecast.insideOf.all, forecast.backTests.length);
}
