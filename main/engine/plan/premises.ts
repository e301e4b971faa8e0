import type { PlanResult } from '#contract/plan.ts';

/** What a plan takes for granted beyond the switches of a trial. Names are those that figures refer to. */
export const PREMISES: PlanResult['premises'] = [
  {
    name: 'the-next-days-like-the-last',
    text: 'People log in during the lazy phase as they did before it. A campaign that asks them to can only raise the numbers.',
  },
  {
    name: 'starts-today',
    text: 'The lazy phase starts today where no start is given.',
  },
  {
    name: 'lazy-phase-of-90-days',
    text: 'The lazy phase takes 90 days where neither days nor a cutover are given.',
  },
  {
    name: 'three-requests-a-file',
    text: 'Each import file takes three requests: one creates the job, one sees it end, one fetches its errors. Waiting for jobs by asking more often takes more.',
  },
  {
    name: 'first-day-runs-every-script',
    text: 'On the first day every login of the busiest hour runs the login script. Later days run fewer: whoever has migrated is not looked up again.',
  },
  {
    name: 'scripts-as-fast-as-rehearsed',
    text: 'Scripts take as long in the tenant as in the trial. The way from the tenant to the legacy database comes on top.',
  },
];
