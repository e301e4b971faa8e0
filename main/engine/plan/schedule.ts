import type { PlanRequest, PlanResult } from '#contract/plan.ts';
import type { Assumptions } from '#domain/assumptions.ts';
import { importSchedule } from '#domain/plan/import-schedule.ts';
import { type TierName, tierOf } from '#domain/plan/tiers.ts';
import { Fault } from '#engine/fault.ts';
import { dateOf, dayOf, dayOfDate } from '#engine/plan/plan-dates.ts';

const DEFAULT_DAYS = 90;
/** Where no rate is known, and for the first look at the dates. */
const USUAL_IMPORT_DAYS = 1;
const RECORDS_PER_FILE = 1000;

/** The dates that the forecast needs. The import starts with the day after the lazy phase. */
export interface Schedule {
  readonly startDay: number;
  readonly days: number;
  readonly importStartDay: number;
  /** As asked for; null: the day after the import. */
  readonly cutoverDay: number | null;
  readonly tier: TierName;
}

/** Fault `input-invalid` where the dates leave no time. */
export function scheduleOf(
  request: PlanRequest,
  users: number,
  assumptions: Assumptions,
  nowMs: number,
): Schedule {
  const tier = request.tier ?? tierOf(assumptions);
  const startDay = request.start === undefined ? dayOf(nowMs) : dayOfDate(request.start);
  const cutoverDay = request.cutover === undefined ? null : dayOfDate(request.cutover);
  const days = request.days ?? daysUntil(startDay, cutoverDay, importDays(users, tier, assumptions));
  if (cutoverDay !== null && cutoverDay <= startDay) {
    throw noTime(cutoverDay, startDay, 'Move the cutover behind the start.');
  }
  return { startDay, days, importStartDay: startDay + days, cutoverDay, tier };
}

function daysUntil(startDay: number, cutoverDay: number | null, needed: number): number {
  if (cutoverDay === null) return DEFAULT_DAYS;
  const days = cutoverDay - startDay - needed;
  if (days >= 1) return days;
  const help = `The import of the rest takes about ${needed} of the days: move the cutover, or say --days.`;
  throw noTime(cutoverDay, startDay, help);
}

function noTime(cutoverDay: number, startDay: number, help: string): Fault {
  return new Fault(
    'input-invalid',
    `the cutover on ${dateOf(cutoverDay)} leaves no day of lazy migration from ${dateOf(startDay)} on`,
    { doing: 'setting the dates of the plan', help },
  );
}

/** Days that an import of so many users takes, at least one. */
function importDays(users: number, tier: TierName, assumptions: Assumptions): number {
  const files = Array.from({ length: Math.ceil(users / RECORDS_PER_FILE) }, () => RECORDS_PER_FILE);
  const { seconds } = importSchedule(files, tier, assumptions);
  return Math.max(USUAL_IMPORT_DAYS, Math.ceil((seconds ?? 0) / 86_400));
}

/** The dates as the plan tells them, once it is known how long the import takes. */
export function datesOf(
  schedule: Schedule,
  request: PlanRequest,
  importSeconds: number | null,
  assumptions: Assumptions,
): PlanResult['schedule'] & { readonly tooEarly: boolean } {
  const { startDay, days, importStartDay, tier } = schedule;
  const importEndDay =
    importSeconds === null ? null : importStartDay + Math.max(0, Math.ceil(importSeconds / 86_400) - 1);
  const cutoverDay = schedule.cutoverDay ?? (importEndDay ?? importStartDay) + 1;
  const from: PlanResult['schedule']['from'] = [
    request.start === undefined
      ? { kind: 'assumption', name: 'starts-today' }
      : { kind: 'request', option: 'start' },
    request.days === undefined && request.cutover === undefined
      ? { kind: 'assumption', name: 'lazy-phase-of-90-days' }
      : { kind: 'request', option: request.days === undefined ? 'cutover' : 'days' },
    request.tier === undefined
      ? { kind: 'assumption', name: `import-rate=${assumptions['import-rate']}` }
      : { kind: 'request', option: 'tier' },
  ];
  return {
    start: dateOf(startDay),
    days,
    lazyEnd: dateOf(importStartDay - 1),
    importEnd: importEndDay === null ? null : dateOf(importEndDay),
    cutover: dateOf(cutoverDay),
    tier,
    from,
    tooEarly: cutoverDay <= (importEndDay ?? importStartDay),
  };
}
