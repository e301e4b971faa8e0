import type { PlanResult } from '#contract/plan.ts';
import { catalogEntry } from '#domain/diagnostics/catalog.ts';
import { NEEDS } from '#domain/plan/fates.ts';
import type { Source } from '#domain/plan/source.ts';
import { figure, remaining, sum } from '#engine/plan/figures.ts';
import type { Forecasts } from '#engine/plan/forecasts.ts';
import type { Needs } from '#engine/plan/orders-part.ts';
import type { PeopleRead } from '#engine/plan/read-people.ts';

/** Who has to reset the password and who is left behind when lazy logins come first, and why. */
export function resetsPart(
  read: PeopleRead,
  needs: Needs,
  lazyEnd: string,
  listed: boolean,
  from: readonly Source[],
): PlanResult['resets'] {
  return {
    users: sum([needs.reset, needs.resetUnlessLogin]),
    leftBehind: sum([needs.left, needs.leftUnlessLogin]),
    campaignEnd: lazyEnd,
    needs: NEEDS.map((need) => ({ need, users: read.matrix.need(need) })),
    causes: [...read.causes.values()]
      .sort((a, b) => b.users - a.users || (a.code < b.code ? -1 : 1))
      .map(({ need, code, hashFormat, users }) => {
        const entry = catalogEntry(code);
        return {
          need,
          code,
          title: entry?.title ?? code,
          fix: entry?.fix ?? '',
          hashFormat,
          users: figure(users, ...from),
        };
      }),
    listed: listed ? read.listed : null,
  };
}

/** What the day of the cutover means for whom. */
export function cutoverPart(
  { users }: PeopleRead,
  needs: Needs,
  used: Forecasts['used'],
  dates: Pick<PlanResult['schedule'], 'lazyEnd' | 'importEnd' | 'cutover'>,
  from: readonly Source[],
): PlanResult['cutover'] {
  const notCome = remaining(users, used?.atEnd ?? null, from);
  const notComeEver = remaining(users, used?.atCutover ?? used?.atEnd ?? null, from);
  const { lazyEnd, cutover } = dates;
  return [
    {
      what: `have not logged in by ${lazyEnd}, and are imported then.`,
      users: notCome,
    },
    {
      what: `would be turned away on ${cutover} if there were no import: their logins fail, and no reset mail reaches them.`,
      users: notComeEver,
    },
    {
      what: 'are imported without a password: they can ask for a reset mail at any time, before the cutover and after it.',
      users: sum([needs.reset, needs.resetUnlessLogin]),
    },
    {
      what: `are neither imported nor come by a login: from ${cutover} on the tenant does not know them.`,
      users: sum([needs.left, needs.leftUnlessLogin]),
    },
    {
      what: '"Import Users to Auth0" and the custom database switch stay on; only login and get_user become no-ops.',
      users: null,
    },
  ];
}
