import type { PlanForecast, PlanResult } from '#contract/plan.ts';
import { diagnostic } from '#domain/diagnostics/catalog.ts';
import type { Diagnostic } from '#domain/diagnostics/diagnostic.ts';
import { curve, estimate, LEVEL, NO_DRIFT, type Situation } from '#domain/plan/forecast.ts';
import { type BackTest, backTests, createLogReader } from '#domain/plan/log-history.ts';
import {
  lastLoginRefusals,
  type LogFacts,
  logRefusals,
  logWarnings,
  type Refusal,
} from '#domain/plan/refusals.ts';
import type { ForecastBy, Source } from '#domain/plan/source.ts';
import { atMost, usersOf } from '#engine/plan/figures.ts';
import { dateOf, dayOf } from '#engine/plan/plan-dates.ts';
import type { LogRead } from '#engine/plan/read-log.ts';
import { GROUPS, type PeopleRead } from '#engine/plan/read-people.ts';

/** What is asked for: days of the lazy phase, and days until the cutover. */
export interface Horizon {
  readonly startDay: number;
  readonly days: number;
  readonly cutoverDays: number;
}

export interface Forecasts {
  readonly forecasts: PlanResult['forecasts'];
  readonly used: Extract<PlanForecast, { kind: 'made' }> | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Days after which a copy of the legacy store is told to be one. */
const OLD_COPY_DAYS = 2;
type Made = Extract<PlanForecast, { kind: 'made' }>;
type SituationOf = (group: number) => Situation;

/** Both forecasts, as far as the data carry them. The log's goes before the one from last logins. */
export function makeForecasts(
  read: PeopleRead,
  log: LogRead | null,
  horizon: Horizon,
  mapped: boolean,
  nowMs: number,
): Forecasts {
  const diagnostics: Diagnostic[] = [];
  const note = (found: readonly Refusal[]) =>
    diagnostics.push(...found.map(({ code, message }) => diagnostic(code, message)));
  const lastLogin = fromLastLogins(read, horizon, mapped, nowMs, note);
  const accessLog = log === null ? null : fromLog(log, horizon, note);
  if (accessLog?.kind === 'made' && lastLogin.kind === 'made' && excludeEachOther(accessLog, lastLogin)) {
    const message = `From last logins ${lastLogin.atEnd.lower} to ${lastLogin.atEnd.upper} users come in ${horizon.days} days, from the log ${accessLog.atEnd.lower} to ${accessLog.atEnd.upper}.`;
    note([{ code: 'plan.forecasts-differ', message }]);
  }
  const used = [accessLog, lastLogin].find((one): one is Made => one?.kind === 'made') ?? null;
  return {
    forecasts: { level: LEVEL, used: used?.by ?? null, lastLogin, accessLog },
    used,
    diagnostics,
  };
}

function excludeEachOther(a: Made, b: Made): boolean {
  return a.atEnd.lower > b.atEnd.upper || b.atEnd.lower > a.atEnd.upper;
}

function fromLastLogins(
  { dates }: PeopleRead,
  horizon: Horizon,
  mapped: boolean,
  nowMs: number,
  note: (found: readonly Refusal[]) => void,
): PlanForecast {
  const facts = dates.facts();
  const refusals = lastLoginRefusals({ ...facts, mapped, days: horizon.days });
  note(refusals);
  if (refusals.length > 0) return refused('last-login', refusals);
  const newestDay = dayOf(facts.newestMs!);
  if (dayOf(nowMs) - newestDay > OLD_COPY_DAYS) {
    note([{ code: 'plan.copy-is-older', message: `The newest last login is of ${dateOf(newestDay)}.` }]);
  }
  const situation: SituationOf = (group) => ({
    table: dates.table(group)!,
    reach: facts.reach,
    drift: NO_DRIFT,
    sampleOf: 1,
  });
  return {
    ...madeOf('last-login', situation, horizon, [
      { kind: 'measured', what: 'legacy rows', count: facts.users },
    ]),
    model: [
      `Of the users that existed ${horizon.days} days before the newest login, the share that has logged in since is the share that will log in within the next ${horizon.days}: over a long time the wait since the last login and the wait for the next one are distributed alike.`,
      'It takes the coming months to be like the last ones. The interval knows that users change one by one; that all of them change at once (season, campaign) a column of last logins cannot show.',
    ],
    data: {
      users: facts.users,
      seen: facts.seen,
      fromDate: dateOf(newestDay - facts.reach),
      toDate: dateOf(newestDay),
      sampleOf: 1,
    },
    backTests: [],
    insideOf: { inside: 0, all: 0 },
  };
}

function fromLog(log: LogRead, horizon: Horizon, note: (found: readonly Refusal[]) => void): PlanForecast {
  const { history, counts, emptyDays, seen, sampleOf } = log;
  const reach = history === null ? 0 : history.lastDay - history.firstDay + 1;
  const facts: LogFacts = { ...counts, seen, reach, emptyDays, sampleOf, days: horizon.days };
  const refusals = logRefusals(facts);
  note(refusals);
  if (history === null || refusals.length > 0) return refused('access-log', refusals);
  const reader = createLogReader(history);
  const tests = backTests(history, reader, horizon.days);
  const inside = tests.filter((test) => test.inside).length;
  note(logWarnings({ ...facts, tests: tests.length, inside }));
  if (sampleOf > 1) note([{ code: 'plan.sampled', message: `Every user in ${sampleOf} was followed.` }]);
  if (log.cut) note([{ code: 'plan.log-cut-at-four-years', message: 'The log goes back further.' }]);
  const situation: SituationOf = (group) => reader.situation(history.lastDay, horizon.days, group);
  return {
    ...madeOf('access-log', situation, horizon, [
      { kind: 'measured', what: 'log lines', count: counts.used },
    ]),
    model: [
      `Of the users that existed ${horizon.days} days before the end of the log, the share seen since is the share that will log in within the next ${horizon.days}: over a long time the wait since the last login and the wait for the next one are distributed alike.`,
      'The interval knows how many users changed between one window of the log and the next, and how far all of them moved together from window to window.',
      'Forecasts of the past, each made from nothing but what came before it, are held against what the log shows.',
    ],
    data: {
      users: Math.round(history.users * history.sampleOf),
      seen: Math.round(seen * history.sampleOf),
      fromDate: dateOf(history.firstDay),
      toDate: dateOf(history.lastDay),
      sampleOf,
    },
    backTests: tests.map(told),
    insideOf: { inside, all: tests.length },
  };
}

function refused(by: ForecastBy, refusals: readonly Refusal[]): PlanForecast {
  const codes = [...new Set(refusals.map(({ code }) => code))];
  return { kind: 'refused', by, codes };
}

function madeOf(by: ForecastBy, situation: SituationOf, horizon: Horizon, from: readonly Source[]) {
  const { days, startDay, cutoverDays } = horizon;
  const sources: readonly Source[] = [{ kind: 'forecast', by }, ...from];
  const all = situation(GROUPS.all);
  const reaches = cutoverDays <= all.reach;
  const points = curve(all, days, reaches ? [cutoverDays] : []);
  const at = (wanted: number) => usersOf(points.find(({ day }) => day === wanted)!, sources);
  const group = (bit: number, until: number) => usersOf(estimate(situation(bit), until), sources);
  return {
    kind: 'made' as const,
    by,
    atEnd: at(days),
    atCutover: reaches ? at(cutoverDays) : null,
    savedByLogin: group(GROUPS.saved, days),
    movedByLogin: group(GROUPS.moved, reaches ? Math.max(days, cutoverDays) : days),
    curve: points
      .filter(({ day }) => day <= days)
      .map((point) => {
        const { from: _same, ...users } = usersOf(point, sources);
        return { day: point.day, date: dateOf(startDay + point.day - 1), ...users };
      }),
  };
}

function told(test: BackTest): Made['backTests'][number] {
  const { days, users, actual, inside } = test;
  return {
    fromDate: dateOf(test.from),
    toDate: dateOf(test.to),
    days,
    users,
    expected: Math.round(test.expected),
    lower: Math.floor(test.lower),
    upper: atMost(test.upper),
    actual,
    inside,
  };
}
