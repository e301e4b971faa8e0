import type { PlanEstimate, PlanForecast, PlanResult } from '#contract/plan.ts';
import { count, percent, users } from '#reporters/numbers.ts';

type Source = PlanEstimate['from'][number];
type Need = PlanResult['resets']['needs'][number]['need'];

export const ORDER_TITLES = {
  'lazy-first': 'Lazy logins first, then a bulk import of the rest',
  'bulk-first': 'Bulk import of everybody first',
} as const satisfies Record<PlanResult['orders'][number]['order'], string>;

export const NEED_TITLES = {
  nothing: 'come over with their password',
  'reset-unless-login': 'reset, unless they log in before the import',
  reset: 'reset in any case',
  'left-unless-login': 'left behind, unless they log in before the cutover',
  left: 'left behind in any case',
} as const satisfies Record<Need, string>;

export const BY_TITLES = {
  'last-login': 'from the last logins',
  'access-log': 'from the access log',
} as const satisfies Record<PlanForecast['by'], string>;

export const DURATION_TITLES = {
  mean: 'as in the trial, on average',
  slow: 'as the slowest twentieth in the trial',
  limit: 'every run stopped at the limit',
} as const satisfies Record<NonNullable<PlanResult['peak']>['durations'][number]['kind'], string>;

/** "1,665 (1,630 to 1,701)"; "17" where there is nothing to guess; "0 to 80" where there is nothing else. */
export function estimateText({ expected, lower, upper }: Omit<PlanEstimate, 'from'>): string {
  if (expected === null) return lower === upper ? count(lower) : `${count(lower)} to ${count(upper)}`;
  return lower === upper ? count(expected) : `${count(expected)} (${count(lower)} to ${count(upper)})`;
}

/** "trial 2026…; assumption import-rate=enterprise". */
export function sourceText(from: readonly Source[]): string {
  return [...new Set(from.map(oneSource))].join('; ');
}

function oneSource(source: Source): string {
  switch (source.kind) {
    case 'trial':
      return `trial ${source.trial}`;
    case 'measured':
      return `measured on ${count(source.count)} ${source.what}`;
    case 'documented':
      return `documented: ${source.what}`;
    case 'assumption':
      return `assumption ${source.name}`;
    case 'forecast':
      return `forecast ${BY_TITLES[source.by]}`;
    case 'request':
      return `asked for: ${source.option}`;
    default:
      return source satisfies never;
  }
}

export function usedForecast({ forecasts }: PlanResult): Extract<PlanForecast, { kind: 'made' }> | null {
  const used = forecasts.used === 'access-log' ? forecasts.accessLog : forecasts.lastLogin;
  return forecasts.used !== null && used?.kind === 'made' ? used : null;
}

/** The answer in a few sentences: what a manager reads and nothing else. */
export function planHeadline(plan: PlanResult): readonly string[] {
  const { legacy, schedule, resets } = plan;
  if (legacy.users === 0) return ['The legacy store has no users.'];
  const forecast = usedForecast(plan);
  const order = plan.orders.find(({ recommended }) => recommended);
  return [
    forecast === null
      ? 'How many users log in without being asked cannot be foreseen from these data.'
      : `About ${count(forecast.atEnd.expected ?? 0)} of ${users(legacy.users)} (${percent(forecast.atEnd.expected ?? 0, legacy.users)}) log in without being asked within ${count(schedule.days)} days, between ${count(forecast.atEnd.lower)} and ${count(forecast.atEnd.upper)}.`,
    ...(order === undefined ? [] : [`${ORDER_TITLES[order.order]}.`]),
    `${estimateText(resets.users)} have to reset their password; ${estimateText(resets.leftBehind)} are left behind.`,
  ];
}

/** "54.2 % " of a whole; the interval in percent as well. */
export function shareText({ expected, lower, upper }: Omit<PlanEstimate, 'from'>, whole: number): string {
  return expected === null
    ? `${percent(lower, whole)} to ${percent(upper, whole)}`
    : `${percent(expected, whole)} (${percent(lower, whole)} to ${percent(upper, whole)})`;
}
